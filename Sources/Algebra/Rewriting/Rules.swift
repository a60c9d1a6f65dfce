import Expressions

/// What the rewriting behind ``Expressions/Formula/shortest(allowed:assuming:)`` takes for true.
package struct RewritingRule: Sendable {
  /// What is replaced, in the variables a, b and c.
  package let left: Formula
  /// What replaces it.
  package let right: Formula
  /// Variables that must be known to be positive, not negative or not zero.
  package let guarded: Set<Int>
  /// Whether variables must be whole numbers, or lie between -1 and 1.
  package let isSpecial: Bool

  /// All rules.
  package static var all: [RewritingRule] {
    Rule.all.map { rule in
      var guarded: Set<Int> = []
      var isSpecial = false
      for condition in rule.conditions {
        switch condition {
        case .nonzero(let variable), .nonnegative(let variable), .positive(let variable):
          guarded.insert(variable)
        case .unit, .whole, .sameSign: isSpecial = true
        case .total: break
        }
      }
      return RewritingRule(
        left: rule.sides.left, right: rule.sides.right, guarded: guarded, isSpecial: isSpecial)
    }
  }
}

extension Rule {
  /// All rules. Neither side has a value where the other has none, in mathematics: 1 / (1 / x) is x where x is
  /// known not to be zero only.
  static let all: [Rule] = sums + products + powers + exponentials + trigonometry + choices

  private static func both(_ left: String, _ right: String, _ conditions: [Condition] = []) -> [Rule?] {
    [Rule(left, right, conditions), Rule(right, left, conditions)]
  }

  private static let sums: [Rule] =
    ([
      Rule("a + b", "b + a"), Rule("(a + b) + c", "a + (b + c)"), Rule("a + 0", "a"), Rule("a - 0", "a"),
      Rule("0 - a", "neg(a)"), Rule("a - a", "0", [.total(0)]), Rule("a + a", "2 * a"),
      Rule("neg(neg(a))", "a"), Rule("neg(a - b)", "b - a"), Rule("(a + b) - c", "a + (b - c)"),
      Rule("(a - b) + c", "a - (b - c)"), Rule("a - (b + c)", "(a - b) - c"),
      Rule("a - (b - c)", "(a - b) + c"),
      Rule("(a - b) - c", "a - (b + c)"), Rule("a + (b - c)", "(a + b) - c"),
      Rule("a * b + b", "(a + 1) * b"), Rule("a * b - b", "(a - 1) * b"), Rule("b - a * b", "(1 - a) * b"),
      Rule("fma(a, b, c)", "a * b + c"), Rule("muladd(a, b, c)", "a * b + c"),
    ] + both("a - b", "a + neg(b)") + both("neg(a)", "-1 * a") + both("a * b + a * c", "a * (b + c)")
    + both("a * b - a * c", "a * (b - c)") + both("a / c + b / c", "(a + b) / c")
    + both("a / c - b / c", "(a - b) / c")).compactMap { $0 }

  private static let products: [Rule] =
    ([
      Rule("a * b", "b * a"), Rule("(a * b) * c", "a * (b * c)"), Rule("a * 1", "a"), Rule("a / 1", "a"),
      Rule("a * 0", "0", [.total(0)]), Rule("0 / a", "0", [.total(0), .nonzero(0)]),
      Rule("a / a", "1", [.total(0), .nonzero(0)]), Rule("(a * b) / b", "a", [.total(1), .nonzero(1)]),
      Rule("(a / b) * b", "a", [.total(1), .nonzero(1)]), Rule("inv(inv(a))", "a", [.nonzero(0)]),
      Rule("a / (b / c)", "(a * c) / b", [.nonzero(2)]), Rule("a / inv(b)", "a * b", [.nonzero(1)]),
      Rule("a / square(a)", "inv(a)", [.total(0)]),
      Rule("square(a) / cube(a)", "inv(a)", [.total(0)]), Rule("a / cube(a)", "inv(square(a))", [.total(0)]),
      Rule("inv(a / b)", "b / a", [.nonzero(1)]), Rule("neg(a) * neg(b)", "a * b"),
      Rule("neg(a) / neg(b)", "a / b"),
    ] + both("inv(a)", "1 / a") + both("a * inv(b)", "a / b") + both("a * (b / c)", "(a * b) / c")
    + both("(a / b) / c", "a / (b * c)") + both("(a / b) * c", "(a * c) / b")
    + both("neg(a) * b", "neg(a * b)")
    + both("neg(a) / b", "neg(a / b)") + both("a / neg(b)", "neg(a / b)")
    + both("inv(a) * inv(b)", "inv(a * b)"))
    .compactMap { $0 }

