import Expressions
import Testing

@Suite struct LanguageTests {
  static let features = ["x", "y", "z", "a b", "alpha", "theta1", "x_2", "velocity", "np"]

  private func formula(_ text: String) throws -> Formula {
    try Formula(parsing: text, features: LanguageTests.features)
  }

  @Test(arguments: [
    ("x + y - z", "x + y - z"), ("x - (y - z)", "x - \\left(y - z\\right)"),
    ("x * (y + 2)", "x \\, \\left(y + 2\\right)"), ("2 * x", "2 \\, x"),
    ("x * 2", "x \\cdot 2"), ("2 * 3", "2 \\cdot 3"), ("-2 * x", "-2 \\, x"),
    ("x * (-2)", "x \\, \\left(-2\\right)"), ("x + (-2)", "x - 2"),
    ("y - (-2 * x)", "y - \\left(-2 \\, x\\right)"), ("y + (-2 * x)", "y - 2 \\, x"), ("-x * y", "-x \\, y"),
    ("-(x + y)", "-\\left(x + y\\right)"),
    ("x + (-y + z)", "x - y + z"), ("x - (-y)", "x - \\left(-y\\right)"), ("(-2)^x", "\\left(-2\\right)^{x}"),
    ("(-x)^2", "\\left(-x\\right)^{2}"), ("-x^2", "-x^{2}"),
    ("x^y^z", "x^{y^{z}}"), ("(x^y)^z", "\\left(x^{y}\\right)^{z}"),
    ("square(exp(x))", "\\left(e^{x}\\right)^{2}"), ("exp(-x^2)", "e^{-x^{2}}"),
    ("cube(x / y)", "\\left(\\frac{x}{y}\\right)^{3}"), ("square(sin(x))", "\\sin\\left(x\\right)^{2}"),
    ("square(sqrt(x))", "\\sqrt{x}^{2}"),
    ("square(x)^y", "\\left(x^{2}\\right)^{y}"), ("(x / y) / z", "\\frac{\\frac{x}{y}}{z}"),
    ("inv(x + 1)", "\\frac{1}{x + 1}"), ("1e-5 * x", "10^{-5} \\, x"),
    ("(1e30)^x", "\\left(10^{30}\\right)^{x}"), ("1.23456789", "1.2346"),
    ("-1e-7 + x", "-10^{-7} + x"), ("y - 2.5e8 * x", "y - 2.5 \\cdot 10^{8} \\, x"),
    ("x * 1e9", "x \\cdot 10^{9}"), ("x^-2.5e-7", "x^{-2.5 \\cdot 10^{-7}}"), ("1 * x", "x"),
    ("-1 * x", "-x"),
    ("-2 * x / y", "-\\frac{2 \\, x}{y}"), ("z + -2 * x / y", "z - \\frac{2 \\, x}{y}"),
    ("z * (-x / y)", "z \\, \\left(-\\frac{x}{y}\\right)"), ("2 * (3 * x)", "2 \\cdot 3 \\, x"),
    ("-1 * (x + y)", "-\\left(x + y\\right)"), ("1 * (x + y) * z", "\\left(x + y\\right) \\, z"),
    ("log1p(-x)", "\\log\\left(1 - x\\right)"),
    ("asin(x)", "\\arcsin\\left(x\\right)"), ("asinh(x)", "\\operatorname{asinh}\\left(x\\right)"),
    ("logical_or(x, y)", "\\operatorname{logical\\_or}\\left(x, y\\right)"),
    ("max(x, y, z)", "\\max\\left(x, y, z\\right)"), ("x > y", "\\left[x > y\\right]"),
    ("abs(x)", "\\left|x\\right|"), ("fma(x, y, -3)", "x \\, y - 3"),
    ("cond(x, y)^2", "\\left(\\begin{cases} y & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}\\right)^{2}"),
    ("alpha * theta1", "\\alpha \\, \\theta_{1}"), ("x_2 + `a b`", "x_{2} + \\mathrm{a\\ b}"),
    ("velocity", "\\mathrm{velocity}"),
  ])
  func `LaTeX`(_ text: String, _ expected: String) throws {
    #expect(try formula(text).latex(features: LanguageTests.features) == expected)
  }

