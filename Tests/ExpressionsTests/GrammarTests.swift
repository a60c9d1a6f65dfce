import Expressions
import Randomness
import Testing

@Suite struct GrammarTests {
  /// Bit for bit: `==` takes -0 for 0.
  static func identical(_ a: Formula, _ b: Formula) -> Bool {
    a.nodes.count == b.nodes.count
      && zip(a.nodes, b.nodes).allSatisfy { $0 == $1 && $0.value.bitPattern == $1.value.bitPattern }
  }

  @Test func `what is printed is read back exactly`() throws {
    var formulas = RandomFormulas(seed: 1, features: oddNames.count)
    for _ in 0..<20_000 {
      let formula = formulas.formula(size: 1 + formulas.random.index(25))
      let text = formula.description(features: oddNames)
      let read = try Formula(parsing: text, features: oddNames)
      #expect(GrammarTests.identical(read, formula), "\(text)")
    }
  }

  @Test(arguments: oddNames.indices)
  func `every name is read back, alone and in company`(_ index: Int) throws {
    for formula in [Formula.feature(index), .apply(.add, .apply(.sin, .feature(index)), .feature(index))] {
      let text = formula.description(features: oddNames)
      #expect(try Formula(parsing: text, features: oddNames) == formula, "\(text)")
    }
  }

  @Test(arguments: [
    ("x + y * z", "x + y * z"), ("(x + y) * z", "(x + y) * z"), ("x - (y - z)", "x - (y - z)"),
    ("x - y - z", "x - y - z"),
    ("x / y / z", "x / y / z"), ("x / (y * z)", "x / (y * z)"), ("x^y^z", "x^(y^z)"), ("(x^y)^z", "(x^y)^z"),
    ("x**2", "x^2.0"),
    ("-x^2", "-x^2.0"), ("(-x)^2", "(-x)^2.0"), ("-2^2", "-2.0^2.0"), ("(-2)^2", "(-2.0)^2.0"),
    ("2^-1", "2.0^(-1.0)"),
    ("2^-x", "2.0^(-x)"), ("-x * y", "-x * y"), ("-(x * y)", "-(x * y)"), ("-(x + y)", "-(x + y)"),
    ("x * -y", "x * -y"),
    ("x - -3", "x - -3.0"), ("x * -3", "x * -3.0"), ("--x", "-(-x)"), ("--3", "neg(-3.0)"),
    ("neg(3)", "neg(3.0)"), ("-3", "-3.0"),
    ("+x", "x"), ("+-x", "-x"), (" x+y ", "x + y"), ("x > y", "greater(x, y)"),
    ("x + 1 >= y * 2", "greater_equal(x + 1.0, y * 2.0)"),
    ("if(x < y, 1, 2)", "if(less(x, y), 1.0, 2.0)"), ("(x > y) * z", "greater(x, y) * z"),
    ("pow(x, y)", "x^y"), ("ln(x)", "log(x)"),
    ("plus(x, y)", "x + y"), ("max(x, y)", "max(x, y)"), ("max(x, y, z)", "max(x, y, z)"),
    ("min(x, y, z)", "min(x, y, z)"),
    ("mod(x, 2)", "mod(x, 2.0)"), ("cond(x, y)", "cond(x, y)"), ("inv(x)", "inv(x)"),
    ("pi * x", "3.141592653589793 * x"), (".5", "0.5"),
    ("1.", "1.0"), ("1e3", "1000.0"), ("1E-3", "0.001"), ("1e+2", "100.0"), ("1e-320", "1e-320"),
    ("-0", "-0.0"), ("`x`", "x"),
    ("sin (x)", "sin(x)"), ("2 * -3", "2.0 * -3.0"), ("-x / -2", "-x / -2.0"),
    ("exp(-x^2 / 2)", "exp(-x^2.0 / 2.0)"),
  ])
  func `how tightly operators bind`(_ text: String, _ expected: String) throws {
    let features = ["x", "y", "z"]
    let formula = try Formula(parsing: text, features: features)
    #expect(formula.description(features: features) == expected)
    #expect(try Formula(parsing: expected, features: features) == formula)
  }

  @Test(arguments: [
    ("-x^2", Formula.apply(.negate, .apply(.power, .feature(0), .constant(2)))),
    ("-2^2", .apply(.negate, .apply(.power, .constant(2), .constant(2)))),
    ("(-2)^2", .apply(.power, .constant(-2), .constant(2))),
    ("2 - 3", .apply(.subtract, .constant(2), .constant(3))),
    ("x^-2^2", .apply(.power, .feature(0), .apply(.negate, .apply(.power, .constant(2), .constant(2))))),
    ("-x * 2", .apply(.multiply, .apply(.negate, .feature(0)), .constant(2))), ("- 3", .constant(-3)),
    ("neg(3)", .apply(.negate, .constant(3))),
    ("1 < x", .apply(.less, .constant(1), .feature(0))),
  ])
  func `the tree of a text`(_ text: String, _ expected: Formula) throws {
    #expect(try Formula(parsing: text, features: ["x"]) == expected)
  }

