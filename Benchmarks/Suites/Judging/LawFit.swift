import Foundation

/// Fits a law to values on rows, and measures how well it explains a data set.
struct LawFit: Sendable {
  let law: Law
  let deviationScale: Double

  /// Sizes of changes of the law's constants: their own, or 1 for those near zero.
  var scales: [Double] { law.constants.map { $0.value == 0 ? 1 : abs($0.value) } }

  /// The law's values on `rows`.
  func values(_ rows: [[Double]], _ constants: [Double]) -> [Double] {
    rows.map { law.value($0, constants) }
  }

  /// (law - values) / (scale + |values|), the measure of deviation.
  func deviations(_ rows: [[Double]], from values: [Double], _ constants: [Double]) -> [Double] {
    zip(rows, values).map { row, value in
      (law.value(row, constants) - value) / max(deviationScale + abs(value), 1e-300)
    }
  }

  /// The constants at which the law comes closest to `values`, from the best of several starts.
  func closest(to values: [Double], on rows: [[Double]], starts: [[Double]]) -> [Double] {
    let ends = starts.compactMap { start in
      LevenbergMarquardt.minimise(from: start, scales: scales) { deviations(rows, from: values, $0) }
    }
    return ends.min { $0.sumOfSquares < $1.sumOfSquares }?.parameters ?? starts[0]
  }

  /// How rows of a data set are weighted in a root mean square.
  enum Weighting: CaseIterable { case equal, relative }

  /// The constants that explain the data best under a weighting.
  func best(for targets: [Double], on rows: [[Double]], _ weighting: Weighting) -> [Double] {
    let start = law.constants.map(\.value)
    let solution = LevenbergMarquardt.minimise(from: start, scales: scales) { constants in
      LawFit.residuals(values(rows, constants), targets, weighting)
    }
    return solution?.parameters ?? start
  }

  /// Root mean square of the residuals, over the rows where both are finite.
  static func rootMeanSquare(_ values: [Double], _ targets: [Double], _ weighting: Weighting) -> Double {
    let known = residuals(values, targets, weighting).filter(\.isFinite)
    return known.isEmpty ? .infinity : (known.reduce(0) { $0 + $1 * $1 } / Double(known.count)).squareRoot()
  }

  private static func residuals(_ values: [Double], _ targets: [Double], _ weighting: Weighting) -> [Double] {
    zip(values, targets).map { value, target in
      weighting == .equal ? value - target : (value - target) / max(abs(target), 1e-300)
    }
  }
}
