import Expressions

extension ExactJudge {
  /// The candidate with its constants moved to where it is the law, and the largest relative move; nil when no
  /// move within the limits gets there.
  func adjusted(_ candidate: Formula) -> (formula: Formula, adjustment: Double)? {
    let constants = candidate.constants
    guard constants.contains(where: { $0 != 0 }) else { return nil }
    var starts = [constants]
    let simple = constants.map(nearestSimpleNumber)
    if simple != constants { starts.append(simple) }
    for start in starts {
      guard let near = moved(candidate.withConstants(start), on: onRange, reach: 1e-4),
        let met = moved(near, on: both(near), reach: settings.toleranceBeyond),
        mayMove(candidate, to: met.constants), let deviations = deviations(of: met), isEqual(deviations)
      else { continue }
      return (met, largestMove(from: constants, to: met.constants))
    }
    return nil
  }

  /// The largest relative move that noise explains.
  private var largestAdjustment: Double {
    let noisy = settings.noisyAdjustment
    return settings.largestAdjustment + (noise > 0 ? noisy.base + noisy.slope * noise : 0)
  }

  /// Whether no constant of the candidate is farther from its place in `constants` than it may be moved,
  /// unless nothing comes of it.
  private func mayMove(_ candidate: Formula, to constants: [Double]) -> Bool {
    let old = candidate.constants
    return old.indices.allSatisfy { index in
      if abs(constants[index] - old[index]) <= largestAdjustment * abs(old[index]) { return true }
      var changed = constants
      changed[index] = old[index]
      let values = evaluate(candidate.withConstants(changed), onRange.rows)
      let deviations = relativeDeviations(values, evaluate(candidate.withConstants(constants), onRange.rows))
      return deviations.allSatisfy { abs($0) <= settings.negligibleEffect }
    }
  }

  private func largestMove(from old: [Double], to new: [Double]) -> Double {
    zip(old, new).map { $0 == 0 ? 0 : abs($1 / $0 - 1) }.max() ?? 0
  }

  /// The candidate with its constants fitted to the law on `judged`; nil where it stays farther from it than
  /// `reach`.
  private func moved(_ candidate: Formula, on judged: JudgedRows, reach: Double) -> Formula? {
    let constants = candidate.constants
    let values = evaluate(candidate, judged.rows)
    let finite = judged.rows.indices.filter { values[$0].isFinite }
    guard finite.count * 2 >= judged.rows.count else { return nil }
    let rows = finite.map { judged.rows[$0] }
    let law = finite.map { judged.values[$0] }
    func changed(_ moves: [Double]) -> [Double] { zip(constants, moves).map { $0 * (1 + $1) } }
    // A law within reach is met ever faster; where the gain dwindles, none is.
    let solution = LevenbergMarquardt.minimise(
      from: constants.map { _ in 0 }, scales: constants.map { _ in 1 }, stall: 0.01
    ) { moves in
      relativeDeviations(evaluate(candidate.withConstants(changed(moves)), rows), law)
    }
    guard let solution, solution.residuals.allSatisfy({ abs($0) <= reach }) else { return nil }
    return candidate.withConstants(changed(solution.parameters))
  }

  /// The rows on the range, and those beyond it where the candidate is defined and not far from the law: a
  /// last correction, whose purpose is digits.
  private func both(_ candidate: Formula) -> JudgedRows {
    let deviations = relativeDeviations(evaluate(candidate, beyondRange.rows), beyondRange.values)
    let near = deviations.indices.filter { abs(deviations[$0]) <= 1 }
    return JudgedRows(
      rows: onRange.rows + near.map { beyondRange.rows[$0] },
      values: onRange.values + near.map { beyondRange.values[$0] })
  }

  /// The integer, half or third nearest to a constant where it is within the limit of adjustment, else the
  /// constant: exponents are such numbers.
  private func nearestSimpleNumber(_ constant: Double) -> Double {
    let choices = [1.0, 2, 3].map { (constant * $0).rounded() / $0 }
    let nearest = choices.min { abs($0 - constant) < abs($1 - constant) } ?? constant
    let isNear =
      nearest != 0 && abs(nearest) <= 12 && abs(constant / nearest - 1) <= largestAdjustment
    return isNear ? nearest : constant
  }
}