  @Test(arguments: [
    ("", 1, "expected a number, a column or a function, found the end"),
    ("x +", 4, "expected a number, a column or a function, found the end"),
    ("x y", 3, "expected the end, or an operator, found \"y\""), ("(x", 3, "expected \")\", found the end"),
    ("x)", 2, "expected the end, or an operator, found \")\""),
    ("2x", 2, "expected the end, or an operator, found \"x\""), ("x & y", 3, "unexpected character \"&\""),
    ("x = 2", 3, "unexpected character \"=\""),
    ("velocty + 1", 1, "no column is called \"velocty\"; did you mean \"velocity\"?"),
    ("q", 1, "no column is called \"q\""),
    ("expp(x)", 1, "there is no function \"expp\"; did you mean \"exp\"?"),
    ("x + sin(x, y)", 5, "\"sin\" takes 1 argument, not 2"),
    ("max(x)", 1, "\"max\" takes 2 or 3 arguments, not 1"),
    ("ln(x, y)", 1, "\"ln\" takes 1 argument, not 2"), ("clamp(x)", 1, "\"clamp\" takes 3 arguments, not 1"),
    ("f()", 3, "expected a number, a column or a function, found \")\""),
    ("sin(x", 6, "expected \")\", found the end"),
    ("`x", 1, "a name opened with ` is not closed"),
    ("1e999", 1, "\"1e999\" is beyond the range of 64-bit numbers"),
    ("x ^", 4, "expected a number, a column or a function, found the end"),
    ("x > y > 1", 7, "expected the end, or an operator, found \">\""),
    ("1..2", 3, "expected the end, or an operator, found 0.2"), ("é + 速", 1, "no column is called \"é\""),
    ("*x", 1, "expected a number, a column or a function, found \"*\""),
    ("x,y", 2, "expected the end, or an operator, found \",\""), ("\0", 1, "unexpected character \"\0\""),
  ])
  func `what is wrong is said, and where`(_ text: String, _ column: Int, _ reason: String) {
    let error = #expect(throws: FormulaSyntaxError.self) {
      try Formula(parsing: text, features: ["x", "y", "velocity"])
    }
    #expect(error?.column == column)
    #expect(error?.reason == reason)
    #expect(error?.description == "column \(column) of the expression: \(reason)")
  }

  @Test(arguments: [("(", ")"), ("sin(", ")"), ("x^", ""), ("x^(", ")"), ("max(x, ", ")")])
  func `deep nesting is read up to a limit and refused beyond`(_ open: String, _ close: String) throws {
    func nested(_ levels: Int) -> String {
      String(repeating: open, count: levels) + "x" + String(repeating: close, count: levels)
    }
    // A power printed in parentheses nests twice.
    let levels = open.hasPrefix("x^") ? 240 : 490
    let formula = try Formula(parsing: nested(levels), features: ["x"])
    #expect(try Formula(parsing: formula.description(features: ["x"]), features: ["x"]) == formula)
    for levels in [510, 100_000] {
      let error = #expect(throws: FormulaSyntaxError.self) {
        try Formula(parsing: nested(levels), features: ["x"])
      }
      #expect(error?.reason == "nested deeper than 500 levels")
    }
  }

  @Test func `long texts are read in linear time`() throws {
    let sum = try Formula(
      parsing: Array(repeating: "x", count: 50_000).joined(separator: " + "), features: ["x"])
    #expect(sum.complexity == 99_999)
    let signs = try Formula(parsing: String(repeating: "-", count: 50_000) + "x", features: ["x"])
    #expect(signs.complexity == 50_001)
  }

  @Test func `columns beyond what a node can hold are refused`() throws {
    let features = (0..<65_537).map { "c\($0)" }
    #expect(try Formula(parsing: "c65535", features: features) == .feature(65_535))
    #expect(throws: FormulaSyntaxError.self) { try Formula(parsing: "c65536", features: features) }
  }

  @Test(arguments: [
    (1234.5678, "1235"), (0.000012345, "1.234e-5"), (-2, "-2"), (1e300, "1e300"), (0.1, "0.1"),
  ])
  func `constants for people are rounded`(_ value: Double, _ expected: String) {
    #expect(Formula.constant(value).description(features: [], digits: 4) == expected)
  }
}
