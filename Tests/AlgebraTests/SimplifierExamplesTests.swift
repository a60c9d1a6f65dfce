import Algebra
import Expressions
import Testing

@Suite struct SimplifierExamplesTests {
  static let features = ["x", "y", "z"]

  static func simplified(_ text: String, _ operators: String) throws -> String {
    try Formula(parsing: text, features: features)
      .simplified(using: OperatorSet(parsing: operators)).description(features: features)
  }

  @Test(arguments: [
    // Folding and identities.
    ("2 * 3 + x", "x + 6.0"), ("x + 0", "x"), ("0 + x", "x"), ("x - 0", "x"), ("x * 1", "x"), ("1 * x", "x"),
    ("x / 1", "x"), ("x^1", "x"), ("neg(neg(x))", "x"), ("0 * x", "0.0"), ("x - x", "0.0"), ("x^0", "1.0"),
    ("max(x, x)", "x"), ("min(exp(x), exp(x))", "exp(x)"), ("max(3, max(x, 2))", "max(x, 3.0)"),
    ("if(1, x, y)", "x"), ("if(-1, x, y)", "y"), ("cond(2, x)", "x"), ("cond(-2, x)", "0.0"),
    // Constants of a sum, of any depth.
    ("1 + (x + 2)", "x + 3.0"), ("(x - 1) + 2", "x + 1.0"), ("1 - (2 - x)", "x - 1.0"),
    ("x + (-3)", "x - 3.0"),
    ("(x + 1) + (y + 2)", "x + 3.0 + y"), ("(x - 1) - (y - 2)", "x + 1.0 - y"), ("5 - (x + 2)", "3.0 - x"),
    ("(2 - x) + (3 - y)", "5.0 - x - y"), ("(2 - x) - (3 - y)", "-1.0 - x + y"),
    ("((x + 1) * y - 2) + (z + 5)", "(x + 1.0) * y + 3.0 + z"), ("1 + (x + y - 1)", "x + y"),
    // Factors.
    ("(2 * x) * 3", "6.0 * x"), ("(x / 4) * 2", "x / 2.0"), ("(x * 2) / 4", "0.5 * x"),
    ("6 / (2 / x)", "3.0 * x"),
    ("6 / (2 * x)", "3.0 / x"), ("(2 * x) * (3 * y)", "6.0 * x * y"), ("(2 / x) * (3 / y)", "6.0 / x / y"),
    ("(2 / x) / (4 / y)", "0.5 / x * y"), ("2 * (x * (y * 3))", "x * (6.0 * y)"), ("x * 2", "2.0 * x"),
    ("x * inv(y)", "x / y"), ("inv(x) * y", "y / x"), ("x / inv(y)", "x * y"), ("inv(inv(x))", "x"),
    ("inv(x / y)", "y / x"), ("1 / (x / y)", "y / x"), ("x * (1 / y)", "x / y"),
    ("inv(4 * x)", "0.25 / x"), ("1 / x", "inv(x)"),
    // Signs.
    ("x + neg(y)", "x - y"), ("neg(x) + y", "y - x"), ("x - neg(y)", "x + y"), ("neg(x - y)", "y - x"),
    ("neg(x) * neg(y)", "x * y"), ("neg(2 * x)", "-2.0 * x"), ("neg(x) * 2", "-2.0 * x"),
    ("neg(x + 2)", "-2.0 - x"),
    ("0 - x", "-x"), ("-1 * x", "-x"), ("0 - (x - y)", "y - x"), ("neg(x) + 3", "3.0 - x"),
    // Terms that are the same.
    ("x + x", "2.0 * x"), ("2 * exp(x) + 3 * exp(x)", "5.0 * exp(x)"),
    ("3 * exp(x) - exp(x)", "2.0 * exp(x)"),
    ("2 * exp(x) - exp(x)", "exp(x)"), ("x * x", "square(x)"), ("exp(x) * exp(x)", "square(exp(x))"),
    // Calls.
    ("abs(abs(x))", "abs(x)"), ("square(neg(x))", "square(x)"), ("square(abs(x))", "square(x)"),
    ("cos(neg(x))", "cos(x)"),
    ("abs(exp(x))", "exp(x)"), ("sqrt(square(x))", "abs(x)"), ("cbrt(cube(x))", "x"), ("cube(cbrt(x))", "x"),
    ("floor(round(x))", "round(x)"), ("relu(abs(x))", "abs(x)"), ("x^2", "square(x)"), ("x^3", "cube(x)"),
    ("x^0.5", "sqrt(x)"), ("(x + y)^-1", "inv(x + y)"),
  ])
  func `rules apply when every operator is allowed`(_ text: String, _ expected: String) throws {
    let all = Operator.allCases.map(\.listName).joined(separator: " ")
    #expect(try SimplifierExamplesTests.simplified(text, all) == expected)
  }

