import Evaluation
import Expressions
import Foundation
import Testing

@Suite struct LossTests {
  private static let definitions: [(String, @Sendable (Double, Double) -> Double)] = [
    ("mae", { abs($0 - $1) }), ("l1", { abs($0 - $1) }), ("logcosh", { log(cosh($0 - $1)) }),
    ("huber(0.5)", { abs($0 - $1) <= 0.5 ? 0.5 * pow($0 - $1, 2) : 0.5 * (abs($0 - $1) - 0.25) }),
    ("quantile(0.9)", { $0 > $1 ? 0.9 * ($0 - $1) : 0.1 * ($1 - $0) }), ("lp(3)", { pow(abs($0 - $1), 3) }),
    ("epsilon_insensitive(0.2)", { max(0, abs($0 - $1) - 0.2) }),
    ("abs(prediction / y - 1)", { abs($1 / $0 - 1) }), ("square(log(y) - log(prediction))", { pow(log($0 / $1), 2) }),
  ]

  @Test(arguments: definitions.indices)
  func `a loss is the mean of its definition`(index: Int) throws {
    let (text, definition) = LossTests.definitions[index]
    let dataset = try SmallData.make(rows: 777, features: 1) { 2 * $0[0] }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: try Loss(parsing: text))
    let measured = evaluator.loss(try SmallData.formula("x0 + 1"), on: data)
    let rows = zip(dataset.features[0].array, dataset.target.array)
    let wanted = rows.map { definition($1, $0 + 1) }.reduce(0, +) / 777
    #expect(abs(measured - wanted) <= 1e-10 * abs(wanted), "\(text)")
  }

  @Test(arguments: [
    ("msee", "unknown loss"), ("huber(-1)", "cannot have the parameter"), ("quantile(1.5)", "cannot have"),
    ("abs(y)", "does not use the prediction"), ("y - predicton", "did you mean \"prediction\""), ("(y", "unknown loss"),
    ("", "unknown loss"),
  ])
  func `what is no loss is refused with a remedy`(text: String, reason: String) {
    #expect { try Loss(parsing: text) } throws: { "\($0)".contains(reason) }
  }

  @Test(arguments: ["mse", "mae", "huber(2.5)", "quantile(0.1)", "y * prediction - prediction"])
  func `a loss's name reads back as the loss`(text: String) throws {
    let loss = try Loss(parsing: text)
    #expect(try Loss(parsing: loss.name) == loss)
  }
}
