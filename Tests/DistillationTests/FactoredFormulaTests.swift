import Distillation
import Expressions
import Testing

/// Taking a factor out changes what is written, not what is meant.
struct FactoredFormulaTests {
  private let features = ["r", "m"]

  @Test(arguments: [
    ("0.5 * r - 0.25", "r - 0.5", 0.5), ("-2 * (r - 1)", "r - 1", -2), ("0.25 - 0.5 * r", "r - 0.5", -0.5),
    ("3 * r / (m * 2)", "r / m", 1.5), ("4 / square(2 * r + 1)", "1 / square(r + 0.5)", 1),
    ("square(-0.5 - r)", "square(r + 0.5)", 1), ("(2 * r + 4 * m)^3", "(r + 2 * m)^3", 8),
    ("sqrt(4 * r)", "sqrt(r)", 2), ("sqrt(-4 * r)", "sqrt(-4 * r)", 1), ("exp(2 * r)", "exp(2 * r)", 1),
    ("5", "1", 5), ("-(r * 3)", "r", -3), ("if(less(r, 2), 0, 3 * r)", "if(less(r, 2), 0, r)", 3),
    ("-0.5 / (r / m)", "m / r", -0.5), ("2 / ((r + 3) / (m + 4))", "(m + 4) / (r + 3)", 2),
    ("if(less(r, 2), 1, 3 * r)", "if(less(r, 2), 1, 3 * r)", 1), ("0 * r", "0 * r", 1), ("r", "r", 1),
  ])
  func `the factor is taken out`(text: String, shape: String, factor: Double) throws {
    let found = FactoredFormula(try Formula(parsing: text, features: features))
    #expect(found.shape == (try Formula(parsing: shape, features: features)))
    #expect(abs(found.factor - factor) < 1e-12)
  }

  @Test(arguments: [
    "0.3 * r - 0.7 * m / (2 - 5 * r)", "(3 - 2 * r) * (m / 4 - 1)^2 / sqrt(7 * r + 1)", "-1 / (3 * r) + 2",
    "-3 / ((2 * r + 7) / (m - 4))", "square(square(2 * r) - 4) / (1 + exp(-3 * m))",
    "2 - 3 * (4 - 5 * (6 - 7 * r))",
  ])
  func `factor times shape is the formula`(text: String) throws {
    let formula = try Formula(parsing: text, features: features)
    let found = FactoredFormula(formula)
    for row in [[0.3, 1.7], [2.4, 0.2], [5.1, 3.3]] {
      let (value, wanted) = (found.factor * found.shape.value(row), formula.value(row))
      #expect(abs(value - wanted) <= 1e-12 * abs(wanted))
    }
    let constants = formula.constants
    for (place, number) in found.constants.enumerated() {
      if let number { #expect(found.shape.constants[place] == constants[number]) }
    }
  }
}
