import Evaluation
import Expressions
import Foundation
import Noise

/// By what members of a front are weighed: the noise model that was chosen with them, rows weighted as it says,
/// and how many nats a member takes.
final class FrontJudgement: @unchecked Sendable {
  /// The noise model; nil where the loss is not the squared one, or the rows do not tell.
  let model: NoiseModel?
  /// All rows, weighted as the model says: least squares on them is likelihood under it.
  let view: EvaluationData
  private let rows: NoiseRows
  private let measure: DescriptionLength
  private let box: BoxBehaviour
  /// Whether lengths come from a likelihood, not from the loss on all rows.
  private let usesLikelihood: Bool

  /// Nats that a member has to gain if it is not defined everywhere between the rows.
  private static let priceOfPoles = 25.0

  init(
    choice: NoiseChoice?, view: EvaluationData, rows: NoiseRows, measure: DescriptionLength, box: BoxBehaviour
  ) {
    model = choice?.model
    self.view = view
    self.rows = rows
    self.measure = measure
    self.box = box
    usesLikelihood = choice != nil && view.rowCount == rows.data.rowCount
  }

  /// A member's figures with its length, and whether rounding explains what it leaves.
  func judged(_ member: FrontMember, with evaluator: Evaluator) -> FrontMember {
    var judged = member
    judged.isDefined = box.isDefined(member.formula, with: evaluator)
    let plainness = Plainness.nats(
      member.formula, standardErrors: member.standardErrors, columnRanges: box.ranges)
    let unusual = plainness + (judged.isDefined ? 0 : FrontJudgement.priceOfPoles)
    judged.length = unusual + measure.nats(member.formula, loss: member.loss, floor: member.floor)
    guard let model else { return judged }
    let fits = NoiseFitter(rows, with: evaluator).judged(member.formula, under: [model])
    guard let fit = fits.first else {
      judged.length = .infinity
      return judged
    }
    judged.fit = fit
    if usesLikelihood {
      judged.length = unusual + measure.price(member.formula) + fit.nats
    } else if fit.isExplainedByRounding {
      judged.length = unusual + measure.nats(member.formula, loss: explained(by: fit), floor: 0)
    }
    // Nothing is gained below what rounding leaves.
    if fit.isExplainedByRounding { judged.floor = max(judged.floor, member.loss) }
    return judged
  }

  /// The loss on the weighted rows that counts for members which rounding explains: the same for all.
  private func explained(by fit: NoiseFit) -> Double {
    var (sum, weights) = (0.0, 0.0)
    for (weight, variance) in zip(fit.weights, fit.variances) {
      sum += weight * variance
      weights += weight
    }
    let unit = rows.frame.scale / view.scale
    return NoiseFit.mostOfRounding * sum / weights * unit * unit
  }
}
