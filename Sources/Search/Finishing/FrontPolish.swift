import Algebra
import Evaluation
import Expressions
import Foundation

/// The last touch to a member of the front.
struct FrontPolish: Sendable {
  /// The rows that constants are fitted to.
  let full: EvaluationData
  /// The rows as the user weighs them, for what is shown.
  let plain: EvaluationData
  let validation: EvaluationData?
  let loss: Loss
  let operators: OperatorSet
  let fits: Bool
  let stop: StopSignal
  /// Losses below this are rounding error of the target.
  let floor: Double
  let rounding: RoundingError
  /// What people expect in the arguments of sines.
  let angles: AngleReduction

  /// A member of the hall of fame with its constants fitted to convergence on all rows, and its figures.
  func fitted(_ formula: Formula, loss known: Double, with evaluator: Evaluator) -> FrontMember {
    var form: Form = (formula, known)
    if fits, !stop.isPastDeadline {
      form = converged(formula, known, evaluator)
    } else if !known.isFinite {
      // A loss that is not known is measured even when the time is over.
      form = (formula, value(formula, evaluator))
    }
    // When the time is over, too: one pass over the rows is enough.
    return figures(fits ? plainAngles(form, evaluator) : form, evaluator)
  }

  /// Other forms of the same law: with constants put to the simple numbers they are within error of, and what
  /// is left when constants that make no difference are dropped.
  ///
  /// - Returns: a form of the member's own complexity, which is to be shown in its place, and shorter ones.
  func simpler(_ member: FrontMember, with evaluator: Evaluator) -> (same: FrontMember?, shorter: [FrontForm])
  {
    guard fits, !stop.isPastDeadline else { return (nil, []) }
    let snapped = settled((member.formula, member.loss), evaluator)
    var shorter: [FrontForm] = []
    let phases = angles.withoutPhases(member.formula, standardErrors: member.standardErrors)
    for formula in droppingConstants(of: member) + phases where !stop.isPastDeadline {
      let fitted = converged(formula, .infinity, evaluator)
      guard fitted.loss.isFinite else { continue }
      let simple = settled(fitted, evaluator).map { figures($0, evaluator) }
      shorter.append(FrontForm(fitted: figures(fitted, evaluator), simple: simple))
    }
    if let formula = simplified(snapped?.formula ?? member.formula) {
      let form = (formula, value(formula, evaluator))
      shorter.append(FrontForm(fitted: figures(form, evaluator), simple: nil))
    }
    return (snapped.map { figures($0, evaluator) }, shorter)
  }

  private typealias Form = (formula: Formula, loss: Double)

  private func value(_ formula: Formula, _ evaluator: Evaluator) -> Double {
    formula.nodes.withUnsafeBufferPointer { evaluator.loss($0.baseAddress!, $0.count, on: full) }
  }

  private func converged(_ formula: Formula, _ known: Double, _ evaluator: Evaluator) -> Form {
    var nodes = formula.nodes
    let fitted = nodes.withUnsafeMutableBufferPointer { memory in
      let start = memory.baseAddress!
      evaluator.polish(start, memory.count, on: full, steps: 60, isDue: { stop.isPastDeadline })
      return evaluator.loss(start, memory.count, on: full)
    }
    return fitted < known ? (Formula(unchecked: nodes), fitted) : (formula, known)
  }

  /// The form with simple constants, those included that the loss leaves free; nil where there is none.
  private func settled(_ form: Form, _ evaluator: Evaluator) -> Form? {
    let snapped = snapped(form, evaluator)
    let (formula, loss) = snapped ?? form
    let flat = FlatConstants(full: full, evaluator: evaluator, operators: operators, stop: stop)
    return flat.simplest(formula, loss: loss) ?? snapped
  }