  @Test(arguments: [
    "x / x", "exp(log(x))", "log(exp(x))", "square(sqrt(x))", "exp(x) - exp(x)", "0.0 * exp(x)",
    "sqrt(x)^2.0",
    "(x / y)^0.5", "log(x)^0.0", "if(1.0, x, log(y))", "tan(atan(x))", "x / 0.0", "log(0.0) + x",
    "0.0 * log(y)", "1e+300 * (1e+300 * x)", "x + 1e+300 - 1e+300",
  ])
  func `what would make rows finite that are not stays`(_ text: String) throws {
    #expect(try SimplifierExamplesTests.simplified(text, "+ - * / ^ exp log sqrt if tan atan") == text)
  }

  @Test(arguments: [
    ("0 - x", "+ - *", "0.0 - x"), ("-1 * x", "*", "-1.0 * x"), ("x + x", "+", "x + x"),
    ("x * x", "*", "x * x"),
    ("x^2", "^ *", "x^2.0"), ("1 / x", "/", "1.0 / x"), ("x * inv(y)", "* inv", "x * inv(y)"),
    ("sqrt(square(x))", "sqrt square", "sqrt(square(x))"), ("(x + 1) + -3", "+", "x + -2.0"),
    ("(x - 1) - -3", "-", "x - -2.0"), ("neg(x) + y", "neg +", "-x + y"),
  ])
  func `a rewrite brings in no operator that is not allowed`(
    _ text: String, _ operators: String, _ expected: String
  ) throws {
    #expect(try SimplifierExamplesTests.simplified(text, operators) == expected)
  }

  @Test func `masks hold their operators`() {
    #expect(OperatorMask.all.contains(.ifElse) && OperatorMask([.add]).contains(.add))
    #expect(!OperatorMask([.add]).contains(.subtract))
  }

  @Test(arguments: [
    (Operator.modulo, 5.5, -2.0, 0.0, -0.5), (.modulo, -5.5, 2, 0, 0.5), (.sinc, 0, 0, 0, 1),
    (.sinc, 0.5, 0, 0, 2 / .pi),
    (.round, 2.5, 0, 0, 2), (.round, -1.5, 0, 0, -2), (.condition, 0, 7, 0, 0), (.condition, 1, 7, 0, 7),
    (.greater, 1, 1, 0, 0), (.greaterOrEqual, 1, 1, 0, 1), (.clamp, 5, 1, 3, 3), (.clamp, -5, 1, 3, 1),
    (.logicalOr, -1, 2, 0, 1), (.logicalAnd, -1, 2, 0, 0), (.gamma, 5, 0, 0, 24), (.relu, -3, 0, 0, 0),
    (.sign, -3, 0, 0, -1), (.fma, 2, 3, 4, 10), (.maximum3, 1, 5, 3, 5), (.minimum3, 1, 5, 3, 1),
    (.ifElse, 1, 5, 3, 5), (.ifElse, 0, 5, 3, 3), (.power, 0, 0, 0, 1), (.cbrt, -27, 0, 0, -3),
  ])
  func `values of operators`(
    _ operation: Operator, _ x: Double, _ y: Double, _ z: Double, _ expected: Double
  ) {
    #expect(abs(operation.value(x, y, z) - expected) <= 1e-14 * abs(expected))
  }

  @Test func `NaN passes through every operator's first argument`() {
    for operation in Operator.allCases where operation != .power {
      #expect(operation.value(.nan, 1, 2).isNaN, "\(operation)")
    }
  }

  @Test func `atanh_clip is periodic`() {
    #expect(abs(Operator.atanhClip.value(2.5) - Operator.atanh.value(0.5)) < 1e-14)
  }
}
