import Algebra
import Expressions
import Testing

@Suite struct PlainFormTests {
  private static let names = ["x", "y", "z"]

  private func plain(_ text: String, _ operators: String = "+ - * / ^ exp log sqrt square cos sin abs floor")
    throws -> String
  {
    try Formula(parsing: text, features: PlainFormTests.names)
      .plain(allowed: try OperatorSet(parsing: operators)).description(features: PlainFormTests.names)
  }

  @Test(arguments: [
    ("y * square(0.7745966692414834 * x)", "0.6 * y * square(x)"),
    ("square(x / -0.09)", "square(x) / 0.0081"), ("square(1.234 * x)", "1.522756 * square(x)"),
    ("square(2 / x)", "4.0 / square(x)"), ("sqrt(19.62 * x)", "sqrt(19.62 * x)"),
    ("sqrt(2.718281828459045 * x)", "1.6487212707001282 * sqrt(x)"), ("sqrt(-2 * x)", "sqrt(-2.0 * x)"),
    ("sqrt(4 / x)", "2.0 / sqrt(x)"),
    ("square(3.141592653589793 * x)", "square(3.141592653589793 * x)"),
    ("abs(-3 * x)", "3.0 * abs(x)"), ("(4 * x)^1.5", "8.0 * x^1.5"), ("(-2 * x)^3", "-8.0 * x^3.0"),
  ])
  func `constants stand before powers unless they are shorter inside`(text: String, wanted: String) throws {
    #expect(try plain(text) == wanted)
  }

  @Test(arguments: [
    ("exp(1.6486586255873816 - 0.43 * x)", "5.2 * exp(-0.43 * x)"), ("exp(2 - x)", "exp(2.0 - x)"),
    ("exp(1.2345678901234567 - x)", "3.4368930843460075 / exp(x)"),
    ("exp(23.9 - 8954 / x)", "exp(23.9 - 8954.0 / x)"), ("5 / exp(0.43 * x)", "5.0 * exp(-0.43 * x)"),
    ("exp(98.76543210987654 + 2 * x)", "exp(2.0 * x + 98.76543210987654)"), ("1 * exp(x)", "exp(x)"),
  ])
  func `exponentials have a factor rather than a term`(text: String, wanted: String) throws {
    #expect(try plain(text) == wanted)
  }

  @Test(arguments: [
    ("x / 0.04", "25.0 * x"), ("0.13333333333333333 * x", "x / 7.5"), ("0.5 * x", "0.5 * x"),
    ("x / (y / z)", "x * z / y"), ("1 / (1 / x)", "x"), ("x / 0.6 / y", "x / (0.6 * y)"),
    ("x * 2 * y * 3", "6.0 * x * y"), ("x * y * x", "y * square(x)"), ("y * x * 2", "2.0 * x * y"),
    ("exp(y) * x", "x * exp(y)"), ("x * y * x^1.5", "y * x^2.5"), ("x^1.5 * x^2.5", "x^4.0"),
    ("square((2 * x - 1)^-7)", "square((2.0 * x - 1.0)^(-7.0))"),
    ("-3 - square(x^-7)", "-3.0 - square(x^(-7.0))"),
    ("z * (-3 - square(x^-7))", "z * (-3.0 - square(x^(-7.0)))"),
    ("-z * (-3 - square(x^-7))", "z * (square(x^(-7.0)) + 3.0)"), ("3 * x^(-2)", "3.0 / square(x)"),
    ("x^(-1.5)", "x^(-1.5)"), ("1 / x^(-1.5)", "x^1.5"),
  ])
  func `a product has one constant and one line`(text: String, wanted: String) throws {
    #expect(try plain(text) == wanted)
  }