  private static let powers: [Rule] =
    ([
      Rule("a ^ 1", "a"), Rule("a ^ 0", "1", [.total(0)]), Rule("1 ^ a", "1", [.total(0)]),
      Rule("square(neg(a))", "square(a)"),
      Rule("cube(neg(a))", "neg(cube(a))"), Rule("square(abs(a))", "square(a)"),
      Rule("abs(abs(a))", "abs(a)"),
      Rule("abs(neg(a))", "abs(a)"), Rule("abs(a)", "a", [.nonnegative(0)]),
      Rule("sqrt(square(a))", "abs(a)"),
      Rule("square(sqrt(a))", "a", [.nonnegative(0)]), Rule("cbrt(cube(a))", "a"), Rule("cube(cbrt(a))", "a"),
      Rule("cbrt(neg(a))", "neg(cbrt(a))"), Rule("abs(square(a))", "square(a)"),
      Rule("square(a) - square(b)", "(a - b) * (a + b)"), Rule("(a - b) * (a + b)", "square(a) - square(b)"),
      Rule("square(a + b)", "square(a) + (2 * (a * b) + square(b))"),
      Rule("square(a) + (2 * (a * b) + square(b))", "square(a + b)"),
      Rule("square(a) + 2 * a", "square(a + 1) - 1"),
      Rule("(a ^ b) ^ c", "a ^ (b * c)", [.positive(0)]),
      Rule("(a ^ b) ^ c", "a ^ (b * c)", [.whole(1), .whole(2), .nonnegative(1)]),
      Rule("(a ^ b) ^ c", "a ^ (b * c)", [.whole(1), .whole(2), .nonnegative(2)]),
      Rule("a ^ b * a ^ c", "a ^ (b + c)", [.positive(0)]),
      Rule("a ^ b * a ^ c", "a ^ (b + c)", [.whole(1), .whole(2), .sameSign(1, 2)]),
      Rule("a ^ b / a ^ c", "a ^ (b - c)", [.positive(0)]), Rule("a ^ neg(b)", "inv(a ^ b)", [.nonzero(0)]),
      Rule("sqrt(a) ^ b", "a ^ (0.5 * b)", [.nonnegative(0)]),
      Rule("a / sqrt(a)", "sqrt(a)", [.positive(0)]), Rule("sqrt(a) * a", "a ^ 1.5"),
    ] + both("a ^ 2", "square(a)") + both("a ^ 3", "cube(a)") + both("a ^ -1", "inv(a)")
    + both("a ^ 0.5", "sqrt(a)")
    + both("a * a", "square(a)") + both("a * square(a)", "cube(a)")
    + both("square(a) * square(b)", "square(a * b)")
    + both("square(a) / square(b)", "square(a / b)") + both("inv(square(a))", "square(inv(a))")
    + both("square(square(a))", "a ^ 4") + both("abs(a) * abs(b)", "abs(a * b)")
    + both("abs(a) / abs(b)", "abs(a / b)")
    + both("sqrt(a) * sqrt(b)", "sqrt(a * b)", [.nonnegative(0), .nonnegative(1)])
    + both("sqrt(a) / sqrt(b)", "sqrt(a / b)", [.nonnegative(0), .positive(1)])
    + both("inv(sqrt(a))", "sqrt(inv(a))") + both("cbrt(a) * cbrt(b)", "cbrt(a * b)")).compactMap { $0 }

