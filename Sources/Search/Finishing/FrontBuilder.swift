import Algebra
import Evaluation
import Expressions
import Foundation
import Noise

/// Dresses the hall of fame for people: the noise model, polished constants, standard errors, scores, the choice.
struct FrontBuilder {
  let engine: SearchEngine
  let clock: SearchClock

  /// A scaled loss in the loss's own unit, at most the largest number there is.
  private func unscaled(_ loss: Double) -> Double {
    let unit = isSquared ? engine.plain.scale : 1
    // The unit's square may be infinite, and no loss times that not a number.
    return Swift.min(loss * unit * unit, .greatestFiniteMagnitude)
  }

  private var isSquared: Bool { engine.options.loss == .meanSquaredError }

  /// Losses below this are rounding error of the target's own digits, scaled.
  private func floor(_ data: EvaluationData) -> Double {
    let largest = Swift.max(abs(data.targetMean) / data.scale, 1)
    return isSquared ? 1e-30 * largest * largest : 0
  }

  /// The front as it stands, without a pass over the rows.
  func snapshot() -> (equations: [Equation], best: Int) {
    var members: [FrontMember] = []
    let floor = floor(engine.full)
    engine.hall.forEachMember { complexity in
      let loss = engine.hall.loss(at: complexity)
      let formula = engine.hall.member(at: complexity).formula.tidied(allowed: engine.options.operators)
      var member = FrontMember(
        formula: formula, loss: loss, floor: floor, validationLoss: nil,
        standardErrors: Array(repeating: nil, count: formula.constants.count), r2: r2(loss))
      member.length = engine.descriptionLength.nats(formula, loss: loss, floor: floor)
      member.plainLoss = loss
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
    guard isSquared, engine.full.targetVariance > 0 else { return .nan }
    return 1 - loss / engine.full.targetVariance
  }

  /// The final result: every member polished to convergence as far as the time allows.
  func finish(_ reason: StopReason) -> SearchResult {
    var polish = polish(engine.full)
    var members = fitted(FrontCandidates(engine).members, with: polish)
    let judgement = judgement(of: members)
    if judgement.view !== engine.full {
      // Constants are fitted as the noise model weighs the rows.
      polish = self.polish(judgement.view)
      members = fitted(members.map { ($0.formula, .infinity) }, with: polish)
    }
    members = judged(members, by: judgement)
    let front = shown(forms(of: members, by: judgement, with: polish).front(gains: gains), judgement)
    let dressed = dress(front, printed: printed(front))
    return SearchResult(
      front: dressed.equations, best: dressed.best, stopReason: reason, work: engine.work,
      iterations: engine.epoch, elapsed: clock.elapsed, rows: engine.full.rowCount, options: engine.options,
      noise: front.isEmpty
        ? nil : NoiseSummary(front[dressed.best], unit: engine.noiseRows.frame.scale),
      notes: FrontNotes(front: front, best: dressed.best, engine: engine, reason: reason).sentences)
  }

  private func polish(_ data: EvaluationData) -> FrontPolish {
    FrontPolish(
      full: data, plain: engine.plain, validation: engine.validation, loss: engine.options.loss,
      operators: engine.options.operators, fits: engine.options.fitsConstants, stop: engine.stop,
      floor: floor(data), rounding: data === engine.full ? engine.rounding : RoundingError(data),
      angles: AngleReduction(
        engine.samplings, operators: engine.options.operators, maximumSize: engine.options.maximumSize,
        maximumDepth: engine.options.maximumDepth))
  }

  /// The members with their constants fitted to convergence.
  private func fitted(
    _ members: [(formula: Formula, loss: Double)], with polish: FrontPolish
  ) -> [FrontMember] {
    let (start, last) = (UncheckedArray(members), members.count - 1)
    // The most accurate first: if the time runs out, the simple members have had less to gain.
    let fitted = engine.pool.map(members.count) { index, evaluator in
      let member = start.values[last - index]
      return polish.fitted(member.formula, loss: member.loss, with: evaluator)
    }
    return fitted.reversed()
  }

  private func judgement(of members: [FrontMember]) -> FrontJudgement {
    engine.judgement(of: members.filter { !$0.isRoundingArtefact && $0.loss.isFinite }.map(\.formula))
  }

  private func judged(_ members: [FrontMember], by judgement: FrontJudgement) -> [FrontMember] {
    let start = UncheckedArray(members)
    return engine.pool.map(members.count) { judgement.judged(start.values[$0], with: $1) }
  }

  /// The members and what they can be shown as.
  private func forms(
    of members: [FrontMember], by judgement: FrontJudgement, with polish: FrontPolish
  ) -> FrontForms {
    // What is likely to be chosen first, should the time run out.
    let order = members.indices.sorted { (members[$0].length, $0) < (members[$1].length, $1) }
    let start = UncheckedArray(order.map { members[$0] })
    let others = engine.pool.map(members.count) { index, evaluator in
      let (same, shorter) = polish.simpler(start.values[index], with: evaluator)
      return (
        same.map { judgement.judged($0, with: evaluator) },
        shorter.map {
          FrontForm(
            fitted: judgement.judged($0.fitted, with: evaluator),
            simple: $0.simple.map { judgement.judged($0, with: evaluator) })
        }
      )
    }
    var forms = FrontForms()
    for (member, other) in zip(start.values, others) {
      forms.offer(FrontForm(fitted: member, simple: other.0))
    }
    for form in others.flatMap(\.1) { forms.offer(form) }
    return forms
  }

  /// The members whose shown loss falls from each to the next; the chosen one stays.
  private func shown(_ members: [FrontMember], _ judgement: FrontJudgement) -> [FrontMember] {
    guard judgement.view !== engine.plain, !members.isEmpty else { return members }
    let best = choice(members)
    var kept = [members[best]]
    for member in members[..<best].reversed() where member.plainLoss > kept[0].plainLoss {
      kept.insert(member, at: 0)
    }
    for member in members[(best + 1)...] where member.plainLoss < kept[kept.count - 1].plainLoss {
      kept.append(member)
    }
    return kept
  }

  private func scores(_ members: [FrontMember]) -> [Double] {
    ModelSelection.scores(
      losses: members.map(\.plainLoss), complexities: members.map(\.formula.complexity),
      floor: floor(engine.plain))
  }

  /// Index of the chosen member.
  private func choice(_ members: [FrontMember]) -> Int {
    var (losses, lengths) = (members.map(\.plainLoss), members.map(\.length))
    let held = members.compactMap(\.validationLoss)
    if let validation = engine.validation, held.count == members.count {
      // Constants were fitted to other rows than those that decide.
      var measure = engine.descriptionLength
      losses = held
      measure.rows = validation.rowCount
      measure.paysConstants = false
      lengths = zip(members, held).map { measure.nats($0.formula, loss: $1, floor: $0.floor) }
    }
    for index in members.indices where members[index].isRoundingArtefact { lengths[index] = .infinity }
    return ModelSelection.choose(
      engine.options.selection, losses: losses, scores: scores(members), lengths: lengths)
  }

  /// The members' formulas as they are printed.
  private func printed(_ members: [FrontMember]) -> [Formula] {
    let digits = PrintedDigits(engine.plain, loss: engine.options.loss, stop: engine.stop)
    let shown = UncheckedArray(
      members.map { member in
        var shown = member
        shown.loss = member.plainLoss
        shown.floor = member.loss <= member.floor ? max(member.plainLoss, member.roundingError) : 0
        return shown
      })
    return engine.pool.map(members.count) { digits.rounded(shown.values[$0], with: $1) }
  }

  /// - Parameter printed: the formulas as they are printed; nil rounds their constants to six digits.
  private func dress(
    _ members: [FrontMember], printed: [Formula]? = nil
  ) -> (equations: [Equation], best: Int) {
    let equations = zip(members, scores(members)).enumerated().map { index, scored in
      let (member, score) = scored
      return Equation(
        formula: member.formula, printed: printed?[index], target: engine.training.targetName,
        features: engine.training.featureNames,
        loss: unscaled(member.plainLoss), validationLoss: member.validationLoss.map(unscaled),
        score: score, r2: member.r2, standardErrors: member.standardErrors,
        descriptionLength: member.length.isFinite ? member.length : nil, isDefined: member.isDefined)
    }
    return (equations, choice(members))
  }
}
