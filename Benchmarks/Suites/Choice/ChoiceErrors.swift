import Expressions
import Foundation
import Randomness

/// The errors of one kind on the rows of one law: draws them, and knows how large and how likely they are.
package struct ChoiceErrors: Sendable {
  let noise: ChoiceNoise
  let truth: Formula
  /// Root mean square of the exact targets.
  package let scale: Double
  /// Where a saturated target ends: the 85th percentile of the exact ones.
  package let ceiling: Double
  /// How columns are written, and at last the target.
  let formats: [WrittenNumber]

  /// Sizes of the errors, as the table of kinds has them.
  static let additive = 0.05
  static let heavyTails = 0.03
  static let columns = 0.03
  static let lognormal = 0.1
  static let outliers = (core: 0.02, share: 0.05, least: 10.0, largest: 50.0)

  /// Errors of a kind on rows of a law.
  init(_ noise: ChoiceNoise, truth: Formula, rows: [[Double]], targets: [Double]) {
    self.noise = noise
    self.truth = truth
    scale = max(GroundTruthData.rootMeanSquare(targets), 1e-300)
    let sorted = targets.sorted()
    ceiling = sorted[min(sorted.count - 1, Int(0.85 * Double(sorted.count)))]
    let width = rows[0].count
    let columns = (0..<width).map { index in rows.map { $0[index] } } + [targets]
    formats = columns.enumerated().map { index, values in
      if index == width, noise.scalesTarget { return .decimals(0) }
      if noise == .float32 { return .float32 }
      if let digits = noise.digits { return .significant(digits) }
      return WrittenNumber.decimals(forMedian: ChoiceErrors.median(values.map(abs)))
    }
  }

  /// Relative size of normal errors in proportion to the target; nil for other kinds.
  private var proportion: Double? {
    switch noise {
    case .proportional: 0.1
    case .proportional1: 0.01
    default: nil
    }
  }

  /// The cells of a row whose true columns and target are given.
  func written(_ row: [Double], _ value: Double, _ stream: inout RandomStream) -> [String] {
    let columns = noise == .columns ? row.map { $0 * (1 + ChoiceErrors.columns * stream.normal()) } : row
    return zip(columns + [measured(value, &stream)], formats).map { $1.text($0) }
  }

  /// A target with an error.
  func measured(_ value: Double, _ stream: inout RandomStream) -> Double {
    if let proportion { return value + proportion * abs(value) * stream.normal() }
    switch noise {
    case .additive: return value + ChoiceErrors.additive * scale * stream.normal()
    case .heavyTails:
      // Student with two degrees: normal over the root of an exponential variable of mean 1.
      let deviate = stream.normal() / max(-log(1 - stream.uniform()), 1e-300).squareRoot()
      return value + ChoiceErrors.heavyTails * scale * deviate
    case .counts: return Double(stream.poisson(value))
    case .outliers: return value + ChoiceErrors.outliers.core * scale * outlying(&stream)
    case .saturated: return min(value, ceiling)
    case .lognormal: return value * exp(ChoiceErrors.lognormal * stream.normal())
    default: return value
    }
  }

  private func outlying(_ stream: inout RandomStream) -> Double {
    let kind = ChoiceErrors.outliers
    let (core, isOutlier) = (stream.normal(), stream.chance(kind.share))
    let (size, sign) = (stream.uniform(kind.least, kind.largest), stream.chance(0.5) ? 1.0 : -1)
    return isOutlier ? sign * size : core
  }

  /// Standard deviation of what is written about the law at a row: errors of the target, its rounding, and
  /// what errors and rounding of the columns make of the law. Of Student's errors the scale, of outliers the
  /// core.
  package func deviation(_ row: [Double], _ value: Double) -> Double {
    var variance = pow(targetDeviation(value), 2) + pow(formats[row.count].deviation(value), 2)
    for index in row.indices {
      let column = row[index]
      let error =
        (noise == .columns ? ChoiceErrors.columns * abs(column) : 0) + formats[index].deviation(column)
      guard error > 0 else { continue }
      var (above, below) = (row, row)
      let step = 1e-5 * max(abs(column), error)
      above[index] += step
      below[index] -= step
      let slope =
        (PlainValue.of(truth, features: above) - PlainValue.of(truth, features: below)) / (2 * step)
      if slope.isFinite { variance += pow(slope * error, 2) }
    }
    // What arithmetic itself loses.
    return max(variance.squareRoot(), 4 * value.ulp, 1e-300)
  }

  private func targetDeviation(_ value: Double) -> Double {
    if let proportion { return proportion * abs(value) }
    return switch noise {
    case .additive: ChoiceErrors.additive * scale
    case .heavyTails: ChoiceErrors.heavyTails * scale
    case .outliers: ChoiceErrors.outliers.core * scale
    case .counts: max(value, 0.25).squareRoot()
    case .lognormal: ChoiceErrors.lognormal * abs(value)
    default: 0
    }
  }

  /// What an error adds to minus twice the logarithm of the likelihood, as a root with its sign: the residual
  /// whose squares a fit of greatest likelihood sums up.
  ///
  /// - Parameters:
  ///   - value: the fitted target.
  ///   - target: the written one.
  ///   - deviation: ``deviation(_:_:)`` at the row.
  func likelihoodResidual(_ value: Double, _ target: Double, _ deviation: Double) -> Double {
    let plain = (target - value) / deviation
    switch noise {
    case .heavyTails:
      return (plain < 0 ? -1 : 1) * (3 * log1p(plain * plain / 2)).squareRoot()
    case .outliers:
      let kind = ChoiceErrors.outliers
      let flat = kind.share / (1 - kind.share) * 2.506628 / (2 * kind.largest)
      let likelihood = (exp(-plain * plain / 2) + flat) / (1 + flat)
      return (plain < 0 ? -1 : 1) * max(0, -2 * log(likelihood)).squareRoot()
    case .saturated where target >= ceiling * (1 - 1e-5):
      return max(0, plain)
    case .counts:
      guard value > 0 else { return 1e3 * (1 - value) }
      let share = target > 0 ? target * log(target / value) : 0
      return (target < value ? -1 : 1) * max(0, 2 * (share - (target - value))).squareRoot()
    case .lognormal where target / value > 0:
      return log(target / value) / ChoiceErrors.lognormal
    default: return plain
    }
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
