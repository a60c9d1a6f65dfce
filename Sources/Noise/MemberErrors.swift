import Evaluation
import Expressions
import Foundation

/// A formula on the rows of a noise model: its residuals, and what the sizes of its errors are made of.
///
/// Lengths are in units of the target's scale.
struct MemberErrors {
  /// Predictions minus target.
  let residuals: [Double]
  /// Predictions.
  let values: [Double]
  /// Variance of floating point rounding, of the target, the columns and the evaluation.
  let machine: [Double]
  /// Variance that the rounding of the columns' printed digits carries to the target.
  let columnRounding: [Double]?
  /// Σ (x ∂f/∂x)² and Σ (sd(x) ∂f/∂x)² over the columns; nil where no derivative says anything.
  let proportionalColumns: [Double]?
  let constantColumns: [Double]?

  /// Nil where the formula is not finite on a row.
  init?(_ formula: Formula, on rows: NoiseRows, with evaluator: Evaluator) {
    let unit = 1 / rows.frame.scale
    let used = formula.featureIndices
    let (values, gradients) = evaluator.gradients(of: formula, on: rows.data, by: used)
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.values = values.map { $0 * unit }
    residuals = values.indices.map { (values[$0] - rows.data.target(row: $0)) * unit }
    func sum(_ deviation: (Int, Int) -> Double) -> [Double] {
      var total = [Double](repeating: 0, count: values.count)
      for (feature, slopes) in zip(used, gradients) {
        for row in total.indices {
          let slope = slopes[row]
          guard slope.isFinite else { continue }
          let moved = slope * deviation(feature, row) * unit
          total[row] += moved * moved
        }
      }
      return total
    }
    // An evaluation's own rounding is some units in the last place of the result.
    let ofColumns = sum { rows.data.feature($0, row: $1).ulp / 2 }
    machine = values.indices.map { row in
      let last = 2 * max(values[row].ulp, rows.data.target(row: row).ulp) * unit
      return ofColumns[row] + last * last + .leastNormalMagnitude
    }
    columnRounding = MemberErrors.rounding(formula, values, on: rows, with: evaluator)
    proportionalColumns = MemberErrors.floored(sum { rows.data.feature($0, row: $1) })
    constantColumns = MemberErrors.floored(sum { feature, _ in rows.frame.deviations[feature] })
  }

  /// Squared residuals over the target's squares about its mean: more than one and the mean does better.
  func unexplained(on rows: NoiseRows) -> Double {
    let unit = rows.data.scale / rows.frame.scale
    let total = max(rows.data.targetVariance * unit * unit * rows.data.weightSum, .leastNormalMagnitude)
    return residuals.indices.reduce(0) {
      $0 + rows.data.weight(row: $1) * residuals[$1] * residuals[$1]
    } / total
  }

  /// What the rounding of the columns' printed digits carries to the target: for each column the larger of the
  /// two differences to the ends of what was rounded to its value, d, which leaves errors of variance d²/3. A
  /// derivative would not do for numbers of the size of their rounding.
  private static func rounding(
    _ formula: Formula, _ values: [Double], on rows: NoiseRows, with evaluator: Evaluator
  ) -> [Double]? {
    let rounded = formula.featureIndices.compactMap { rows.ends(of: $0) }
    guard !rounded.isEmpty else { return nil }
    var total = [Double](repeating: 0, count: values.count)
    for ends in rounded {
      let below = evaluator.values(of: formula, on: ends.below)
      let above = evaluator.values(of: formula, on: ends.above)
      for row in total.indices {
        let moves = [below[row] - values[row], above[row] - values[row]].filter(\.isFinite).map(abs)
        let largest = (moves.max() ?? 0) / rows.frame.scale
        total[row] += largest * largest / 3
      }
    }
    return total
  }

  /// Variances that are nowhere zero: where a derivative vanishes higher orders do not.
  private static func floored(_ variances: [Double]) -> [Double]? {
    let middle = variances.sorted()[variances.count / 2]
    guard middle > 0, middle.isFinite else { return nil }
    return variances.map { $0 + 0.01 * middle }
  }

  /// The variance of each row up to a common factor, and what is added to it whatever the factor.
  func variances(
    _ model: NoiseModel, on rows: NoiseRows
  ) -> (spread: [Double], floor: [Double])? {
    var floor = machine
    if model.rounding != .machine, let rounding = rows.targetRounding {
      for row in floor.indices { floor[row] += rounding[row] }
    }
    if model.rounding == .columns {
      guard let columnRounding else { return nil }
      for row in floor.indices { floor[row] += columnRounding[row] }
    }
    if model.tails == .student || model.spread != .constant {
      let resolution = rows.frame.resolution * rows.frame.resolution / 12
      for row in floor.indices { floor[row] += resolution }
    }
    guard var spread = spread(model.spread, rows) else { return nil }
    if model.spread == .known {
      let unit = 1 / rows.frame.scale
      spread = spread.indices.map { unit * unit / rows.data.weight(row: $0) }
    } else if rows.data.hasWeights {
      for row in spread.indices { spread[row] /= max(rows.data.weight(row: row), 1e-300) }
    }
    return (spread, floor)
  }

  private func spread(_ spread: NoiseModel.Spread, _ rows: NoiseRows) -> [Double]? {
    switch spread {
    case .constant, .known: [Double](repeating: 1, count: values.count)
    case .proportional: values.map { $0 * $0 + rows.frame.smallTarget * rows.frame.smallTarget }
    case .counts: values.map { abs($0) + rows.frame.smallTarget }
    case .proportionalColumns: proportionalColumns
    case .constantColumns: constantColumns
    }
  }
}
