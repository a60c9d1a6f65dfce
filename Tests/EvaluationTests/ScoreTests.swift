import Evaluation
import Expressions
import Foundation
import Tables
import Testing

@Suite struct ScoreTests {
  @Test(arguments: [1, 2, 7, 127, 128, 129, 511, 512, 513, 1300])
  func `the closed form is least squares of the target on the expression and one`(rows: Int) throws {
    let dataset = try SmallData.make(rows: rows, features: 2, seed: UInt64(rows)) {
      3 * $0[0] - $0[1] * $0[1] + 1e3
    }
    let data = EvaluationData(dataset, precision: .double)
    let formula = try SmallData.formula("x0 * x1")
    let score = Evaluator(capacity: 20, loss: .meanSquaredError).score(formula, on: data)
    let p = try Prediction.values(of: formula, features: SmallData.names, in: dataset)
    let y = dataset.target.array
    let n = Double(rows)
    let (meanP, meanY) = (p.reduce(0, +) / n, y.reduce(0, +) / n)
    let shared = zip(p, y).map { ($0 - meanP) * ($1 - meanY) }.reduce(0, +)
    let spread = p.map { ($0 - meanP) * ($0 - meanP) }.reduce(0, +)
    let a = spread > 0 ? shared / spread : 0
    let b = meanY - a * meanP
    let mean = zip(p, y).map { (a * $0 + b - $1) * (a * $0 + b - $1) }.reduce(0, +) / n
    let unit = data.scale * data.scale
    #expect(abs(score.loss * unit - mean) <= 1e-9 * max(mean, unit * data.costUnit))
    if rows > 2 {
      #expect(abs(score.scale - a) <= 1e-9 * abs(a))
      #expect(abs(score.shift - b) <= 1e-9 * abs(b))
    }
  }

  @Test(arguments: [1, 2, 600])
  func `an expression of one value on all rows explains nothing`(rows: Int) throws {
    let dataset = try SmallData.make(rows: rows, features: 1) { $0[0] }
    let data = EvaluationData(dataset, precision: .double)
    let score = Evaluator(capacity: 20, loss: .meanSquaredError)
      .score(try SmallData.formula("x0 - x0 + 3"), on: data)
    #expect(score.scale == 0)
    #expect(abs(score.shift - data.targetMean) <= 1e-12 * abs(data.targetMean))
    #expect(abs(score.loss - data.targetVariance) <= 1e-12)
  }

  @Test func `weights count as repeated rows`() throws {
    let features: [Double] = [1, 2, 3, 4, 5]
    let target: [Double] = [2, 3, 7, 8, 20]
    let weighted = try Dataset(
      features: [("x0", features)], target: ("y", target), weights: [1, 2, 1, 3, 1])
    let repeated = try Dataset(
      features: [("x0", [1, 2, 2, 3, 4, 4, 4, 5])], target: ("y", [2, 3, 3, 7, 8, 8, 8, 20]), weights: nil)
    let formula = try SmallData.formula("square(x0)")
    for loss in [Loss.meanSquaredError, try Loss(parsing: "mae"), try Loss(parsing: "huber(1.5)")] {
      let evaluator = Evaluator(capacity: 20, loss: loss)
      let first = evaluator.score(formula, on: EvaluationData(weighted, precision: .double))
      let second = evaluator.score(formula, on: EvaluationData(repeated, precision: .double))
      #expect(abs(first.scale - second.scale) < 1e-12)
      #expect(abs(first.shift - second.shift) < 1e-12)
    }
  }

