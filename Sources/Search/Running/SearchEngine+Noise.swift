import Evaluation
import Expressions
import Foundation
import Noise
import Tables

extension SearchEngine {
  /// Epochs after which it is asked once more, as before the first, whether rows should weigh otherwise: early ones,
  /// since a search on wrong weights is half lost, and later ones, when the front tells more of the noise.
  static let noiseEpochs: Set<Int> = [6, 20, 60]
  /// Nats that a noise model has to gain for the search to follow it.
  private static let evidence = 8.0
  private static let earlyEvidence = 20.0
  /// Mean absolute change of the logarithm of the rows' weights that is worth a change.
  private static let worthwhile = 0.35

  /// Share of the prediction that proportional errors have at most: more is a law that is not found yet.
  private static let largestShare = 0.5

  /// Whether errors have a model: a likelihood stands behind the squared loss only.
  private var hasNoiseModel: Bool { options.loss == .meanSquaredError && options.fitsConstants }

  /// The noise model that goes with the formulas, and by what they are weighed.
  func judgement(of formulas: [Formula]) -> FrontJudgement {
    let choice = noiseChoice(among: formulas)
    return FrontJudgement(
      choice: choice, view: choice.flatMap { view(of: $0) } ?? plain, rows: judgingRows,
      measure: descriptionLength, box: box)
  }

  private func noiseChoice(among formulas: [Formula]) -> NoiseChoice? {
    guard hasNoiseModel else { return nil }
    let measure = descriptionLength
    let chooser = NoiseChooser(noiseRows, setting: options.noise) { measure.price($0) }
    let (pool, stop) = (self.pool, self.stop)
    return chooser.choice(
      among: formulas, map: { count, body in pool.map(count) { body($0, $1) } },
      isDue: { stop.isPastDeadline })
  }

  /// All rows with the weights of the chosen fit; nil where they are those that the user has given.
  private func view(of choice: NoiseChoice) -> EvaluationData? {
    guard let fit = choice.fits[choice.shortest] else { return nil }
    let model = choice.model
    let isPlain =
      (model.spread == .constant && fit.scale > 0 || model.spread == .known) && model.rounding == .machine
      && model.tails == .gaussian && !model.isCutOff
    guard !isPlain, let weights = fit.weights(of: training, frame: noiseRows.frame, with: pool.first) else {
      return nil
    }
    return plain.weighted(by: weights)
  }

  /// Lets the search weigh rows as the front so far says that errors behave, where that makes a difference:
  /// under least squares the rows with the largest errors decide, and the law may not even be on the front.
  ///
  /// - Parameter isEarly: before anything but the smallest expressions was tried: then only far rows are told from
  ///   what is not explained yet, and only by much evidence.
  /// - Returns: whether rows weigh otherwise now.
  func adaptToNoise(isEarly: Bool = false) -> Bool {
    guard hasNoiseModel, options.noise != .constant, !stop.isDue(), !isExact else { return false }
    var formulas: [Formula] = []
    hall.forEachMember { formulas.append(hall.member(at: $0).formula) }
    guard let choice = noiseChoice(among: formulas), let fit = choice.fits[choice.shortest], fit.scale > 0
    else { return false }
    if choice.model.spread == .proportional, fit.scale > SearchEngine.largestShare { return false }
    let view = view(of: choice) ?? plain
    if isEarly {
      guard choice.model.tails == .student, choice.evidence > SearchEngine.earlyEvidence else { return false }
    }
    guard choice.evidence > SearchEngine.evidence || view === plain,
      SearchEngine.change(from: full, to: view) > SearchEngine.worthwhile
    else { return false }
    earlierFront += formulas
    weigh(view)
    for formula in earlierFront + choice.fits.compactMap({ $0?.formula }) { offer(formula, fits: true) }
    return true
  }

  /// The rows as a search begins with them: those at a limit beyond which a target was cut off count nothing, since
  /// a law goes on there; nil where there is no limit, or the operators can write one.
  static func withoutCutOff(
    _ dataset: Dataset, _ data: EvaluationData, rows: NoiseRows, options: SearchOptions
  ) -> EvaluationData? {
    let limits = rows.frame.limits
    let writers: [Operator] = [.maximum, .minimum, .maximum3, .minimum3, .clamp, .condition, .ifElse]
    guard options.noise == .auto, options.loss == .meanSquaredError, limits.isAny,
      !writers.contains(where: options.operators.contains)
    else { return nil }
    return data.weighted(
      by: (0..<data.rowCount).map { row in
        let value = dataset.target[row]
        return value >= limits.upper || value <= limits.lower ? 0 : data.weight(row: row)
      })
  }

  /// Mean absolute difference of the logarithms of the rows' weights about their mean.
  private static func change(from before: EvaluationData, to after: EvaluationData) -> Double {
    let rows = stride(from: 0, to: before.rowCount, by: max(1, before.rowCount / 1_000))
    // Rows that say nothing count as saying very little.
    let differences = rows.map {
      Foundation.log(max(after.weight(row: $0), 1e-6)) - Foundation.log(max(before.weight(row: $0), 1e-6))
    }
    let mean = differences.reduce(0, +) / Double(differences.count)
    return differences.reduce(0) { $0 + abs($1 - mean) } / Double(differences.count)
  }
}
