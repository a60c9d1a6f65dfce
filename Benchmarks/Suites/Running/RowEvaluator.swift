import Evaluation
import Expressions
import Synchronization
import Tables

/// Evaluates formulas with the project's own kernels on rows that change from call to call, as the judge
/// wants it.
final class RowEvaluator: Sendable {
  private let spare = Mutex<[Scratch]>([])

  /// One value of `formula` for each of `rows`; NaN or an infinity where it is not defined.
  @Sendable func values(_ formula: Formula, _ rows: [[Double]]) -> [Double] {
    guard let width = rows.first?.count else { return [] }
    let columns = (0..<width).map { index in Column(rows.map { $0[index] }) }
    let data = EvaluationData(
      features: columns, target: Column(count: rows.count, repeating: 0), weights: nil, precision: .double)
    let scratch = take(formula.complexity)
    defer { spare.withLock { $0.append(scratch) } }
    return scratch.evaluator.values(of: formula, on: data)
  }

  private func take(_ size: Int) -> Scratch {
    spare.withLock { spare in
      if let index = spare.firstIndex(where: { $0.capacity >= size }) { return spare.remove(at: index) }
      return Scratch(capacity: max(64, size))
    }
  }

  /// An evaluator that one call at a time holds.
  private final class Scratch: @unchecked Sendable {
    let capacity: Int
    let evaluator: Evaluation.Evaluator

    init(capacity: Int) {
      self.capacity = capacity
      evaluator = Evaluation.Evaluator(capacity: capacity, loss: .meanSquaredError)
    }
  }
}
