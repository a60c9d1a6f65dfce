import Evaluation
import Expressions
import Randomness
import Tables

/// A few hundred rows of a data set, on which sweeps compare expressions by their values.
///
/// Vectors over the rows have ``stride`` values, a multiple of 8; those beyond ``rowCount`` are zero, as are
/// their weights, so sums may run over all of them.
package final class SweepSample {
  /// Most rows of a sample: enough to tell laws from what only resembles them, few enough that thousands of
  /// expressions' values stay in cache.
  package static let mostRows = 256

  /// Most features of a sample: of more, those that the target depends on most, one at a time.
  package static let mostFeatures = 16

  /// The features of the data that the sample has, ascending: feature `i` of ``data`` is feature
  /// `selected[i]` of the data it was drawn from.
  package let selected: [Int]
  /// The sampled rows and features.
  package let data: EvaluationData
  /// Number of rows.
  package let rowCount: Int
  /// Length of a vector over the rows.
  package let stride: Int
  /// 1 on every row: what a constant is a multiple of.
  let ones: Vector
  /// The target.
  package let target: Vector
  /// The rows' weights; ones where the data have none.
  package let weights: Vector
  /// The features.
  package let features: [Vector]
  /// Weighted squares of the target about its mean; 1 for a constant one.
  package let targetSquares: Double

  /// Rows drawn from `data` without repetition by a stream of the seed; all of them where they are few.
  package init(_ data: EvaluationData, seed: UInt64) {
    var drawn = data
    if data.rowCount > SweepSample.mostRows {
      var random = RandomStream(seed: seed, 7)
      drawn = data.gathering(random.sample(SweepSample.mostRows, of: data.rowCount))
    }
    if data.featureCount > SweepSample.mostFeatures {
      selected = Relevance.mostRelevant(SweepSample.mostFeatures, of: drawn)
      drawn = drawn.selecting(features: selected)
    } else {
      selected = Array(0..<data.featureCount)
    }
    self.data = drawn
    rowCount = self.data.rowCount
    stride = (rowCount + 7) / 8 * 8
    let sampled = self.data
    func vector(_ value: (Int) -> Double) -> Vector {
      var vector = Vector(repeating: 0, count: (sampled.rowCount + 7) / 8 * 8)
      for row in 0..<sampled.rowCount { vector[row] = value(row) }
      return vector
    }
    ones = vector { _ in 1 }
    target = vector { sampled.target(row: $0) }
    weights = vector { sampled.weight(row: $0) }
    let sum = LeastSquares.product(weights, target)
    let mean = sum / weights.reduce(0, +)
    var squares = 0.0
    for row in 0..<rowCount { squares += weights[row] * (target[row] - mean) * (target[row] - mean) }
    targetSquares = squares > 0 && squares.isFinite ? squares : 1
    features = (0..<drawn.featureCount).map { index in vector { sampled.feature(index, row: $0) } }
  }

  /// An expression over the sample's features as one over those of the data it was drawn from.
  package func restored(_ nodes: [Node]) -> [Node] {
    nodes.map { $0.isFeature ? .feature(selected[Int($0.feature)]) : $0 }
  }

  /// The reverse; nil for an expression with a feature that the sample does not have.
  package func reduced(_ nodes: [Node]) -> [Node]? {
    var changed = nodes
    for index in nodes.indices where nodes[index].isFeature {
      guard let place = selected.firstIndex(of: Int(nodes[index].feature)) else { return nil }
      changed[index] = .feature(place)
    }
    return changed
  }

  /// The same rows with each feature multiplied by its unit, where it has one.
  func unscaled(_ units: [Double?]) -> SweepSample {
    func column(_ vector: Vector, _ factor: Double) -> Column {
      Column(vector.prefix(rowCount).map { $0 * factor })
    }
    let columns = features.enumerated().map { index, values in
      column(values, index < units.count ? units[index] ?? 1 : 1)
    }
    return SweepSample(
      EvaluationData(
        features: columns, target: column(target, 1), weights: column(weights, 1), precision: .double),
      seed: 0)
  }
}

/// Values over the rows of a ``SweepSample``.
package typealias Vector = [Double]
