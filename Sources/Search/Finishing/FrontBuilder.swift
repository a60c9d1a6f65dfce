import Algebra
import Evaluation
import Expressions
import Foundation

/// Dresses the hall of fame for people: polished constants, standard errors, scores, the choice.
struct FrontBuilder {
  let engine: SearchEngine
  let clock: SearchClock

  /// A scaled loss in the loss's own unit, at most the largest number there is.
  private func unscaled(_ loss: Double) -> Double {
    let unit = engine.options.loss == .meanSquaredError ? engine.full.scale : 1
    // The unit's square may be infinite, and no loss times that not a number.
    return Swift.min(loss * unit * unit, .greatestFiniteMagnitude)
  }

  /// Losses below this are rounding error of the target's own digits, scaled.
  private var floor: Double {
    let largest = Swift.max(abs(engine.full.targetMean) / engine.full.scale, 1)
    return engine.options.loss == .meanSquaredError ? 1e-30 * largest * largest : 0
  }

  /// The front as it stands, without a pass over the rows.
  func snapshot() -> (equations: [Equation], best: Int) {
    var members: [FrontMember] = []
    engine.hall.forEachMember { complexity in
      let loss = engine.hall.loss(at: complexity)
      let formula = engine.hall.member(at: complexity).formula.tidied(allowed: engine.options.operators)
      let member = FrontMember(
        formula: formula, loss: loss, floor: floor, validationLoss: nil,
        standardErrors: Array(repeating: nil, count: formula.constants.count), r2: r2(loss))
      if gains(member, on: members.last) { members.append(member) }
    }
    return dress(members)
  }

  /// Whether a member is worth its complexity: not one that says the same in more words, nor one that fits
  /// rounding error.
  private func gains(_ member: FrontMember, on simpler: FrontMember?) -> Bool {
    guard let simpler else { return true }
    let margin = 1e-7 * abs(simpler.loss)
    return member.loss < simpler.loss - margin && (simpler.floor == 0 || simpler.loss > simpler.floor)
  }

  private func r2(_ loss: Double) -> Double {
    guard engine.options.loss == .meanSquaredError, engine.full.targetVariance > 0 else { return .nan }
    return 1 - loss / engine.full.targetVariance
  }

  /// The final result: every member polished to convergence as far as the time allows.
  func finish(_ reason: StopReason) -> SearchResult {
    var formulas: [Formula] = []
    var losses: [Double] = []
    engine.hall.forEachMember { complexity in
      formulas.append(engine.hall.member(at: complexity).formula.tidied(allowed: engine.options.operators))
      losses.append(engine.hall.loss(at: complexity))
    }
    let polish = FrontPolish(
      full: engine.full, validation: engine.validation, loss: engine.options.loss,
      operators: engine.options.operators, fits: engine.options.fitsConstants, stop: engine.stop,
      floor: floor,
      rounding: engine.rounding,
      angles: AngleReduction(
        engine.samplings, operators: engine.options.operators, maximumSize: engine.options.maximumSize,
        maximumDepth: engine.options.maximumDepth))
    let (start, known, last) = (UncheckedArray(formulas), UncheckedArray(losses), formulas.count - 1)
    // The most accurate first: if the time runs out, the simple members have had less to gain.
    let fitted = engine.pool.map(formulas.count) { index, evaluator in
      polish.fitted(start.values[last - index], loss: known.values[last - index], with: evaluator)
    }
    // Then the simplest first: laws are among them.
    let members = UncheckedArray(Array(fitted.reversed()))
    let others = engine.pool.map(formulas.count) { polish.simpler(members.values[$0], with: $1) }
    var forms = FrontForms()
    for (member, other) in zip(members.values, others) {
      forms.offer(FrontForm(fitted: member, simple: other.same))
    }
    for form in others.flatMap(\.shorter) { forms.offer(form) }
    let front = dress(forms.front(gains: gains))
    return SearchResult(
      front: front.equations, best: front.best, stopReason: reason, work: engine.work,
      iterations: engine.epoch,
      elapsed: clock.elapsed, rows: engine.full.rowCount, options: engine.options)
  }

  private func dress(_ members: [FrontMember]) -> (equations: [Equation], best: Int) {
    let losses = members.map(\.loss)
    let scores = ModelSelection.scores(
      losses: losses, complexities: members.map(\.formula.complexity), floor: floor)
    var measure = engine.descriptionLength
    var decisive = losses
    let held = members.compactMap(\.validationLoss)
    if let validation = engine.validation, held.count == members.count {
      // Constants were fitted to other rows than those that decide.
      decisive = held
      measure.rows = validation.rowCount
      measure.paysConstants = false
    }
    let best = ModelSelection.choose(
      engine.options.selection, members: members, losses: decisive, scores: scores, measure: measure)
    let equations = zip(members, scores).map { member, score in
      Equation(
        formula: member.formula, target: engine.training.targetName, features: engine.training.featureNames,
        loss: unscaled(member.loss), validationLoss: member.validationLoss.map(unscaled),
        score: score,
        r2: member.r2, standardErrors: member.standardErrors)
    }
    return (equations, best)
  }
}
