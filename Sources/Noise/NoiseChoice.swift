import Evaluation
import Expressions
import Foundation

/// The noise model and the member of a front that together describe the data in the fewest nats.
package struct NoiseChoice: Sendable {
  /// The chosen model.
  package let model: NoiseModel
  /// Each member under that model, in the order given; nil for one that is not finite on a row.
  package let fits: [NoiseFit?]
  /// Nats of each member, structure and constants included; infinite where there is no fit.
  package let lengths: [Double]
  /// Nats that the chosen model gains on normal errors of constant size, each with the member that suits it best.
  package let evidence: Double

  /// Index of the member with the shortest description.
  package var shortest: Int { lengths.indices.min { lengths[$0] < lengths[$1] } ?? 0 }
}

/// Chooses a noise model together with the equation, from formulas that were fitted by least squares.
package struct NoiseChooser: Sendable {
  let rows: NoiseRows
  let models: [NoiseModel]
  /// Nats for a formula's structure and constants.
  let price: @Sendable (Formula) -> Double

  /// Models whose constants are fitted; the others are only judged as the formulas come.
  private static let finalists = 4
  /// Nats above the shortest within which a member's constants are fitted.
  private static let reach = 60.0

  /// - Parameters:
  ///   - rows: the rows.
  ///   - setting: what the user knows of the noise.
  ///   - price: nats for a formula's structure and constants.
  package init(
    _ rows: NoiseRows, setting: NoiseSetting, price: @escaping @Sendable (Formula) -> Double
  ) {
    self.rows = rows
    self.price = price
    let kinds: [(NoiseModel.Spread, NoiseModel.Tails)]
    if rows.frame.errorsAreKnown, setting == .auto {
      kinds = [(.known, .gaussian)]
    } else {
      kinds = setting.models(rows: rows.data.rowCount, isNonnegative: rows.frame.isNonnegative)
    }
    let cuts = rows.frame.limits.isAny ? [false, true] : [false]
    models = kinds.flatMap { kind in
      rows.roundings.flatMap { rounding in
        // How heavy tails are cannot be told where they are cut off.
        cuts.filter { !$0 || kind.1 == .gaussian }.map {
          NoiseModel(spread: kind.0, tails: kind.1, rounding: rounding, isCutOff: $0)
        }
      }
    }
  }

  /// The choice among formulas; nil where none is finite on all rows.
  ///
  /// - Parameters:
  ///   - map: calls a function for each index below a number, with an evaluator, perhaps on several workers.
  ///   - isDue: asked between fits; true ends with what was found.
  package func choice(
    among formulas: [Formula],
    map: (Int, @escaping @Sendable (Int, Evaluator) -> [NoiseFit]) -> [[NoiseFit]],
    isDue: @escaping @Sendable () -> Bool
  ) -> NoiseChoice? {
    let (rows, models, price) = (self.rows, self.models, self.price)
    let prices = formulas.map(price)
    let judged = map(formulas.count) { index, evaluator in
      NoiseFitter(rows, with: evaluator).judged(formulas[index], under: models)
    }
    var best: [NoiseModel: Double] = [:]
    for (fits, price) in zip(judged, prices) {
      for fit in fits { best[fit.model] = min(best[fit.model] ?? .infinity, fit.nats + price) }
    }
    guard let shortest = best.values.min() else { return nil }
    let ranked = models.filter { best[$0] != nil }.sorted { best[$0]! < best[$1]! }
    let plain = ranked.first { $0.spread == .constant && $0.tails == .gaussian && !$0.isCutOff }
    var finalists = ranked.prefix(NoiseChooser.finalists).filter { best[$0]! < shortest + NoiseChooser.reach }
    // Constants of least squares say little for a model in which rows at a limit count for nothing.
    let cut = ranked.filter(\.isCutOff).prefix(NoiseChooser.finalists)
    for model in [plain].compactMap(\.self) + cut where !finalists.contains(model) { finalists.append(model) }
    let (chosen, shortestUnder) = (finalists, best)
    let fitted = map(formulas.count) { index, evaluator in
      let fitter = NoiseFitter(rows, with: evaluator)
      return judged[index].filter { chosen.contains($0.model) }.map { fit in
        // Members that are far behind stay as they are.
        let isNear = fit.nats + prices[index] < shortestUnder[fit.model]! + NoiseChooser.reach
        guard !isDue(), isNear || fit.model.isCutOff else { return fit }
        return fitter.fitted(fit.formula, under: fit.model, isDue: isDue) ?? fit
      }
    }
    return NoiseChooser.decide(fitted, among: chosen, plain: plain, price: price)
  }

  private static func decide(
    _ fitted: [[NoiseFit]], among models: [NoiseModel], plain: NoiseModel?, price: (Formula) -> Double
  ) -> NoiseChoice? {
    func lengths(_ model: NoiseModel) -> ([NoiseFit?], [Double]) {
      let fits = fitted.map { fits in fits.first { $0.model == model } }
      return (fits, fits.map { $0.map { $0.nats + price($0.formula) } ?? .infinity })
    }
    let all = models.map { ($0, lengths($0)) }
    guard let winner = all.min(by: { $0.1.1.min()! < $1.1.1.min()! }) else { return nil }
    let least = winner.1.1.min() ?? .infinity
    let ofPlain = all.first { $0.0 == plain }?.1.1.min() ?? least
    return NoiseChoice(model: winner.0, fits: winner.1.0, lengths: winner.1.1, evidence: ofPlain - least)
  }
}