  /// The form with plain frequencies and phases, where the rows do not tell it from what was found.
  private func plainAngles(_ form: Form, _ evaluator: Evaluator) -> Form {
    guard let plain = angles.reduced(form.formula) else {
      return form
    }
    let fitted = converged(plain.tidied(allowed: operators), .infinity, evaluator)
    // Values that were rounded lie near even steps only.
    let allowed = form.loss * (1 + max(1e-6, 0.1 / Double(full.rowCount)))
    return fitted.loss <= max(allowed, roundingFloor(fitted.formula, evaluator)) ? fitted : form
  }

  private func snapped(_ form: Form, _ evaluator: Evaluator) -> Form? {
    var snapping = ConstantSnapping(
      form.formula, loss: form.loss, on: full, with: evaluator, stop: stop,
      roundingFloor: roundingFloor(form.formula, evaluator))
    return snapping.run()
  }

  /// The formula without each constant that is within error of 0, 1 or -1 where that makes it shorter.
  private func droppingConstants(of member: FrontMember) -> [Formula] {
    let positions = member.formula.nodes.indices.filter { member.formula.nodes[$0].isConstant }
    return zip(positions, member.standardErrors).compactMap { position, error in
      let estimate = member.formula.nodes[position].value
      for value in [0, 1, -1.0] where abs(estimate - value) <= max(3 * (error ?? 0), 1e-4) {
        var nodes = member.formula.nodes
        nodes[position].value = value
        if let shorter = simplified(Formula(unchecked: nodes)) { return shorter }
      }
      return nil
    }
  }

  /// A shorter form of the same values; nil where there is none.
  private func simplified(_ formula: Formula) -> Formula? {
    let shorter = formula.simplified(using: operators).tidied(allowed: operators)
    return shorter.complexity < formula.complexity ? shorter : nil
  }

  /// The loss up to which rounding error explains it.
  private func roundingFloor(_ formula: Formula, _ evaluator: Evaluator) -> Double {
    guard loss == .meanSquaredError else { return floor }
    return max(floor, rounding.floor(rounding.meanSquare(of: formula, with: evaluator)))
  }

  /// The form as people write it, where rounding explains what that changes.
  private func plain(_ form: Form, _ evaluator: Evaluator) -> Form {
    let plain = form.formula.plain(allowed: operators)
    guard plain != form.formula, rounding.explains(plain, form.formula, with: evaluator) else { return form }
    if stop.isPastDeadline { return (plain, form.loss) }
    let found = value(plain, evaluator)
    // Rows that were not compared may still tell.
    return found <= form.loss + max(1e-3 * abs(form.loss), roundingFloor(form.formula, evaluator))
      ? (plain, found) : form
  }

  private func figures(_ given: Form, _ evaluator: Evaluator) -> FrontMember {
    let (formula, loss) = plain(given, evaluator)
    var errors = [Double?](repeating: nil, count: formula.constants.count)
    var r2 = Double.nan
    var held: Double?
    var error = 0.0
    if !stop.isPastDeadline {
      if self.loss == .meanSquaredError { errors = evaluator.standardErrors(formula, on: full) }
      r2 = evaluator.determination(formula, on: plain)
      if self.loss == .meanSquaredError { error = rounding.meanSquare(of: formula, with: evaluator) }
    } else if self.loss == .meanSquaredError, full.targetVariance > 0 {
      r2 = 1 - loss / full.targetVariance
    }
    if let validation {
      let unit = self.loss == .meanSquaredError ? validation.scale / plain.scale : 1
      held = formula.nodes.withUnsafeBufferPointer {
        evaluator.loss($0.baseAddress!, $0.count, on: validation) * unit * unit
      }
    }
    var member = FrontMember(
      formula: formula, loss: loss, floor: max(floor, rounding.floor(error)), roundingError: error,
      validationLoss: held, standardErrors: errors, r2: r2)
    member.plainLoss =
      full === plain
      ? loss : formula.nodes.withUnsafeBufferPointer { evaluator.loss($0.baseAddress!, $0.count, on: plain) }
    return member
  }
}