  @Test(arguments: [
    ("x + y * 2", "x + y*2.0"), ("(x + y) * 2", "(x + y)*2.0"), ("x / (y * z)", "x/(y*z)"),
    ("x / inv(y)", "x/(1/y)"), ("inv(x) / y", "1/x/y"),
    ("square(x)^y", "(x**2)**y"), ("-x^2", "-x**2.0"), ("(-x)^2", "(-x)**2.0"), ("square(-2)", "(-2.0)**2"),
    ("x - -2", "x - (-2.0)"),
    ("-(x * y)", "-(x*y)"), ("x * -y", "x*(-y)"), ("y / cbrt(x)", "y/np.cbrt(x)"),
    ("cube(x + y)", "(x + y)**3"), ("inv(x + y)", "1/(x + y)"),
    ("x > y", "np.where(x > y, 1.0, 0.0)"), ("gamma(x)", "scipy.special.gamma(x)"),
    ("asinh(x)", "np.arcsinh(x)"), ("atan(x)", "np.arctan(x)"),
    ("`a b` + np", "columns['a b'] + columns['np']"), ("ceil(x)", "np.ceil(x)"),
    ("if(x, y, z)", "np.where(x > 0, y, z)"), ("fma(x, y, z)", "x*y + z"),
  ])
  func `Python`(_ text: String, _ expected: String) throws {
    #expect(try formula(text).python(features: LanguageTests.features) == expected)
  }

  @Test(arguments: [
    ("454.15843 * velocity", "454.15843*velocity"), ("y / cbrt(x)", "y/(sign(x)*Abs(x)**Rational(1, 3))"),
    ("inv(x)^2", "(1/x)**2.0"),
    ("log2(x)", "log(x, 2)"), ("log1p(x + y)", "log(1 + (x + y))"),
    ("x > y", "Piecewise((1, x > y), (0, True))"), ("`a b`", "Symbol('a b')"),
    ("max(x, y)", "Max(x, y)"), ("sinc(x)", "sinc(pi*x)"),
  ])
  func `SymPy`(_ text: String, _ expected: String) throws {
    #expect(try formula(text).sympy(features: LanguageTests.features) == expected)
  }

  @Test func `what is written short has every digit of its constants`() throws {
    let formula = try formula("0.30000000000000004 * x + 2.5e12 * y - 1e-7 / z + 123456789")
    let features = LanguageTests.features
    #expect(
      formula.shortDescription(features: features)
        == "0.30000000000000004 * x + 2.5e12 * y - 1e-7 / z + 123456789")
    #expect(try Formula(parsing: formula.shortDescription(features: features), features: features) == formula)
    #expect(
      formula.shortLatex(features: features)
        == "0.30000000000000004 \\, x + 2.5 \\cdot 10^{12} \\, y - \\frac{10^{-7}}{z} + 123456789")
  }

  @Test func `a number is written with the digits that it needs`() {
    for (value, text) in [
      (25, "25"), (0.6, "0.6"), (-2.50, "-2.5"), (1e16, "1e16"), (362_400, "362400"), (1.501e7, "1.501e7"),
      (0.1 + 0.2, "0.30000000000000004"),
      (1e-300, "1e-300"), (0, "0"), (12_345_678, "12345678"),
    ] {
      #expect(NumberText.shortest(value) == text)
    }
    for exponent in -300...300 {
      let value = Double.pi * Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(Double(NumberText.shortest(value)) == value)
      for digits in [1, 4, 9] {
        let rounded = NumberText.rounding(value, digits: digits)
        #expect(abs(rounded - value) <= 0.5001 * abs(value) * (digits == 1 ? 1 : digits == 4 ? 1e-3 : 1e-8))
        #expect(NumberText.shortest(rounded).count(where: \.isNumber) <= digits + 6)
      }
    }
  }

  @Test func `names with a meaning of their own are quoted`() {
    for name in ["E", "S", "beta", "deg", "group", "lambda", "1x", "a'b", "é", "", "x y", "line\nbreak"] {
      #expect(Formula.feature(0).sympy(features: [name]).hasPrefix("Symbol('"), "\(name)")
    }
    #expect(Formula.feature(0).sympy(features: ["a'b\n\\"]) == "Symbol('a\\'b\\x0a\\\\')")
    #expect(Formula.feature(0).python(features: ["a'b\n"]) == "columns['a\\'b\\x0a']")
    #expect(Formula.feature(3).sympy(features: ["x"]) == "x3")
  }

  @Test func `text in every language`() throws {
    let formula = try formula("2 * x")
    let texts = Language.allCases.map { formula.text(in: $0, features: ["x"]) }
    #expect(texts == ["2.0 * x", "2.0*x", "2 \\, x", "2.0*x"])
  }
}
