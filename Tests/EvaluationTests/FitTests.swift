import Evaluation
import Expressions
import Foundation
import Randomness
import Testing

@Suite struct FitTests {
  @Test(arguments: [
    ("exp(0.5 * x0)", "exp(-1.3 * x0)"), ("x0^1.2", "x0^2.5"), ("log(x0 + 0.3)", "log(x0 + 1.7)"),
    ("sin(1.9 * x0 - 0.1)", "sin(2.1 * x0 - 0.4)"), ("1 / (x0 + 2)", "1 / (x0 + 0.4)"),
    ("exp(0.2 * x0) + 0.5 * x1", "exp(0.7 * x0) + 3 * x1"),
    ("tanh(1.1 * x0 - 1.5) * x1^0.9", "tanh(1.4 * x0 - 2) * x1^1.5"),
  ])
  func `constants are found from a rough start`(start: String, truth: String) throws {
    let law = try SmallData.formula(truth)
    let dataset = try SmallData.make(rows: 200, features: 2) { row in
      law.reduce(leaf: { $0.isConstant ? $0.value : row[Int($0.feature)] }, branch: ScalarValue.apply)
    }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    let polished = evaluator.polished(try SmallData.formula(start), on: data)
    #expect(evaluator.loss(polished, on: data) < 1e-26 * data.costUnit)
    for (found, wanted) in zip(polished.constants, law.constants) { #expect(abs(found - wanted) < 1e-9) }
  }

  @Test func `a fit around the factor and the term is never worse than its start`() throws {
    let dataset = try SmallData.make(rows: 90, features: 2, seed: 4, weighted: true) {
      40 * exp(-2 * $0[0]) + $0[1]
    }
    let data = EvaluationData(dataset, precision: .double)
    for loss in [Loss.meanSquaredError, try Loss(parsing: "logcosh")] {
      let evaluator = Evaluator(capacity: 30, loss: loss)
      for text in ["exp(1.0 * x0)", "log(x0 + 3)", "x0^(-2.0)", "exp(-0.5 * x0) + 0.1 * x1", "sin(9 * x0)"] {
        var nodes = try SmallData.formula(text).nodes
        nodes.withUnsafeMutableBufferPointer { memory in
          let before = evaluator.score(memory.baseAddress!, memory.count, on: data, limit: .infinity)
          let passes = evaluator.fittingPasses
          let after = evaluator.fit(
            memory.baseAddress!, memory.count, on: data, from: before, steps: 8)
          #expect(after.loss <= before.loss)
          #expect(evaluator.fittingPasses >= passes + 2)
        }
      }
    }
  }

  @Test func `the factor, the term and the constant within are found together`() throws {
    let dataset = try SmallData.make(rows: 50, features: 1) { 40 * exp(-2 * $0[0]) + 7 }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    var nodes = try SmallData.formula("exp(-0.5 * x0)").nodes
    let score = nodes.withUnsafeMutableBufferPointer { memory in
      let start = evaluator.score(memory.baseAddress!, memory.count, on: data, limit: .infinity)
      return evaluator.fit(
        memory.baseAddress!, memory.count, on: data, from: start, steps: 50)
    }
    #expect(abs(score.scale - 40) < 0.01 && abs(score.shift - 7) < 0.01)
    #expect(abs(Formula(nodes)!.constants[0] + 2) < 1e-3)
  }

  @Test func `constants of any scale are fitted`() throws {
    let dataset = try SmallData.make(rows: 80, features: 1, in: 1e15...9e15) { exp(-4.8e-16 * $0[0]) }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    let polished = evaluator.polished(try SmallData.formula("exp(-1e-16 * x0)"), on: data)
    #expect(abs(polished.constants[0] / -4.8e-16 - 1) < 1e-9)
  }

  @Test func `standard errors are those of linear regression`() throws {
    var random = RandomStream(seed: 5)
    let dataset = try SmallData.make(rows: 40, features: 1) { 3 * $0[0] - 2 + 0.1 * random.normal() }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    let fitted = evaluator.polished(try SmallData.formula("1.0 * x0 + 1"), on: data)
    let errors = evaluator.standardErrors(fitted, on: data)
    let x = dataset.features[0].array
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    let spread = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let rest = evaluator.loss(fitted, on: data) * data.scale * data.scale * n
    let variance = rest / (n - 2)
    #expect(abs(errors[0]! / (variance / spread).squareRoot() - 1) < 1e-6)
    #expect(abs(errors[1]! / (variance * (1 / n + mean * mean / spread)).squareRoot() - 1) < 1e-6)
  }

  @Test func `a constant the rows do not determine has no standard error`() throws {
    let dataset = try SmallData.make(rows: 40, features: 1) { 3 * $0[0] }
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    let formula = try SmallData.formula("2 * (1.5 * x0)")
    let errors = evaluator.standardErrors(formula, on: EvaluationData(dataset, precision: .double))
    #expect(errors == [nil, nil])
  }

  @Test func `the median is what absolute loss fits, the quantile what its loss does`() throws {
    var random = RandomStream(seed: 6)
    let values = (0..<401).map { _ in exp(random.normal()) }
    let dataset = try SmallDataset.constantFeature(values)
    let data = EvaluationData(dataset, precision: .double)
    let sorted = values.sorted()
    for (text, quantile) in [("mae", 0.5), ("quantile(0.9)", 0.9), ("quantile(0.25)", 0.25)] {
      let evaluator = Evaluator(capacity: 10, loss: try Loss(parsing: text))
      let fitted = evaluator.polished(.constant(1), on: data, steps: 200)
      let wanted = sorted[Int(quantile * 400)]
      #expect(
        abs(fitted.constants[0] - wanted) < 0.02 * wanted, "\(text): \(fitted.constants[0]), not \(wanted)")
    }
  }

  @Test func `a robust loss shrugs off an outlier`() throws {
    var row = 0
    let dataset = try SmallData.make(rows: 60, features: 1) { features in
      row += 1
      return 2 * features[0] + 1 + (row == 10 ? 1000 : 0)
    }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: try Loss(parsing: "huber(0.1)"))
    let fitted = evaluator.polished(try SmallData.formula("1.0 * x0 + 0.5"), on: data, steps: 200)
    #expect(abs(fitted.constants[0] - 2) < 0.01 && abs(fitted.constants[1] - 1) < 0.02)
  }
}