  @Test(arguments: [AffineMode([]), .scale, .shift, [.scale, .shift]])
  func `a factor and a term are fitted only where they are allowed`(mode: AffineMode) throws {
    let dataset = try SmallData.make(rows: 60, features: 1) { 2.5 * $0[0] - 4 }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: .meanSquaredError, affine: mode)
    let score = evaluator.score(try SmallData.formula("x0"), on: data)
    #expect(mode.contains(.scale) || score.scale == 1)
    #expect(mode.contains(.shift) || score.shift == 0)
    // The score is the loss of what it says.
    let written = try SmallData.formula("\(score.scale) * x0 + \(score.shift)")
    #expect(abs(evaluator.loss(written, on: data) - score.loss) <= 1e-12 * (1 + score.loss))
    // No other factor and term that the mode allows do better.
    for (scale, shift) in [(1.01, 0.0), (0.99, 0), (1, 0.01), (1, -0.01)] {
      let a = mode.contains(.scale) ? score.scale * scale : 1
      let b = mode.contains(.shift) ? score.shift + shift : 0
      let other = try SmallData.formula("\(a) * x0 + \(b)")
      #expect(evaluator.loss(other, on: data) >= score.loss * (1 - 1e-12))
    }
  }

  @Test(arguments: [1e300, 1e-300, 1e150, 1e-150, 1.0])
  func `targets of any magnitude are scored without overflow`(magnitude: Double) throws {
    let dataset = try SmallData.make(rows: 40, features: 1) { magnitude * (2 * $0[0] + 1) }
    let data = EvaluationData(dataset, precision: .double)
    let score = Evaluator(capacity: 20, loss: .meanSquaredError).score(try SmallData.formula("x0"), on: data)
    #expect(score.loss < 1e-24)
    #expect(abs(score.scale / magnitude - 2) < 1e-9)
  }

  @Test func `features of any magnitude are scored without overflow`() throws {
    let dataset = try SmallData.make(rows: 40, features: 1, in: 1e299...9e299) { $0[0] * 1e-299 }
    let data = EvaluationData(dataset, precision: .double)
    let score = Evaluator(capacity: 20, loss: .meanSquaredError).score(try SmallData.formula("x0"), on: data)
    #expect(score.loss < 1e-24)
    #expect(abs(score.scale / 1e-299 - 1) < 1e-11)
  }

  @Test func `an expression that is not finite on one row is no candidate`() throws {
    let dataset = try SmallData.make(rows: 700, features: 1, in: 0.001...2) { $0[0] }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: .meanSquaredError)
    let smallest = dataset.features[0].array.min()!
    for text in ["log(x0 - \(smallest))", "sqrt(x0 - \(smallest * 1.001))", "exp(1000 * x0)"] {
      #expect(evaluator.score(try SmallData.formula(text), on: data).loss == .infinity)
      #expect(evaluator.loss(try SmallData.formula(text), on: data) == .infinity)
    }
  }

  @Test func `stopping early never refuses what is below the limit`() throws {
    let dataset = try SmallData.make(rows: 2000, features: 2) { sin($0[0]) + $0[1] }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: .meanSquaredError)
    var stopped = 0
    for text in ["x0", "x1", "x0 * x1", "exp(x0)", "x0 / x1", "log(x1)", "sin(x0) + x1"] {
      let formula = try SmallData.formula(text)
      let whole = evaluator.score(formula, on: data).loss
      for factor in [0.01, 0.03, 0.1, 0.5, 0.9, 0.999, 1.001, 2] {
        let limited = evaluator.score(formula, on: data, limit: whole * factor)
        if factor > 1 { #expect(limited.loss == whole) }
        if limited.loss == .infinity { stopped += 1 }
      }
    }
    #expect(stopped > 5)
  }

  @Test(arguments: [30, 1000])
  func `32-bit scores agree with 64-bit ones to six digits`(rows: Int) throws {
    let dataset = try SmallData.make(rows: rows, features: 2) { $0[0] * exp(-$0[1]) + 0.1 * sin(9 * $0[0]) }
    let single = EvaluationData(dataset, precision: .single)
    let double = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 20, loss: .meanSquaredError)
    for text in ["x0 * exp(-x1)", "x0 / x1", "log(x0 + x1)", "sqrt(x0) - x1"] {
      let formula = try SmallData.formula(text)
      let a = evaluator.score(formula, on: single)
      let b = evaluator.score(formula, on: double)
      #expect(abs(a.loss - b.loss) <= 2e-6 * data(double))
      #expect(abs(a.scale - b.scale) <= 1e-5 * abs(b.scale))
    }
  }

  private func data(_ data: EvaluationData) -> Double { data.costUnit }
}
