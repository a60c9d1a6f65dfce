import Evaluation
import Expressions
import Tables
import Testing

@testable import Search

/// Formulas that are undefined, or have poles, between the rows are told from those that are not.
@Suite struct BoxBehaviourTests {
  private let evaluator = Evaluator(capacity: 40, loss: .meanSquaredError)

  private func box() throws -> BoxBehaviour {
    let x = (0..<50).map { 1 + Double($0) / 10 }
    let y = (0..<50).map { Double($0 * 7 % 50) / 10 - 2 }
    return BoxBehaviour(
      try Dataset(features: [("x", x), ("y", y)], target: ("z", x)), seed: 1)
  }

  @Test(arguments: ["1 / x", "x / (y + 2.5)", "log(x)", "1 / (square(y) + 1)", "y^3", "x^(-1.5)"])
  func `a law is defined`(_ text: String) throws {
    let formula = try Formula(parsing: text, features: ["x", "y"])
    #expect(try box().isDefined(formula, with: evaluator))
  }

  @Test(arguments: [
    "1 / y", "1 / (x - 3.3)", "x / square(y - 0.5)", "log(y)", "sqrt(x - 2)", "1 / square(square(cos(x)))",
    "(x - 2.2)^(-2)", "square(y)^(-0.5)", "x + 0.001 / (y * x - 0.1)",
  ])
  func `a pole between the rows is seen`(_ text: String) throws {
    let formula = try Formula(parsing: text, features: ["x", "y"])
    #expect(!(try box().isDefined(formula, with: evaluator)))
  }

  @Test func `what is drawn depends on the seed alone`() throws {
    let formula = try Formula(parsing: "1 / (x * y - 30)", features: ["x", "y"])
    #expect(try box().isDefined(formula, with: evaluator) == box().isDefined(formula, with: evaluator))
  }
}
