import Evaluation
import Expressions
import Foundation
import Randomness

/// Tries the target as a sum of up to three sinusoids of one column, damped or not, beside a constant and
/// perhaps a line, with an amplitude that is a constant or another column.
///
/// Fits of constants never find a frequency by themselves: the loss has a minimum at each cycle more or less
/// over the data. A ``Periodogram`` looks at all frequencies that the sampling shows; the highest peak is
/// taken, refined and taken off, as long as so high a peak is unlikely under noise alone.
package struct HarmonicSweep {
  private let data: EvaluationData
  private let operators: OperatorSet
  private let writer: HarmonicWriter
  private let samplings: [ColumnSampling?]
  private let rows: [Int]
  /// Some of them, for amplitudes.
  private let fewer: [Int]
  private let tasks: [(feature: Int, amplitude: Int?)]

  /// Fewest rows, and fewest different values of a column, in which a period can be told.
  private static let fewestRows = 6
  /// Most rows that are looked at, of few columns and of many.
  private static let mostRows = (few: 1024, many: 400, amplitudes: 300)
  /// Up to how many columns are few; only then amplitudes are taken from columns.
  private static let fewColumns = 4
  private static let mostTerms = 3
  /// Most multiply-adds of one periodogram, in units of ten, about.
  private static let mostWork = 12_000_000
  /// The negative logarithm of the chance that noise alone gives as high a peak: a false alarm.
  private static let alarm = 9.0
  /// Rates of damping that are tried, in units of the inverse range of the column.
  private static let decays = [0.5, 1, 2, 4, 8, 16, -0.5, -1, -2, -4]

  /// A sweep over the given columns of `data`.
  ///
  /// - Parameters:
  ///   - features: columns whose periods are looked for; the data's own numbers.
  ///   - samplings: how each column of the data was sampled.
  package init(
    _ data: EvaluationData, features: [Int], samplings: [ColumnSampling?], operators: OperatorSet,
    seed: UInt64
  ) {
    self.data = data
    self.operators = operators
    self.samplings = samplings
    writer = HarmonicWriter(operators, scale: data.scale)
    let isFew = features.count <= HarmonicSweep.fewColumns
    let most = isFew ? HarmonicSweep.mostRows.few : HarmonicSweep.mostRows.many
    func drawn(_ most: Int) -> [Int] {
      guard data.rowCount > most else { return Array(0..<data.rowCount) }
      // At random, for every so many rows would not show what they skip.
      var random = RandomStream(seed: seed, 9)
      return random.sample(most, of: data.rowCount).sorted()
    }
    rows = drawn(most)
    fewer = drawn(HarmonicSweep.mostRows.amplitudes)
    let hasRows = data.rowCount >= HarmonicSweep.fewestRows && data.targetVariance > 0
    guard hasRows, writer.canWrite else {
      tasks = []
      return
    }
    let periodic = features.filter { samplings[$0]?.distinct ?? 0 >= HarmonicSweep.fewestRows }
    tasks = periodic.flatMap { feature -> [(feature: Int, amplitude: Int?)] in
      let amplitudes = isFew ? features.filter { $0 != feature } : []
      return [(feature, nil)] + amplitudes.map { (feature, $0) }
    }
  }

  /// Number of tasks that may run at the same time: one for each column and amplitude.
  package var taskCount: Int { tasks.count }

  /// Expressions in the data's own features; their constants are to be fitted.
  package func candidates(_ task: Int) -> [[Node]] {
    let (feature, amplitude) = tasks[task]
    guard let sampling = samplings[feature] else { return [] }
    // A peak under a varying amplitude is as wide, so fewer rows show it, too.
    let chosen = amplitude == nil ? rows : fewer
    guard
      let rows = HarmonicRows(
        data, feature: feature, amplitude: amplitude, sampling: sampling, rows: chosen)
    else { return [] }
    var found = candidates(rows, hasTrend: false)
    // A line that explains little changes no peak.
    let (constant, line) = (HarmonicModel(hasTrend: false), HarmonicModel(hasTrend: true))
    if amplitude == nil, significance(constant.fit(rows).left, line.fit(rows).left, 2, rows) > 4 {
      found += candidates(rows, hasTrend: true)
    }
    return found
  }

  private func candidates(_ rows: HarmonicRows, hasTrend: Bool) -> [[Node]] {
    var found: [[Node]] = []
    var model = HarmonicModel(hasTrend: hasTrend)
    var fit = model.fit(rows)
    while model.terms.count < HarmonicSweep.mostTerms, let next = extended(model, fit, rows) {
      let steady = significance(fit.left, next.fit.left, next.model.freedom, rows)
      if steady > next.alarm { found += writer.write(next.model, next.fit, rows) }
      // A peak that damping has made broad and low may be significant only with it.
      if let damped = damped(next.model, next.fit, rows),
        significance(fit.left, damped.fit.left, damped.model.freedom, rows) > next.alarm + 2
      {
        found += writer.write(damped.model, damped.fit, rows)
        (model, fit) = damped
      } else if steady > next.alarm {
        (model, fit) = (next.model, next.fit)
      } else {
        break
      }
    }
    return found
  }

  /// The model with the sinusoid that explains most of what it leaves, if that may be significant, and how
  /// much it takes.
  private func extended(
    _ model: HarmonicModel, _ fit: HarmonicModel.Fit, _ rows: HarmonicRows
  ) -> (model: HarmonicModel, fit: HarmonicModel.Fit, alarm: Double)? {
    guard model.freedom + 4 < min(rows.count, rows.sampling.distinct), fit.left > 1e-25 else { return nil }
    let most = HarmonicSweep.mostWork / max(1, rows.count)
    let spectrum = Periodogram(fit.residual, rows, most: most)
    guard let peak = spectrum.shares.indices.max(by: { spectrum.shares[$0] < spectrum.shares[$1] }),
      significance(1, 1 - min(1, spectrum.shares[peak]), model.freedom + 3, rows)
        > Foundation.log(spectrum.independent) + 0.5 * HarmonicSweep.alarm
    else { return nil }
    var next = model
    next.terms.append(.init(frequency: spectrum.frequency(peak)))
    next.refine(rows, width: 1.5 * spectrum.spacing, rounds: 2)
    return (next, next.fit(rows), Foundation.log(spectrum.independent) + HarmonicSweep.alarm)
  }

  /// The model with its last sinusoid damped, if that is significant.
  private func damped(
    _ model: HarmonicModel, _ fit: HarmonicModel.Fit, _ rows: HarmonicRows
  ) -> (model: HarmonicModel, fit: HarmonicModel.Fit)? {
    guard writer.canDamp, model.freedom + 3 < min(rows.count, rows.sampling.distinct), fit.left > 1e-25
    else { return nil }
    var best = (model: model, left: fit.left)
    for decay in HarmonicSweep.decays {
      var trial = model
      trial.terms[trial.terms.count - 1].decay = decay / rows.sampling.range
      let left = trial.fit(rows).left
      if left < best.left { best = (trial, left) }
    }
    guard best.left < fit.left else { return nil }
    best.model.refine(rows, width: 0.5 / rows.sampling.range, rounds: 3)
    let after = best.model.fit(rows)
    return significance(fit.left, after.left, best.model.freedom, rows) > HarmonicSweep.alarm
      ? (best.model, after) : nil
  }

  /// The negative logarithm of the chance that noise gives two more unknowns as large a part of the squares:
  /// (after/before)^((n - p)/2) (Zechmeister and Kürster 2009, table 1).
  private func significance(_ before: Double, _ after: Double, _ freedom: Int, _ rows: HarmonicRows) -> Double
  {
    let ratio = max(after, 1e-28 * before) / before
    return -0.5 * Double(max(1, rows.count - freedom)) * Foundation.log(ratio)
  }
}
