import Evaluation
import Expressions
import Foundation
import Tables

/// A formula under a noise model, its constants where the likelihood is largest.
package struct NoiseFit: Sendable {
  /// The formula with those constants.
  package let formula: Formula
  /// The noise model.
  package let model: NoiseModel
  /// Nats of the residuals and of what is unusual about the model, lengths in units of the target's scale.
  package let nats: Double
  /// The fitted scale: of constant errors their standard deviation in units of the target's scale, of
  /// proportional ones their share of the prediction; 0 where rounding explains the residuals.
  package let scale: Double
  /// Residuals (predictions minus target) in units of their standard errors.
  package let standardised: [Double]
  /// How much each row says, up to a common factor: weights for least squares.
  package let weights: [Double]
  /// Variances of the rows, scaled.
  package let variances: [Double]

  /// χ², the sum of squared standardised residuals.
  package var chiSquared: Double { standardised.reduce(0) { $0 + $1 * $1 } }

  /// Whether rounding alone leaves such residuals.
  package var isExplainedByRounding: Bool {
    scale == 0 && model.spread != .known
      && chiSquared <= NoiseFit.mostOfRounding * Double(standardised.count)
  }

  /// Mean squares of standardised residuals that rounding leaves at most.
  package static var mostOfRounding: Double { ExactFit.usual.upperBound }
}

/// Fits formulas under noise models: by least squares with weights that are taken anew from the last fit
/// (Carroll and Ruppert, Transformation and Weighting in Regression, 1988, chapter 2).
package struct NoiseFitter {
  let rows: NoiseRows
  let evaluator: Evaluator
  /// Share of the target's squares that a member may leave, with some room for chance.
  private static let mostUnexplained = 1.1

  package init(_ rows: NoiseRows, with evaluator: Evaluator) {
    self.rows = rows
    self.evaluator = evaluator
  }

  /// The formula with the constants it has, under each of the models; those that do not apply are left out.
  package func judged(_ formula: Formula, under models: [NoiseModel]) -> [NoiseFit] {
    guard let errors = MemberErrors(formula, on: rows, with: evaluator) else { return [] }
    return models.compactMap { fit(formula, errors, $0) }
  }

  /// The formula with its constants fitted under the model; nil where it is not finite or the model does not
  /// apply.
  ///
  /// - Parameter isDue: asked between passes; true ends the fit with what was found.
  package func fitted(
    _ formula: Formula, under model: NoiseModel, rounds: Int = 4, isDue: () -> Bool = { false }
  ) -> NoiseFit? {
    guard var best = judged(formula, under: [model]).first else { return nil }
    for _ in 0..<rounds where !isDue() {
      guard let next = improved(best, isDue), next.nats < best.nats else { break }
      let gain = best.nats - next.nats
      best = next
      if gain < 0.02 { break }
    }
    return best
  }

  private func improved(_ fit: NoiseFit, _ isDue: () -> Bool) -> NoiseFit? {
    guard !fit.formula.constants.isEmpty else { return nil }
    let weighted = rows.data.weighted(by: fit.weights)
    var nodes = fit.formula.nodes
    nodes.withUnsafeMutableBufferPointer {
      evaluator.polish($0.baseAddress!, $0.count, on: weighted, steps: 20, isDue: isDue)
    }
    let formula = Formula(unchecked: nodes)
    return formula == fit.formula ? nil : judged(formula, under: [fit.model]).first
  }

  private func fit(_ formula: Formula, _ errors: MemberErrors, _ model: NoiseModel) -> NoiseFit? {
    // Even with errors that hardly let it be seen a law does no worse than the mean.
    let isConstant = formula.featureIndices.isEmpty
    guard isConstant || model.isCutOff || errors.unexplained(on: rows) < NoiseFitter.mostUnexplained,
      let (spread, floor) = errors.variances(model, on: rows)
    else { return nil }
    let likelihood = Likelihood(
      residuals: errors.residuals, spread: spread, floor: floor, tails: model.tails,
      isKnown: model.spread == .known, cutOff: model.isCutOff ? rows.sides : [],
      step: Foundation.log(rows.frame.limits.step / rows.frame.scale))
    guard likelihood.nats.isFinite else { return nil }
    return NoiseFit(
      formula: formula, model: model, nats: likelihood.nats + model.price,
      scale: likelihood.scaleSquared.squareRoot(), standardised: likelihood.standardised,
      weights: likelihood.weights, variances: likelihood.variances)
  }
}

extension NoiseFit {
  /// The weight of every row of a data set under this fit, mean 1: what a row says of the constants.
  ///
  /// - Parameters:
  ///   - dataset: the rows, in any number; they are looked at in parts.
  ///   - frame: what the fit's lengths are measured in.
  package func weights(of dataset: Dataset, frame: NoiseFrame, with evaluator: Evaluator) -> [Double]? {
    var weights: [Double] = []
    weights.reserveCapacity(dataset.rowCount)
    let part = 1 << 16
    for first in stride(from: 0, to: dataset.rowCount, by: part) {
      let last = min(first + part, dataset.rowCount)
      let isWhole = last - first == dataset.rowCount
      let rows = NoiseRows(isWhole ? dataset : dataset.rows(Array(first..<last)), frame: frame)
      guard let errors = MemberErrors(formula, on: rows, with: evaluator),
        let (spread, floor) = errors.variances(model, on: rows)
      else { return nil }
      let likelihood = Likelihood(
        residuals: errors.residuals, variances: spread.indices.map { scale * scale * spread[$0] + floor[$0] },
        tails: model.tails, cutOff: model.isCutOff ? rows.sides : [])
      weights += likelihood.weights
    }
    let mean = weights.reduce(0) { $0 + $1 / Double(weights.count) }
    guard mean > 0, mean.isFinite else { return nil }
    return weights.map { $0 / mean }
  }
}
