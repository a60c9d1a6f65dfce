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
        mayMove(candidate, to: met), let deviations = deviations(of: met), isEqual(deviations)
      else { continue }
      return (met, largestMove(from: constants, to: met.constants))
    }
    return nil
  }

  /// Whether no constant of the candidate is farther from its place in `met` than it may be moved, unless
  /// nothing comes of it.
  private func mayMove(_ candidate: Formula, to met: Formula) -> Bool {
    let (old, new) = (candidate.constants, met.constants)
    let limits = adjustmentLimits(met)
    return old.indices.allSatisfy { index in
      if abs(new[index] - old[index]) <= limits[index] * abs(old[index]) { return true }
      var changed = new
      changed[index] = old[index]
      let values = evaluate(candidate.withConstants(changed), onRange.rows)
      return relativeDeviations(values, evaluate(met, onRange.rows))
        .allSatisfy { abs($0) <= settings.negligibleEffect }
    }
  }

  /// How far each constant may be moved, relative to its value: what its standard error on the data allows.
  ///
  /// The standard error is σ over the length of what no other constant's derivative explains of this one's.
  private func adjustmentLimits(_ met: Formula) -> [Double] {
    let constants = met.constants
    let least = settings.largestAdjustment
    guard noise > 0 else { return constants.map { _ in least } }
    let derivatives = LevenbergMarquardt.jacobian(
      at: constants.map { _ in 0 }, scales: constants.map { _ in 1 }
    ) { moves in
      evaluate(met.withConstants(zip(constants, moves).map { $0 * (1 + $1) }), data.rows)
    }
    return derivatives.indices.map { index in
      let others = derivatives.indices.filter { $0 != index }.map { derivatives[$0] }
      let own = LevenbergMarquardt.unexplainedFraction(of: [derivatives[index]], by: others)
      let length = GroundTruthData.rootMeanSquare(derivatives[index]) * Double(data.rows.count).squareRoot()
      let error = noise * scale / max(own * length, 1e-300)
      return max(least, min(settings.noisyAdjustment.errors * error, settings.noisyAdjustment.limit))
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

  /// The integer, half or third nearest to a constant where it is near, else the constant: exponents are such
  /// numbers.
  private func nearestSimpleNumber(_ constant: Double) -> Double {
    let choices = [1.0, 2, 3].map { (constant * $0).rounded() / $0 }
    let nearest = choices.min { abs($0 - constant) < abs($1 - constant) } ?? constant
    let reach = settings.largestAdjustment + (noise > 0 ? 0.05 : 0)
    let isNear = nearest != 0 && abs(nearest) <= 12 && abs(constant / nearest - 1) <= reach
    return isNear ? nearest : constant
  }
}
