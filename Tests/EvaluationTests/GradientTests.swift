import Evaluation
import Expressions
import Randomness
import Tables
import Testing

@Suite struct GradientTests {
  /// A sum of so many terms that its leaves do not fit one sweep.
  private static let long = (1...20).map { "x0^\($0) * x1 / \($0)" }.joined(separator: " + ")

  @Test(arguments: ["x0 * exp(x1) + x0 / x1", "sqrt(x0 + x1 * x1)", "x1 + 1", "2", GradientTests.long])
  func `derivatives by features are those of difference quotients`(text: String) throws {
    var random = RandomStream(seed: 5)
    let rows = 700
    let columns = (0..<3).map { _ in (0..<rows).map { _ in random.uniform(0.4, 1) } }
    func data(_ columns: [[Double]]) -> EvaluationData {
      EvaluationData(
        features: columns.map { Column($0) }, target: Column(columns[0]), weights: nil, precision: .double)
    }
    let formula = try Formula(parsing: text, features: ["x0", "x1", "x2"])
    let evaluator = Evaluator(capacity: 200, loss: .meanSquaredError)
    let (values, gradients) = evaluator.gradients(of: formula, on: data(columns))
    #expect(values == evaluator.values(of: formula, on: data(columns)))
    #expect(gradients.count == 3)
    // Of some features, in any order, they are the same.
    let some = evaluator.gradients(of: formula, on: data(columns), by: [2, 0])
    #expect(some.values == values && some.gradients == [gradients[2], gradients[0]])
    let step = 1e-5
    for feature in 0..<3 {
      var (above, below) = (columns, columns)
      for row in 0..<rows {
        above[feature][row] += step
        below[feature][row] -= step
      }
      let high = evaluator.values(of: formula, on: data(above))
      let low = evaluator.values(of: formula, on: data(below))
      for row in 0..<rows {
        let quotient = (high[row] - low[row]) / (2 * step)
        #expect(abs(gradients[feature][row] - quotient) <= 1e-6 * (1 + abs(quotient)))
      }
    }
  }
}
