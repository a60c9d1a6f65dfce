import Evaluation
import Foundation
import Synchronization
import Tables

/// The rows on which noise models are judged: all of a data set, or some thousands spread over it, with what
/// their numbers were rounded to.
///
/// Lengths are in units of ``scale``, variances in its square.
package final class NoiseRows: Sendable {
  /// The rows, with the user's weights.
  package let data: EvaluationData
  /// What is the same for all rows of a data set.
  package let frame: NoiseFrame
  /// Variances of what rounding the target to its printed digits has left; nil where they are no more than
  /// floating point's.
  let targetRounding: [Double]?
  private let dataset: Dataset
  /// What ``ends(of:)`` has found: formulas use few columns of many.
  private let known = Mutex<[Int: Ends?]>([:])
  /// Whether any column was rounded.
  private let hasRoundedColumns: Bool

  /// The rows with one column at either end of what was rounded to its values.
  struct Ends: Sendable {
    let below: EvaluationData
    let above: EvaluationData
  }

  /// Rows spread over a data set, all of them where they are few.
  ///
  /// - Parameters:
  ///   - most: how many at most.
  ///   - frame: of other rows of the data set, for lengths in the same unit; nil for these rows' own.
  package convenience init(_ dataset: Dataset, most: Int, frame: NoiseFrame? = nil) {
    let stride = max(1, (dataset.rowCount + most - 1) / most)
    let rows = Array(Swift.stride(from: 0, to: dataset.rowCount, by: stride))
    let chosen = stride == 1 ? dataset : dataset.rows(rows)
    self.init(chosen, frame: frame ?? NoiseFrame(chosen))
  }

  /// All rows of a data set, in the frame of another.
  init(_ dataset: Dataset, frame: NoiseFrame) {
    self.frame = frame
    self.dataset = dataset
    data = EvaluationData(dataset, precision: .double)
    targetRounding = NoiseRows.variances(dataset.target, dataset.targetPrecision, unit: 1 / frame.scale)
    hasRoundedColumns = zip(dataset.features, dataset.featurePrecisions).contains {
      NoiseRows.isRounded($0, $1)
    }
  }

  /// The rows with a column at either end of what was rounded to its values; nil for one of full precision.
  func ends(of feature: Int) -> Ends? {
    known.withLock { known in
      if let found = known[feature] { return found }
      let found = makeEnds(of: feature)
      known[feature] = .some(found)
      return found
    }
  }

  private func makeEnds(of feature: Int) -> Ends? {
    let (column, precision) = (dataset.features[feature], dataset.featurePrecisions[feature])
    guard NoiseRows.isRounded(column, precision) else { return nil }
    func moved(by steps: Double) -> EvaluationData {
      var features = dataset.features
      features[feature] = Column(count: column.count) { values in
        for row in values.indices { values[row] = column[row] + steps * precision.step(at: column[row]) }
      }
      return EvaluationData(features: features, target: dataset.target, weights: nil, precision: .double)
    }
    return Ends(below: moved(by: -0.5), above: moved(by: 0.5))
  }

  private static func isRounded(_ column: Column, _ precision: ColumnPrecision) -> Bool {
    !precision.isGrid && column.buffer.contains { NoiseRows.isCoarse(precision.step(at: $0), at: $0) }
  }

  /// Whether a step is more than floating point numbers have there.
  private static func isCoarse(_ step: Double, at value: Double) -> Bool { step > 4 * value.ulp }

  /// A step δ of printed numbers leaves errors that are uniform over it, of variance δ²/12.
  private static func variances(
    _ column: Column, _ precision: ColumnPrecision, unit: Double
  ) -> [Double]? {
    var isCoarse = false
    let variances = column.buffer.map { value in
      let step = precision.step(at: value)
      isCoarse = isCoarse || NoiseRows.isCoarse(step, at: value)
      return step * unit * step * unit / 12
    }
    return isCoarse ? variances : nil
  }

  /// The roundings that can be told apart.
  var roundings: [NoiseModel.Rounding] {
    [.machine] + (targetRounding != nil ? [.target] : []) + (hasRoundedColumns ? [.columns] : [])
  }

  /// For each row 1 or -1 where the target is at its upper or lower limit, else 0.
  var sides: [Int8] {
    (0..<data.rowCount).map { row in
      let value = data.target(row: row)
      return value == frame.limits.upper ? 1 : value == frame.limits.lower ? -1 : 0
    }
  }
}

/// What is the same for all rows of a data set when errors are measured.
package struct NoiseFrame: Sendable {
  /// The unit of lengths, near the target's spread.
  package let scale: Double
  /// Whether the weights are 1/σ² of known standard errors σ.
  package let errorsAreKnown: Bool
  /// Values beyond which the target was cut off, if it looks so.
  package let limits: CutOff
  /// A size of targets that only few fall below, in units of ``scale``: below it errors in proportion to the
  /// prediction shrink no further.
  let smallTarget: Double
  /// Distance between neighbouring values of a target that repeats them, in units of ``scale``; 0 for one that
  /// hardly does. A member that has the most frequent value exactly is not infinitely likely for it.
  let resolution: Double
  /// Whether the target may be counts.
  let isNonnegative: Bool
  /// Standard deviations of the columns.
  let deviations: [Double]

  init(_ dataset: Dataset) {
    let unit = EvaluationData(dataset, precision: .double).scale
    scale = unit
    errorsAreKnown = dataset.errorsAreKnown
    let sizes = dataset.target.buffer.map { abs($0 / unit) }.sorted()
    smallTarget = max(sizes[sizes.count / 20], 1e-12 * max(sizes.last ?? 1, 1e-300)) / 3
    resolution = NoiseFrame.resolution(dataset.target) / unit
    isNonnegative = dataset.target.buffer.allSatisfy { $0 >= 0 }
    limits = CutOff(dataset.target, precision: dataset.targetPrecision)
    deviations = dataset.features.map { column in
      let mean = column.buffer.reduce(0) { $0 + $1 / Double(column.count) }
      return column.buffer.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(column.count) }.squareRoot()
    }
  }

  private static func resolution(_ target: Column) -> Double {
    let values = Set(target.buffer).sorted()
    guard values.count > 1, 2 * values.count < target.count else { return 0 }
    let gaps = zip(values, values.dropFirst()).map { $1 - $0 }.sorted()
    return gaps[gaps.count / 2]
  }
}
