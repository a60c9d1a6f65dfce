import Algebra
import Expressions
import Randomness
import Testing

@Suite struct CanonicalHashTests {
  static let features = ["x", "y", "z"]

  static func hash(_ text: String, abstract: Bool) throws -> UInt64 {
    try Formula(parsing: text, features: features).canonicalHash(abstractingConstants: abstract)
  }

  /// The same expression in another order, other associations and other signs.
  static func rearranged(_ formula: Formula, _ random: inout RandomStream) -> Formula {
    var stream = random
    let result: Formula = formula.reduce(
      leaf: { Formula(unchecked: [$0]) },
      branch: { operation, arguments in
        let a = Array(arguments)
        let swaps = stream.chance(0.5)
        switch operation {
        case .add where swaps: return .apply(.add, a[1], a[0])
        case .add: return .apply(.subtract, a[0], .apply(.negate, a[1]))
        case .subtract where swaps: return .apply(.negate, .apply(.subtract, a[1], a[0]))
        case .subtract: return .apply(.add, .apply(.negate, a[1]), a[0])
        case .multiply where swaps: return .apply(.multiply, a[1], a[0])
        case .multiply: return .apply(.divide, a[0], .apply(.inverse, a[1]))
        case .divide where swaps: return .apply(.inverse, .apply(.divide, a[1], a[0]))
        case .divide: return .apply(.negate, .apply(.multiply, .apply(.inverse, a[1]), .apply(.negate, a[0])))
        case .maximum, .minimum, .logicalOr, .logicalAnd: return .apply(operation, a[1], a[0])
        case .greater: return .apply(.less, a[1], a[0])
        case .lessOrEqual: return .apply(.greaterOrEqual, a[1], a[0])
        case .square: return .apply(.multiply, a[0], a[0])
        case .sin, .tanh, .cbrt: return .apply(.negate, .apply(operation, .apply(.negate, a[0])))
        case .cos, .abs: return .apply(operation, .apply(.negate, a[0]))
        case .fma, .muladd: return .apply(.add, a[2], .apply(.multiply, a[1], a[0]))
        default: return Formula(unchecked: a.flatMap(\.nodes) + [operationNode(operation, a)])
        }
      })
    random = stream
    return result
  }

  private static func operationNode(_ operation: Operator, _ arguments: [Formula]) -> Node {
    .operation(operation, argumentLength: arguments.reduce(0) { $0 + $1.complexity })
  }

