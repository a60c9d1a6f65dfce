import Evaluation
import Foundation
import Randomness

/// The rows on which the periods of one column are looked for, in vectors padded to a multiple of 8 with rows
/// of no weight.
struct HarmonicRows {
  /// The column.
  let feature: Int
  /// The column that gives the amplitude; nil where it is a constant.
  let amplitude: Int?
  /// How the column was sampled.
  let sampling: ColumnSampling
  /// Rows, without padding.
  let count: Int
  /// The column less its least value.
  let times: Vector
  /// The values of the ``amplitude``, or ones.
  private(set) var factors: Vector
  /// The target.
  let target: Vector
  /// Weights, of sum 1.
  let weights: Vector
  /// 1 on every row.
  let ones: Vector

  /// - Parameters:
  ///   - rows: the rows of `data` to look at.
  init?(_ data: EvaluationData, feature: Int, amplitude: Int?, sampling: ColumnSampling, rows: [Int]) {
    self.feature = feature
    self.amplitude = amplitude
    self.sampling = sampling
    count = rows.count
    let padded = (rows.count + 7) / 8 * 8
    func vector(_ value: (Int) -> Double) -> Vector {
      var vector = Vector(repeating: 0, count: padded)
      for (place, row) in rows.enumerated() { vector[place] = value(row) }
      return vector
    }
    times = vector { data.feature(feature, row: $0) - sampling.first }
    factors = vector { row in amplitude.map { data.feature($0, row: row) } ?? 1 }
    // In the unit of its spread, so that squares neither overflow nor vanish.
    target = vector { (data.target(row: $0) - data.targetMean) / data.scale }
    let raw = vector { data.weight(row: $0) }
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
    ones = Vector(repeating: 1, count: padded)
    guard sum > 0, sum.isFinite, target.allSatisfy({ abs($0) < 1e100 }),
      factors.allSatisfy({ abs($0) < 1e100 })
    else { return nil }
  }

  /// The same rows with amplitudes that fall as exp(-decay·t).
  func damped(by decay: Double) -> HarmonicRows {
    var rows = self
    rows.factors = zip(factors, times).map { $0 * Foundation.exp(-decay * $1) }
    return rows
  }

  /// The weighted mean of a vector over the rows.
  func mean(of values: Vector) -> Double { LeastSquares.product(values, ones, weights) }
}
