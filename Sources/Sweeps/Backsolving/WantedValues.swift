import Evaluation
import Expressions

/// The values that each subtree of an expression has on the sample's rows, and those it would have to have
/// for the whole to equal the target (semantic backpropagation: Pawlak, Wieloch and Krawiec, IEEE Trans. Evol.
/// Comput. 19, 2015).
package struct WantedValues {
  /// Values of each node's subtree, padded.
  package private(set) var own: [Vector]
  /// Wanted values; nil for nodes that cannot be reached.
  package private(set) var wanted: [Vector?]
  /// Weights of the rows: those of the data times the squared derivative of the whole by the subtree, 0 where
  /// no value would do.
  package private(set) var weights: [Vector]

  /// Works out both for a complete expression, factor and term included.
  ///
  /// - Returns: nil where the expression is not finite on all rows.
  package init?(_ nodes: [Node], sample: SweepSample, evaluator: Evaluator) {
    own = []
    for position in nodes.indices {
      let start = position + 1 - Int(nodes[position].length)
      var values = Vector(repeating: 0, count: sample.stride)
      nodes.withUnsafeBufferPointer { buffer in
        values.withUnsafeMutableBufferPointer {
          evaluator.write(
            buffer.baseAddress! + start, position + 1 - start, on: sample.data, to: $0.baseAddress!)
        }
      }
      own.append(values)
    }
    guard own[nodes.count - 1].allSatisfy(\.isFinite) else { return nil }
    wanted = Array(repeating: nil, count: nodes.count)
    weights = Array(repeating: [], count: nodes.count)
    wanted[nodes.count - 1] = sample.target
    weights[nodes.count - 1] = sample.weights
    for position in nodes.indices.reversed() { descend(nodes, position, sample) }
  }

  private mutating func descend(_ nodes: [Node], _ position: Int, _ sample: SweepSample) {
    guard let target = wanted[position], let operation = nodes[position].operation, operation.arity <= 2
    else { return }
    let right = position - 1
    let left = operation.arity == 2 ? right - Int(nodes[right].length) : right
    for argument in operation.arity == 2 ? [left, right] : [right] {
      let other = own[argument == left ? right : left]
      var values = Vector(repeating: 0, count: sample.stride)
      var importance = values
      var missing = 0
      for row in 0..<sample.rowCount {
        let inverted = Inversion.argument(
          operation, wanted: target[row], own: own[argument][row], other: other[row], isLeft: argument == left
        )
        if let inverted, weights[position][row] > 0 {
          values[row] = inverted.value
          importance[row] = weights[position][row] * inverted.slope * inverted.slope
        } else {
          missing += 1
        }
      }
      guard missing * 5 < sample.rowCount else { continue }
      wanted[argument] = values
      weights[argument] = WantedValues.capped(importance)
    }
  }

  /// A few rows must not decide alone: no weight exceeds ten times the median.
  private static func capped(_ weights: Vector) -> Vector {
    let positive = weights.filter { $0 > 0 && $0.isFinite }.sorted()
    guard !positive.isEmpty else { return weights }
    let median = positive[positive.count / 2]
    return weights.map { $0.isFinite ? min($0 / median, 10) : 0 }
  }
}
