import Evaluation
import Expressions

/// Whether what a formula leaves unexplained can be told from noise: residuals of rows that are neighbours
/// would resemble each other if a function of the columns were left in them.
///
/// Half the mean squared difference of neighbours' residuals is the noise's variance, whatever the smooth
/// function behind it (the delta test: Pi and Peterson 1994; the Gamma test: Stefánsson, Končar and Jones
/// 1997; in one dimension von Neumann's ratio, 1941). Columns are compared by rank, so that neither scale nor
/// skew matters.
final class NeighbourTest {
  private static let mostRows = 1_000
  /// Neighbours of each row.
  private static let neighbours = 3

  private let sample: EvaluationData
  private let nearest: [Int]

  /// A test on rows of `data`: all of them, or a thousand spread over it.
  init(_ data: EvaluationData) {
    let stride = max(1, (data.rowCount + NeighbourTest.mostRows - 1) / NeighbourTest.mostRows)
    sample = data.gathering(Array(Swift.stride(from: 0, to: data.rowCount, by: stride)))
    nearest = NeighbourTest.nearest(NeighbourTest.ranks(sample), rows: sample.rowCount)
  }

  /// Whether the residuals pass for noise at two standard deviations; never where rows are too few or too far
  /// apart for the test to see anything.
  func looksLikeNoise(_ formula: Formula, with evaluator: Evaluator) -> Bool {
    let rows = sample.rowCount
    guard rows >= 12 * (sample.featureCount + 1) else { return false }
    let predicted = evaluator.values(of: formula, on: sample)
    // Each in units of its own error.
    let residuals = predicted.indices.map {
      (predicted[$0] - sample.target(row: $0)) / sample.scale * sample.weight(row: $0).squareRoot()
    }
    guard let left = ratio(residuals) else { return false }
    // Where neighbours' predictions differ as much as any, neighbours' residuals tell nothing.
    if !formula.featureIndices.isEmpty, ratio(predicted.map { $0 / sample.scale }) ?? 1 > 0.5 { return false }
    return left >= 1 - 2.4 / Double(rows).squareRoot()
  }

  /// Half the mean squared difference of neighbours over the variance: 1 for noise, 0 for a smooth function.
  private func ratio(_ values: [Double]) -> Double? {
    let rows = Double(values.count)
    let mean = values.reduce(0, +) / rows
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / rows
    guard variance > 0, variance.isFinite else { return nil }
    var sum = 0.0
    for (index, neighbour) in nearest.enumerated() {
      let difference = values[index / NeighbourTest.neighbours] - values[neighbour]
      sum += difference * difference
    }
    return sum / Double(2 * nearest.count) / variance
  }

  /// Each column's ranks, row after row.
  private static func ranks(_ data: EvaluationData) -> [Double] {
    var ranks = [Double](repeating: 0, count: data.rowCount * data.featureCount)
    for feature in 0..<data.featureCount {
      let values = (0..<data.rowCount).map { data.feature(feature, row: $0) }
      let order = values.indices.sorted { values[$0] < values[$1] }
      var rank = 0
      for (position, row) in order.enumerated() {
        if position > 0, values[row] != values[order[position - 1]] { rank = position }
        ranks[row * data.featureCount + feature] = Double(rank)
      }
    }
    return ranks
  }

  private static func nearest(_ ranks: [Double], rows: Int) -> [Int] {
    let columns = rows > 0 ? ranks.count / rows : 0
    guard rows > neighbours else { return [] }
    var result: [Int] = []
    var distances = [Double](repeating: 0, count: rows)
    for row in 0..<rows {
      for other in 0..<rows {
        var sum = 0.0
        for column in 0..<columns {
          let difference = ranks[row * columns + column] - ranks[other * columns + column]
          sum += difference * difference
        }
        distances[other] = sum
      }
      distances[row] = .infinity
      for _ in 0..<neighbours {
        let closest = distances.indices.min { distances[$0] < distances[$1] } ?? row
        distances[closest] = .infinity
        result.append(closest)
      }
    }
    return result
  }
}
