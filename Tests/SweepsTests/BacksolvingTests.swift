import Algebra
import Evaluation
import Expressions
import Foundation
import Randomness
import Sweeps
import Testing

struct BacksolvingTests {
  @Test(arguments: [
    Operator.add, .subtract, .multiply, .divide, .power, .negate, .inverse, .square, .cube, .sqrt, .exp, .log,
    .sin, .cos, .tanh, .asin, .acos, .atan,
  ])
  func `inverting an operator gives its argument back, with the slope there`(operation: Operator) throws {
    var random = RandomStream(seed: 3, UInt64(operation.rawValue))
    var tried = 0
    for _ in 0..<400 {
      let limit = operation == .asin || operation == .acos ? 0.9 : 3.0
      let (own, other) = (random.uniform(-limit, limit), random.uniform(0.2, 3))
      for isLeft in operation.arity == 2 ? [true, false] : [true] {
        func value(_ x: Double) -> Double {
          operation.arity == 2
            ? (isLeft ? operation.value(x, other) : operation.value(other, x)) : operation.value(x)
        }
        let wanted = value(own)
        guard wanted.isFinite, abs(own) > 0.05 else { continue }
        let inverted = Inversion.argument(operation, wanted: wanted, own: own, other: other, isLeft: isLeft)
        guard let inverted else { continue }
        tried += 1
        #expect(abs(value(inverted.value) - wanted) < 1e-9 * max(1, abs(wanted)))
        let slope = (value(inverted.value + 1e-6) - value(inverted.value - 1e-6)) / 2e-6
        guard slope.isFinite, abs(slope) < 1e4 else { continue }
        #expect(abs(inverted.slope - slope) < 1e-3 * max(1, abs(slope)), "\(operation) at \(own)")
      }
    }
    #expect(tried > 50)
  }

  @Test func `an expression that is right wants the values it has`() throws {
    let data = try SweepData(features: 2, seed: 4) { x in sqrt(2 * x[0] + exp(-x[1])) / (x[0] + 1) }
    let formula = try Formula(parsing: "sqrt(2 * a + exp(-1 * b)) / (a + 1)", features: ["a", "b"])
    let evaluator = Evaluator(capacity: 64, loss: .meanSquaredError)
    let values = try #require(WantedValues(formula.nodes, sample: data.sample, evaluator: evaluator))
    for position in formula.nodes.indices {
      let wanted = try #require(values.wanted[position])
      for row in 0..<data.sample.rowCount {
        #expect(abs(wanted[row] - values.own[position][row]) < 1e-9 * max(1, abs(wanted[row])))
      }
    }
  }

  @Test(arguments: ["a + b", "exp(a) * (b + c)", "a / (1 + b)", "sqrt(a * a + b)"])
  func `one wrong subtree is replaced by the right one`(start: String) throws {
    let names = ["a", "b", "c"]
    let laws: [String: String] = [
      "a + b": "a + 3 * b * sin(c)", "exp(a) * (b + c)": "exp(-0.5 * a / b) * (b + c)",
      "a / (1 + b)": "a / (1 + b * c * c / a)",
      "sqrt(a * a + b)": "sqrt(a * a + 2 * b * c * cos(a - b) + 40)",
    ]
    let law = try Formula(parsing: try #require(laws[start]), features: names)
    let data = try SweepData(features: 3, seed: 5) { law.value($0) }
    let solver = Backsolver(
      LinearLibrary(data.library, limit: 3000), data.logarithms, operators: data.operators, maximumSize: 40)
    let evaluator = Evaluator(capacity: 100, loss: .meanSquaredError)
    let candidates = solver.candidates(try Formula(parsing: start, features: names).nodes, with: evaluator)
    #expect(data.leastLeft(candidates) < 1e-18)
  }
}
