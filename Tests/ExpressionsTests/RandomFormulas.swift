import Expressions
import Randomness

/// Seeded formulas over every operator.
struct RandomFormulas {
  var random: RandomStream
  let features: Int

  init(seed: UInt64, features: Int) {
    random = RandomStream(seed: seed)
    self.features = features
  }

  mutating func constant() -> Double {
    switch random.index(12) {
    case 0: 0
    case 1: -0.0
    case 2: .leastNonzeroMagnitude
    case 3: 1e300
    case 4: -Double.greatestFiniteMagnitude
    case 5: 1e-5
    case 6: Double(random.index(20)) - 10
    case 7: .pi
    case 8: -random.logUniform(1e-30, 1e30)
    default: random.normal()
    }
  }

  mutating func formula(size: Int) -> Formula {
    if size <= 1 {
      return random.chance(0.4) ? .constant(constant()) : .feature(random.index(features))
    }
    let operation = Operator.allCases[random.index(Operator.allCases.count)]
    switch operation.arity {
    case 1: return .apply(operation, formula(size: size - 1))
    case 2:
      let left = 1 + random.index(max(1, size - 2))
      let a = formula(size: left)
      return .apply(operation, a, formula(size: size - 1 - left))
    default:
      let third = max(1, (size - 1) / 3)
      let a = formula(size: third)
      let b = formula(size: third)
      return .apply(operation, a, b, formula(size: third))
    }
  }
}

/// Column names that are hard to quote.
let oddNames = [
  "x", "a b", "`", "``", "`a", "a`", "", "é", "e\u{301}x", "\u{301}x", "pi", "sin", "max", "neg", "1st", "2",
  "1e5", "a'b",
  "a\"b", "x.y", "a+b", "π", "速度", "🚀", "_", "_x1", "x²", "²x", "tab\tbed", "line\nbreak", "\\",
  "$x^2_%#&{}~", "add", "and",
  "lambda", "e", "E", "inf", "nan", "x\u{200d}", "\u{600}", "a\u{600}", "Symbol", "beta", "velocity", "-1",
  " ", "if",
]
