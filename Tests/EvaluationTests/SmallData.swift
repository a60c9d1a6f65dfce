import Evaluation
import Expressions
import Randomness
import Tables

/// Data sets made for a test.
enum SmallData {
  /// Rows of features uniform in `range`, the target computed from them.
  static func make(
    rows: Int, features: Int, in range: ClosedRange<Double> = 0.5...3, seed: UInt64 = 1,
    weighted: Bool = false,
    target: ([Double]) -> Double
  ) throws -> Dataset {
    var random = RandomStream(seed: seed)
    let columns = (0..<features).map { _ in
      (0..<rows).map { _ in random.uniform(range.lowerBound, range.upperBound) }
    }
    let values = (0..<rows).map { row in target(columns.map { $0[row] }) }
    let weights = weighted ? (0..<rows).map { _ in random.uniform(0.1, 2) } : nil
    return try Dataset(
      features: columns.enumerated().map { ("x\($0)", $1) }, target: ("y", values), weights: weights)
  }

  static let names = ["x0", "x1", "x2", "x3"]

  static func formula(_ text: String) throws -> Formula { try Formula(parsing: text, features: names) }
}

extension Evaluator {
  /// ``score(_:_:on:limit:)`` of a formula.
  func score(_ formula: Formula, on data: EvaluationData, limit: Double = .infinity) -> AffineScore {
    formula.nodes.withUnsafeBufferPointer { score($0.baseAddress!, $0.count, on: data, limit: limit) }
  }

  /// ``loss(_:_:on:)`` of a formula.
  func loss(_ formula: Formula, on data: EvaluationData) -> Double {
    formula.nodes.withUnsafeBufferPointer { loss($0.baseAddress!, $0.count, on: data) }
  }

  /// The formula after ``polish(_:_:on:steps:holding:isDue:)``.
  func polished(_ formula: Formula, on data: EvaluationData, steps: Int = 100) -> Formula {
    var nodes = formula.nodes
    nodes.withUnsafeMutableBufferPointer { polish($0.baseAddress!, $0.count, on: data, steps: steps) }
    return Formula(nodes)!
  }
}
