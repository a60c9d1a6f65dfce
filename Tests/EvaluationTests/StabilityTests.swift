import Evaluation
import Expressions
import Foundation
import Tables
import Testing

/// Laws that overflow on some rows as they are written.
@Suite struct StabilityTests {
  /// Planck's law on the data set of the same name: the logarithm of 2 h ν³ / c² / (exp(h ν / k T) - 1).
  private static let hOverK = 4.799_243_073_366_221e-11
  private static let level = log(2 * 6.626_070_15e-34 / (299_792_458.0 * 299_792_458.0))

  private static func planck() throws -> Dataset {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Datasets/planck.csv")
    return try Dataset(contentsOf: file.path, target: "log_radiance")
  }

  @Test(arguments: [
    "%c + log(x0^3 / (exp(%k * x0 / x1) - 1))",
    "%c + 3 * log(x0) - log(exp(%k * x0 / x1) - 1)",
    "%c - log((exp(%k * x0 / x1) - 1) / cube(x0))",
  ])
  func `Planck's law is found from starts within a factor of three`(form: String) throws {
    let data = EvaluationData(try Self.planck(), precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    func law(_ level: Double, _ ratio: Double) throws -> Formula {
      let text = form.replacing("%c", with: "(\(level))").replacing("%k", with: "\(ratio)")
      return try Formula(parsing: text, features: ["x0", "x1"])
    }
    let best = evaluator.loss(evaluator.polished(try law(Self.level, Self.hOverK), on: data), on: data)
    #expect(best.isFinite)
    for factor in [1.0 / 3, 0.5, 0.9, 1.5, 3] {
      let start = try law(-80, Self.hOverK * factor)
      #expect(evaluator.loss(start, on: data).isFinite)
      #expect(evaluator.score(start, on: data).loss.isFinite)
      let fitted = evaluator.polished(start, on: data, steps: 200)
      #expect(evaluator.loss(fitted, on: data) <= best * (1 + 1e-9), "\(factor): \(fitted.constants)")
    }
  }

  @Test func `scores in 32 bits are finite too`() throws {
    let dataset = try SmallData.make(rows: 300, features: 1, in: 1...90) { log(exp($0[0]) - 1) }
    let law = try SmallData.formula("log(exp(x0) - 1)")
    for precision in [Precision.single, .double] {
      let data = EvaluationData(dataset, precision: precision)
      let score = Evaluator(capacity: 30, loss: .meanSquaredError).score(law, on: data)
      #expect(score.loss < 1e-7 && abs(score.scale - 1) < 1e-4, "\(precision): \(score)")
    }
  }

  @Test func `a candidate that overflows on most rows is not scored, but has a loss`() throws {
    let dataset = try SmallData.make(rows: 2000, features: 1, in: 800...900) { $0[0] + 1 }
    let data = EvaluationData(dataset, precision: .double)
    let evaluator = Evaluator(capacity: 30, loss: .meanSquaredError)
    let law = try SmallData.formula("log(3 * exp(x0))")
    #expect(evaluator.score(law, on: data).loss == .infinity)
    #expect(abs(evaluator.loss(law, on: data) * data.scale * data.scale - pow(log(3) - 1, 2)) < 1e-9)
  }
}
