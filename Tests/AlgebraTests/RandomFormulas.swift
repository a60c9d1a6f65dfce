import Algebra
import Expressions
import Randomness

/// Seeded formulas and rows for properties.
struct RandomFormulas {
  var random: RandomStream
  let features = 3
  /// Values that rules treat apart, beside ordinary ones.
  private static let special = [0, 1, -1, 2, 3, 0.5, -2, 1e-3, 4e7]

  init(seed: UInt64) { random = RandomStream(seed: seed) }

  mutating func constant() -> Double {
    random.chance(0.5)
      ? RandomFormulas.special[random.index(RandomFormulas.special.count)]
      : (random.uniform(-5, 5) * 100).rounded() / 100
  }

  mutating func leaf() -> Formula {
    random.chance(0.4) ? .constant(constant()) : .feature(random.index(features))
  }

  /// A formula of up to about `size` nodes, over `operators`.
  mutating func formula(size: Int, operators: [Operator]) -> Formula {
    if size <= 1 { return leaf() }
    let operation = operators[random.index(operators.count)]
    switch operation.arity {
    case 1: return .apply(operation, formula(size: size - 1, operators: operators))
    case 2:
      let left = 1 + random.index(max(1, size - 2))
      let a = formula(size: left, operators: operators)
      return .apply(operation, a, formula(size: size - 1 - left, operators: operators))
    default:
      let third = max(1, (size - 1) / 3)
      let a = formula(size: third, operators: operators)
      let b = formula(size: third, operators: operators)
      return .apply(operation, a, b, formula(size: third, operators: operators))
    }
  }

  /// Ordinary, negative, zero, tiny and huge values.
  mutating func row() -> [Double] {
    (0..<features).map { _ in
      switch random.index(8) {
      case 0: 0
      case 1: Double(random.index(9) - 4)
      case 2: random.logUniform(1e-12, 1e-3)
      case 3: -random.logUniform(1, 1e8)
      case 4: random.logUniform(1e20, 1e60)
      default: random.uniform(-4, 4)
      }
    }
  }
}

/// A formula's value on one row, and how far rounding can have moved it.
struct Measured {
  let value: Double
  /// The largest finite magnitude among the values of its subtrees.
  let largest: Double
  /// The smallest magnitude among them that is not zero.
  let smallest: Double
  /// The largest change of the value when every operator's result is moved by a few parts in 1e12; infinite
  /// when that decides whether it is finite.
  let spread: Double

  init(_ formula: Formula, _ row: [Double], random: inout RandomStream) {
    var largest = 0.0
    var smallest = Double.infinity
    func evaluate(_ error: Double, _ random: inout RandomStream) -> Double {
      var stream = random
      let result: Double = formula.reduce(
        leaf: { $0.isConstant ? $0.value : row[Int($0.feature)] },
        branch: { operation, arguments in
          let a = Array(arguments) + [0, 0]
          var value = operation.value(a[0], a[1], a[2]) * (1 + stream.uniform(-error, error))
          // Nor does a rule promise the sign of a zero.
          if error > 0 && value == 0 && stream.chance(0.5) { value.negate() }
          // A power of a negative number is defined for whole exponents only, which rounding makes and
          // unmakes.
          if error > 0 && abs(value - value.rounded()) < 1e-11 * abs(value) && stream.chance(0.5) {
            value = value.rounded()
          }
          if value.isFinite { largest = max(largest, abs(value)) }
          if value != 0 { smallest = min(smallest, abs(value)) }
          return value
        })
      random = stream
      return result
    }
    let value = evaluate(0, &random)
    var spread = 0.0
    for _ in 0..<4 {
      let moved = evaluate(4e-12, &random)
      spread =
        moved.isFinite == value.isFinite ? max(spread, value.isFinite ? abs(moved - value) : 0) : .infinity
    }
    self.value = value
    self.largest = max(largest, row.map(abs).max() ?? 0)
    self.smallest = smallest
    self.spread = spread
  }
}

extension Formula {
  /// Whether any part of the formula is zero on this row.
  func hasZero(_ row: [Double]) -> Bool {
    nodes.indices.contains { subformula(at: $0).value(row) == 0 }
  }
}
