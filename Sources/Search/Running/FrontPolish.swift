import Evaluation
import Expressions
import Foundation

/// The last touch to a member of the front.
struct FrontPolish: Sendable {
  let full: EvaluationData
  let validation: EvaluationData?
  let loss: Loss
  let fits: Bool
  let stop: StopSignal
  let floor: Double

  /// The member with constants fitted to convergence on all rows, exponents put to the simple fraction they
  /// are within error of, and its figures.
  func member(_ formula: Formula, loss known: Double, with evaluator: Evaluator) -> FrontMember {
    var best = formula
    var bestLoss = known
    if fits, !stop.isPastDeadline {
      best = refined(formula, loss: &bestLoss, with: evaluator)
    }
    var errors = [Double?](repeating: nil, count: best.constants.count)
    var r2 = Double.nan
    var held: Double?
    if !stop.isPastDeadline {
      if loss == .meanSquaredError { errors = evaluator.standardErrors(best, on: full) }
      r2 = evaluator.determination(best, on: full)
    } else if loss == .meanSquaredError, full.targetVariance > 0 {
      r2 = 1 - bestLoss / full.targetVariance
    }
    if let validation {
      best.nodes.withUnsafeBufferPointer {
        held =
          evaluator.loss($0.baseAddress!, $0.count, on: validation)
          * (loss == .meanSquaredError
            ? (validation.scale / full.scale) * (validation.scale / full.scale) : 1)
      }
    }
    return FrontMember(formula: best, loss: bestLoss, validationLoss: held, standardErrors: errors, r2: r2)
  }

  private func refined(_ formula: Formula, loss: inout Double, with evaluator: Evaluator) -> Formula {
    var nodes = formula.nodes
    let fitted = polish(&nodes, evaluator)
    var best = formula
    if fitted < loss {
      loss = fitted
      best = Formula(unchecked: nodes)
    }
    for index in best.nodes.indices where isExponent(index, in: best) {
      guard !stop.isPastDeadline, let simple = simpleFraction(near: best.nodes[index].value) else { continue }
      var trial = best.nodes
      trial[index].value = simple
      let snapped = polish(&trial, evaluator, holding: index)
      if snapped <= allowed(loss, constants: best.constants.count) {
        loss = snapped
        best = Formula(unchecked: trial)
      }
    }
    return best
  }

  private func polish(_ nodes: inout [Node], _ evaluator: Evaluator, holding: Int? = nil) -> Double {
    nodes.withUnsafeMutableBufferPointer { memory in
      let start = memory.baseAddress!
      _ = evaluator.polish(
        start, memory.count, on: full, steps: 60, holding: holding, isDue: { stop.isPastDeadline })
      return evaluator.loss(start, memory.count, on: full)
    }
  }

  /// The loss up to which a constant less is no worse: two standard deviations by the F-test.
  private func allowed(_ loss: Double, constants: Int) -> Double {
    let freedom = Double(Swift.max(1, full.rowCount - constants))
    return Swift.max(loss * (1 + 4 / freedom), floor)
  }

  /// Whether the node is a constant exponent.
  private func isExponent(_ index: Int, in formula: Formula) -> Bool {
    let nodes = formula.nodes
    return nodes[index].isConstant && index + 1 < nodes.count && nodes[index + 1].operation == .power
  }

  /// The integer, half, third or quarter within a hundredth of `value`, unless that is what it is already.
  private func simpleFraction(near value: Double) -> Double? {
    for denominator in [1.0, 2, 3, 4] {
      let nearest = (value * denominator).rounded() / denominator
      if nearest == value { return nil }
      if nearest != 0, abs(value - nearest) <= 0.01 * Swift.max(abs(nearest), 0.5) { return nearest }
    }
    return nil
  }
}
