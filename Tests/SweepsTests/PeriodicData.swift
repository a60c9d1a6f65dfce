import Evaluation
import Expressions
import Sweeps
import Tables

/// Columns and a target, and what the harmonic sweep makes of them.
struct PeriodicData {
  let data: EvaluationData
  let operators: OperatorSet

  init(
    _ columns: [[Double]], operators: String = "+ - * / ^ exp log sin cos", _ law: ([Double]) -> Double
  ) throws {
    let rows = columns[0].indices.map { row in columns.map { $0[row] } }
    data = EvaluationData(
      features: columns.map { Column($0) }, target: Column(rows.map(law)), weights: nil, precision: .double)
    self.operators = try OperatorSet(parsing: operators)
  }

  /// Everything that the sweep proposes.
  var candidates: [[Node]] {
    let sweep = HarmonicSweep(
      data, features: Array(0..<data.featureCount), samplings: ColumnSampling.all(data, seed: 1),
      operators: operators, seed: 1)
    return (0..<sweep.taskCount).flatMap { sweep.candidates($0) }
  }

  /// The smallest part of the target's variance that a candidate leaves, its constants fitted.
  var leastLeft: Double {
    let evaluator = Evaluator(capacity: 200, loss: .meanSquaredError)
    return candidates.map { candidate in
      var nodes = candidate
      return nodes.withUnsafeMutableBufferPointer { memory -> Double in
        let score = evaluator.score(memory.baseAddress!, memory.count, on: data, limit: .infinity)
        guard score.loss.isFinite else { return .infinity }
        return evaluator.fit(memory.baseAddress!, memory.count, on: data, from: score, steps: 30).loss
          / data.costUnit
      }
    }.min() ?? .infinity
  }
}
