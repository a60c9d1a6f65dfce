import Randomness

/// Rows on which candidates are compared with a law, and the law's values there.
struct JudgedRows: Sendable {
  /// The features of each row.
  let rows: [[Double]]
  /// The law's values, all finite.
  let values: [Double]

  /// Rows with the law's values.
  init(rows: [[Double]], values: [Double]) {
    self.rows = rows
    self.values = values
  }

  /// Rows uniform on `ranges` where the law of `problem` is finite; fewer where it seldom is.
  init(_ problem: GroundTruthProblem, in ranges: [ClosedRange<Double>], count: Int, part: UInt64) {
    var stream = RandomStream(seed: 20_200_415, GroundTruthData.hash(problem.key), part)
    var rows: [[Double]] = []
    var misses = 0
    while rows.count < count, misses < 10 * count {
      let row = ranges.map { stream.uniform($0.lowerBound, $0.upperBound) }
      if PlainValue.of(problem.law, features: row).isFinite { rows.append(row) } else { misses += 1 }
    }
    self.init(rows: rows, values: rows.map { PlainValue.of(problem.law, features: $0) })
  }

  /// The ranges that the features of `data` span.
  static func ranges(of data: GroundTruthData) -> [ClosedRange<Double>] {
    if case .uniform(let ranges) = data.problem.source { return ranges }
    return data.problem.features.indices.map { index in
      let column = data.rows.map { $0[index] }
      return (column.min() ?? 0)...(column.max() ?? 0)
    }
  }

  /// A range made wider by a factor of two at both ends, or at one where it begins at zero, its signs kept.
  static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let (low, high) = (range.lowerBound, range.upperBound)
    return (low > 0 ? low / 2 : low * 2)...(high < 0 ? high / 2 : high * 2)
  }
}
