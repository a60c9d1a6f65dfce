import Evaluation
import Expressions
import Foundation
import Noise

extension SearchEngine {
  /// Epochs after which it is asked whether rows should weigh otherwise: early ones, since a search on wrong
  /// weights is half lost, and later ones, when the front tells more of the noise.
  static let noiseEpochs: Set<Int> = [0, 6, 20, 60]
  /// Nats that a noise model has to gain for the search to follow it.
  private static let evidence = 8.0
  /// Mean absolute change of the logarithm of the rows' weights that is worth a change.
  private static let worthwhile = 0.35

  /// Whether errors have a model: a likelihood stands behind the squared loss only.
  private var hasNoiseModel: Bool { options.loss == .meanSquaredError && options.fitsConstants }

  /// The noise model that goes with the formulas, and by what they are weighed.
  func judgement(of formulas: [Formula]) -> FrontJudgement {
    let choice = noiseChoice(among: formulas)
    return FrontJudgement(
      choice: choice, view: choice.flatMap { view(of: $0) } ?? plain, rows: noiseRows,
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
  /// - Returns: whether rows weigh otherwise now.
  func adaptToNoise() -> Bool {
    guard hasNoiseModel, options.noise != .constant, !stop.isDue(), !isExact else { return false }
    var formulas: [Formula] = []
    hall.forEachMember { formulas.append(hall.member(at: $0).formula) }
    guard let choice = noiseChoice(among: formulas), let fit = choice.fits[choice.shortest], fit.scale > 0
    else { return false }
    let view = view(of: choice) ?? plain
    guard choice.evidence > SearchEngine.evidence || view === plain,
      SearchEngine.change(from: full, to: view) > SearchEngine.worthwhile
    else { return false }
    earlierFront += formulas
    weigh(view)
    offer(earlierFront + choice.fits.compactMap { $0?.formula })
    return true
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
