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
  /// Up to how many rows are few: peaks that mean little by themselves are followed there.
  private static let fewRows = 150
  /// The rate with which a peak is looked for that damping has made broad and low, in the same units.
  private static let usualDecay = 2.0

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

  private typealias Fitted = (model: HarmonicModel, fit: HarmonicModel.Fit)

  private func candidates(_ rows: HarmonicRows, hasTrend: Bool) -> [[Node]] {
    var found: [[Node]] = []
    let start = HarmonicModel(hasTrend: hasTrend)
    var accepted: Fitted = (start, start.fit(rows))
    // Of two sinusoids of about one size neither need be significant without the other.
    var trial = accepted
    var alarm = HarmonicSweep.alarm
    while trial.model.terms.count < HarmonicSweep.mostTerms, let next = extended(trial, rows) {
      alarm += Foundation.log(next.independent)
      // A peak that damping has made broad and low may be significant only with it.
      let significant = ([next.fitted] + damped(next.fitted, rows)).filter { other in
        let price = other.model.terms.contains { $0.decay != 0 } ? 2.0 : 0
        return significance(accepted.fit.left, other.fit.left, other.model.freedom, rows) > alarm + price
      }
      for other in significant { found += writer.write(other.model, other.fit, rows) }
      // Damped models are among them only if damping is significant.
      if let best = significant.min(by: { $0.fit.left < $1.fit.left }) {
        (accepted, trial, alarm) = (best, best, HarmonicSweep.alarm)
      } else if trial.model.terms.count == accepted.model.terms.count,
        next.isNear || rows.count <= HarmonicSweep.fewRows
      {
        trial = next.fitted
      } else {
        break
      }
    }
    return found
  }

  /// The model with the sinusoid that explains most of what it leaves, among how many frequencies that was
  /// found, and whether it is so likely that another one beside it may make it significant.
  private func extended(
    _ before: Fitted, _ rows: HarmonicRows
  ) -> (fitted: Fitted, independent: Double, isNear: Bool)? {
    let model = before.model
    guard model.freedom + 4 < min(rows.count, rows.sampling.distinct), before.fit.left > 1e-25,
      let (frequency, share, spectrum) = peak(before.fit.residual, beside: model, rows)
    else { return nil }
    let level = significance(1, 1 - min(1, share), model.freedom + 3, rows)
    let isNear = level > Foundation.log(spectrum.independent) + 0.5 * HarmonicSweep.alarm
    guard isNear || rows.count <= HarmonicSweep.fewRows else { return nil }
    var next = model
    next.sharesDecay = false
    next.terms.append(.init(frequency: frequency))
    next.refine(rows, width: 1.5 * spectrum.spacing, rounds: 2)
    return ((next, next.fit(rows)), spectrum.independent, isNear)
  }

  /// The frequency of the sinusoid, steady or damped, that explains most of what a model leaves, and the share
  /// of its squares.
  private func peak(
    _ residual: Vector, beside model: HarmonicModel, _ rows: HarmonicRows
  ) -> (frequency: Double, share: Double, spectrum: Periodogram)? {
    var decays = [0.0]
    if writer.canDamp {
      let known = model.terms.last.map(\.decay) ?? 0
      decays.append(known == 0 ? HarmonicSweep.usualDecay / rows.sampling.range : known)
    }
    let most = HarmonicSweep.mostWork / max(1, rows.count) / decays.count
    let peaks = decays.compactMap { decay -> (frequency: Double, share: Double, spectrum: Periodogram)? in
      let spectrum = Periodogram(residual, decay == 0 ? rows : rows.damped(by: decay), most: most)
      let highest = spectrum.shares.indices.max { spectrum.shares[$0] < spectrum.shares[$1] }
      return highest.map { (spectrum.frequency($0), spectrum.shares[$0], spectrum) }
    }
    return peaks.max { $0.share < $1.share }
  }

  /// The model with its last sinusoid damped, and with all of them damped alike, where that is significant.
  private func damped(_ steady: Fitted, _ rows: HarmonicRows) -> [Fitted] {
    let (model, fit) = steady
    guard writer.canDamp, model.freedom + 3 < min(rows.count, rows.sampling.distinct), fit.left > 1e-25
    else { return [] }
    let last = model.terms.count - 1
    var kinds: [(Double) -> HarmonicModel] = [
      { decay in
        var trial = model
        trial.terms[last].decay = decay
        return trial
      }
    ]
    if last > 0 { kinds.append(model.damped(by:)) }
    let known = model.terms.map(\.decay).filter { $0 != 0 }
    return kinds.compactMap { kind in
      let trials = (HarmonicSweep.decays.map { $0 / rows.sampling.range } + known).map { decay in
        let trial = kind(decay)
        return (model: trial, left: trial.fit(rows).left)
      }
      guard var best = trials.min(by: { $0.left < $1.left }), best.left < fit.left else { return nil }
      best.model.refine(rows, width: 0.5 / rows.sampling.range, rounds: 3)
      let after = best.model.fit(rows)
      return significance(fit.left, after.left, best.model.freedom, rows) > HarmonicSweep.alarm
        ? (best.model, after) : nil
    }
  }

  /// The negative logarithm of the chance that noise gives two more unknowns as large a part of the squares:
  /// (after/before)^((n - p)/2) (Zechmeister and Kürster 2009, table 1).
  private func significance(_ before: Double, _ after: Double, _ freedom: Int, _ rows: HarmonicRows) -> Double
  {
    let ratio = max(after, 1e-28 * before) / before
    return -0.5 * Double(max(1, rows.count - freedom)) * Foundation.log(ratio)
  }
}
