import Evaluation
import Expressions
import Randomness
import Sweeps
import Tables

/// Data of a known law, and what candidates leave of it.
struct SweepData {
  let data: EvaluationData
  let sample: SweepSample
  let operators: OperatorSet
  let library: ValueLibrary
  let logarithms: LogarithmLibrary

  /// Rows of features drawn uniformly from 1 to 4 and a target computed from them.
  init(
    features: Int, rows: Int = 200, operators: String = "+ - * / ^ exp log sqrt square sin cos", seed: UInt64,
    _ law: ([Double]) -> Double
  ) throws {
    var random = RandomStream(seed: seed, 99)
    let table = (0..<rows).map { _ in (0..<features).map { _ in random.uniform(1, 4) } }
    data = EvaluationData(
      features: (0..<features).map { index in Column(table.map { $0[index] }) },
      target: Column(table.map(law)), weights: nil, precision: .double)
    sample = SweepSample(data, seed: seed)
    self.operators = try OperatorSet(parsing: operators)
    library = ValueLibrary.standard(sample, self.operators)
    logarithms = LogarithmLibrary(library, limit: 2500)
  }

  /// The smallest part of the target's variance that a candidate leaves, its constants fitted.
  func leastLeft(_ candidates: [SweepCandidate]) -> Double {
    let evaluator = Evaluator(capacity: 200, loss: .meanSquaredError)
    var least = Double.infinity
    for candidate in candidates where candidate.nodes.count <= 60 {
      var nodes = candidate.nodes
      let left = nodes.withUnsafeMutableBufferPointer { memory -> Double in
        let score = evaluator.score(memory.baseAddress!, memory.count, on: data, limit: .infinity)
        guard score.loss.isFinite else { return .infinity }
        return evaluator.fit(memory.baseAddress!, memory.count, on: data, from: score, steps: 20).loss
      }
      least = min(least, left / data.costUnit)
    }
    return least
  }
}