  private static let exponentials: [Rule] =
    ([
      Rule("exp(log(a))", "a", [.positive(0)]), Rule("log(exp(a))", "a"),
      Rule("log(inv(a))", "neg(log(a))"),
      Rule("log(sqrt(a))", "0.5 * log(a)"), Rule("log(square(a))", "2 * log(abs(a))"),
      Rule("log(a ^ b)", "b * log(a)", [.positive(0)]), Rule("log1p(a - 1)", "log(a)"),
      Rule("log(cube(a))", "3 * log(a)"), Rule("exp(b * log(a))", "a ^ b", [.positive(0)]),
    ] + both("exp(a) * exp(b)", "exp(a + b)") + both("exp(a) / exp(b)", "exp(a - b)")
    + both("inv(exp(a))", "exp(neg(a))") + both("exp(a) ^ b", "exp(a * b)")
    + both("square(exp(a))", "exp(2 * a)")
    + both("cube(exp(a))", "exp(3 * a)") + both("sqrt(exp(a))", "exp(0.5 * a)")
    + both("log(a) + log(b)", "log(a * b)", [.positive(0), .positive(1)])
    + both("log(a) - log(b)", "log(a / b)", [.positive(0), .positive(1)]) + both("log1p(a)", "log(1 + a)"))
    .compactMap { $0 }

  private static let trigonometry: [Rule] =
    ([
      Rule("square(sin(a)) + square(cos(a))", "1", [.total(0)]), Rule("cos(neg(a))", "cos(a)"),
      Rule("1 - square(sin(a))", "square(cos(a))"), Rule("1 - square(cos(a))", "square(sin(a))"),
      Rule("sin(a) * cos(a)", "0.5 * sin(2 * a)"), Rule("square(cos(a)) - square(sin(a))", "cos(2 * a)"),
      Rule("sin(asin(a))", "a", [.unit(0)]), Rule("cos(acos(a))", "a", [.unit(0)]), Rule("tan(atan(a))", "a"),
      Rule("square(cosh(a)) - square(sinh(a))", "1", [.total(0)]), Rule("cosh(neg(a))", "cosh(a)"),
      Rule("cosh(a) + sinh(a)", "exp(a)"), Rule("cosh(a) - sinh(a)", "exp(neg(a))"),
      Rule("exp(a) + exp(neg(a))", "2 * cosh(a)"), Rule("exp(a) - exp(neg(a))", "2 * sinh(a)"),
      Rule("erf(neg(a))", "neg(erf(a))"), Rule("erf(a) + erfc(a)", "1", [.total(0)]),
      Rule("1 - erf(a)", "erfc(a)"),
      Rule("1 - erfc(a)", "erf(a)"),
    ] + both("sin(neg(a))", "neg(sin(a))") + both("tan(neg(a))", "neg(tan(a))")
    + both("tanh(neg(a))", "neg(tanh(a))")
    + both("sinh(neg(a))", "neg(sinh(a))") + both("asin(neg(a))", "neg(asin(a))")
    + both("atan(neg(a))", "neg(atan(a))") + both("sin(a) / cos(a)", "tan(a)")
    + both("sinh(a) / cosh(a)", "tanh(a)")).compactMap { $0 }

  private static let choices: [Rule] =
    ([
      Rule("max(a, b)", "max(b, a)"), Rule("min(a, b)", "min(b, a)"), Rule("max(a, a)", "a"),
      Rule("min(a, a)", "a"),
      Rule("max(max(a, b), c)", "max(a, max(b, c))"), Rule("min(min(a, b), c)", "min(a, min(b, c))"),
      Rule("neg(max(a, b))", "min(neg(a), neg(b))"), Rule("neg(min(a, b))", "max(neg(a), neg(b))"),
      Rule("max(a + c, b + c)", "max(a, b) + c"), Rule("min(a + c, b + c)", "min(a, b) + c"),
      Rule("relu(a)", "a", [.nonnegative(0)]), Rule("max(a, neg(a))", "abs(a)"),
      Rule("if(a, b, b)", "b", [.total(0)]),
    ] + both("relu(a)", "max(a, 0)") + both("max(a, b, c)", "max(max(a, b), c)")
    + both("min(a, b, c)", "min(min(a, b), c)") + both("clamp(a, b, c)", "min(max(a, b), c)")).compactMap {
      $0
    }
}