  @Test(arguments: [
    ("x - (-2) * y", "x + 2.0 * y"), ("x + -3", "x - 3.0"), ("-(-x)", "x"),
    ("-2.5 * (-0.4 * x - y)", "x + 2.5 * y"), ("-0.5 * (3 - x)", "0.5 * (x - 3.0)"),
    ("-2 * (x - 1)", "-2.0 * (x - 1.0)"), ("y - (x - 3)", "y - x + 3.0"),
    ("-2.5 * cos(x) + 3.5", "3.5 - 2.5 * cos(x)"),
    ("20 + 60 * exp(-0.0011 * x)", "60.0 * exp(-0.0011 * x) + 20.0"),
    ("cos(3 - 2 * x)", "cos(2.0 * x - 3.0)"), ("sin(-2 * x)", "sin(-2.0 * x)"),
    ("sin(-2 * x) + y", "y - sin(2.0 * x)"), ("-x - 2 * y", "-2.0 * y - x"),
  ])
  func `no two signs stand in a row`(text: String, wanted: String) throws {
    #expect(try plain(text) == wanted)
  }

  @Test(arguments: [
    ("square(exp(x + 1.6))", "square exp +", "square(exp(x + 1.6))"),
    ("sqrt(4 / x)", "sqrt /", "sqrt(4.0 / x)"),
    ("x + (-2)", "+ *", "x + -2.0"), ("x - (-2) * y", "- *", "x - -2.0 * y"),
    ("2 * (x * y)", "*", "2.0 * x * y"),
    ("1 / x", "/ inv", "inv(x)"), ("-x", "neg", "-x"), ("x * x", "*", "x * x"),
  ])
  func `only allowed operators are brought in`(text: String, operators: String, wanted: String) throws {
    #expect(try plain(text, operators) == wanted)
  }

  private static let mixtures: [[Operator]] = [
    [.add, .subtract, .multiply, .divide],
    [.add, .subtract, .multiply, .divide, .negate, .inverse],
    [.add, .subtract, .multiply, .divide, .power, .square, .cube, .sqrt, .cbrt, .abs],
    [.add, .subtract, .multiply, .divide, .exp, .log, .sqrt, .square, .power],
    [.add, .subtract, .multiply, .sin, .cos, .tanh, .square, .negate, .sinc],
    [.multiply, .divide, .inverse, .negate, .square], [.add, .multiply, .exp], [.subtract, .divide, .square],
    Operator.allCases,
  ]

  @Test(arguments: mixtures.indices)
  func `values stay, lengths never grow, and a second time changes nothing`(_ mixture: Int) {
    var formulas = RandomFormulas(seed: 4411 + UInt64(mixture))
    let operators = PlainFormTests.mixtures[mixture]
    for round in 0..<600 {
      let formula = formulas.formula(size: 2 + formulas.random.index(20), operators: operators)
      let allowed = OperatorSet(round % 2 == 0 ? operators : Operator.allCases)
      let plain = formula.plain(allowed: allowed)
      let text = "\(formula.description(features: [])) -> \(plain.description(features: []))"

      #expect(plain.complexity <= formula.complexity, "\(text)")
      #expect(Formula(plain.nodes) == plain, "\(text)")
      let again = plain.plain(allowed: allowed)
      #expect(again == plain, "\(text) -> \(again.description(features: []))")
      for operation in plain.operators.all where !formula.operators.contains(operation) {
        #expect(allowed.contains(operation), "\(text)")
      }
      for _ in 0..<6 {
        let row = formulas.row()
        let before = Measured(formula, row, random: &formulas.random)
        let after = Measured(plain, row, random: &formulas.random)
        if before.largest > 1e100 || before.smallest < 1e-90 || !before.value.isFinite { continue }
        if before.spread == .infinity || after.spread == .infinity { continue }
        // Nothing but rounding errors.
        if before.spread > 1e-3 * abs(before.value) { continue }
        #expect(after.value.isFinite, "\(text) at \(row)")
        let tolerance = 1e-9 * max(before.largest, abs(before.value)) + 100 * before.spread
        #expect(abs(after.value - before.value) <= tolerance, "\(text) at \(row)")
      }
    }
  }
}