  @Test(arguments: [false, true])
  func `order, association and signs do not count`(_ abstract: Bool) {
    var formulas = RandomFormulas(seed: 3)
    for _ in 0..<5_000 {
      let formula = formulas.formula(size: 2 + formulas.random.index(24), operators: Operator.allCases)
      let other = CanonicalHashTests.rearranged(formula, &formulas.random)
      // Zero has no sign, which words for products do not know.
      if formula.hasZero([0.31, -1.7, 2.9]) || formula.hasZero([-0.4, 0.8, -2.2]) { continue }
      #expect(
        formula.canonicalHash(abstractingConstants: abstract)
          == other.canonicalHash(abstractingConstants: abstract),
        "\(formula.description(features: [])) and \(other.description(features: []))")
    }
  }

  @Test(arguments: [
    ("x + (y + z)", "(z + x) + y"), ("x - y + z", "z - (y - x)"), ("x * (y * z)", "(z * x) * y"),
    ("x / y / z", "x / (z * y)"), ("x / (y / z)", "x * z / y"), ("-x * y", "-(y * x)"),
    ("x * x", "square(x)"),
    ("x^3", "cube(x)"), ("x^-1", "1 / x"), ("x^0.5", "sqrt(x)"), ("x - 3", "x + (-3)"), ("x - y", "-(y - x)"),
    ("(x - y)^2", "square(y - x)"), ("x + 0", "x"), ("1 * x", "x"), ("x + 0", "x - (-0.0)"),
    ("abs(x - y)", "abs(y - x)"),
    ("max(x, y, z)", "max(z, x, y)"), ("x > y", "y < x"), ("fma(x, y, z)", "z + y * x"), ("-(-x)", "x"),
  ])
  func `expressions that are the same`(_ a: String, _ b: String) throws {
    #expect(try CanonicalHashTests.hash(a, abstract: false) == CanonicalHashTests.hash(b, abstract: false))
    #expect(
      try CanonicalHashTests.hash(a, abstract: true) == CanonicalHashTests.hash(b, abstract: true)
        || hasConstant(a, b))
  }

  private func hasConstant(_ texts: String...) -> Bool { texts.contains { $0.contains { $0.isNumber } } }

  @Test(arguments: [
    ("x + 1", "x - 7"), ("2 * x", "x / 9"), ("1 + (x + 2)", "x + 3"), ("2 * x * 3", "x" + " * 5"),
    ("2 - x + 3", "4 - x"), ("(x + 1) + (y - 2)", "y + x + 9"), ("(2 * x) * (y / 3)", "y * x * 4"),
    ("exp(2 * x + 1) * 3", "5 * exp(x / 7 - 2)"), ("3 * sin(4)", "8"), ("2 * exp(3) + x", "x - 2"),
    ("2 * x + y", "y - x / 4"), ("3 / x", "(2 * 4) / (x * 5)"), ("x^2", "x^5"), ("-(2 * x)", "3 * x"),
    ("square(2 * x)", "4 * square(x)"), ("(2 * x + 1) * 3", "(x / 5 - 1) / 2"), ("sin(-2 * x)", "sin(x * 3)"),
    ("max(x, 1)", "max(2, x)"),
  ])
  func `expressions that differ in constants only are the same in shape`(_ a: String, _ b: String) throws {
    #expect(try CanonicalHashTests.hash(a, abstract: true) == CanonicalHashTests.hash(b, abstract: true))
    #expect(try CanonicalHashTests.hash(a, abstract: false) != CanonicalHashTests.hash(b, abstract: false))
  }

  @Test(arguments: [
    ("x", "2 * x"), ("x", "x + 2"), ("2 * x", "x + 2"), ("-x", "x"), ("x - y", "y - x"), ("x + y", "x * y"),
    ("2 * x + 1", "2 * (x + 1) + y"), ("x / y", "y / x"), ("sin(x)", "-sin(x)"), ("exp(x)", "exp(-x)"),
    ("2 - x", "x - 2"),
    ("1", "x"), ("2 * x * y", "2 * x + y"), ("max(x, y)", "min(x, y)"), ("x^y", "y^x"),
    ("if(x, y, z)", "if(x, z, y)"),
    ("sin(2 * x)", "2 * sin(x)"), ("x + y", "x - y"), ("clamp(x, y, z)", "clamp(x, z, y)"),
    ("exp(x) + exp(y)", "exp(x + y)"),
  ])
  func `different shapes differ`(_ a: String, _ b: String) throws {
    #expect(try CanonicalHashTests.hash(a, abstract: true) != CanonicalHashTests.hash(b, abstract: true))
    #expect(try CanonicalHashTests.hash(a, abstract: false) != CanonicalHashTests.hash(b, abstract: false))
  }

  @Test func `equal hashes mean equal values`() throws {
    var formulas = RandomFormulas(seed: 11)
    var first: [UInt64: Formula] = [:]
    let operators = Operator.allCases.filter { ![.round, .floor, .ceil, .modulo].contains($0) }
    let row = [0.7231, 1.9127, 0.2913]
    var compared = 0
    for _ in 0..<60_000 {
      // Short formulas over three columns meet often.
      let formula = formulas.formula(
        size: 1 + formulas.random.index(7),
        operators: formulas.random.chance(0.7) ? SimplifierTests.arithmetic : operators)
      let hash = formula.canonicalHash(abstractingConstants: false)
      guard let known = first[hash] else {
        first[hash] = formula
        continue
      }
      if known == formula { continue }
      let a = Measured(known, row, random: &formulas.random)
      let b = Measured(formula, row, random: &formulas.random)
      guard a.value.isFinite, b.value.isFinite, a.spread.isFinite, b.spread.isFinite else { continue }
      compared += 1
      let tolerance = 1e-9 * max(a.largest, b.largest) + 100 * max(a.spread, b.spread)
      #expect(
        abs(a.value - b.value) <= tolerance,
        "\(known.description(features: [])) and \(formula.description(features: []))")
    }
    #expect(compared > 3_000)
  }

  @Test func `formulas of different values have different hashes`() {
    var formulas = RandomFormulas(seed: 12)
    let row = [0.7231, 1.9127, 0.2913]
    var values: [UInt64: Double] = [:]
    var distinct: Set<Double> = []
    for _ in 0..<50_000 {
      let formula = formulas.formula(size: 12, operators: SimplifierTests.arithmetic + [.exp, .sin, .sqrt])
      let value = formula.value(row)
      guard value.isFinite else { continue }
      distinct.insert(value)
      values[formula.canonicalHash(abstractingConstants: false)] = value
    }
    // As many hashes as values, but for values that rounding splits and x / x, which hides a zero.
    #expect(values.count > distinct.count * 9 / 10)
  }

  @Test func `the hash is the same in every run`() throws {
    #expect(try CanonicalHashTests.hash("x + 2.5 * sin(y)", abstract: true) == 6038320716342299965)
    #expect(try CanonicalHashTests.hash("x + 2.5 * sin(y)", abstract: false) == 10957041019074032165)
  }
}
