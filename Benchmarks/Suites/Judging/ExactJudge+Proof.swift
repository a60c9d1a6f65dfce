import Algebra
import Expressions

extension ExactJudge {
  /// How a candidate whose values are the law's can be shown to be it.
  ///
  /// Its constants are written in exact forms, such as 1 / (4 π) for 0.0795…, and algebra is asked whether the
  /// result equals the law wherever both are defined. A wrong guess of a form can only fail there.
  func proof(of candidate: Formula) -> Verdict.Proof {
    guard let exact = withoutTraces(candidate).withExactConstants(), let deviations = deviations(of: exact),
      isEqual(deviations)
    else { return .numeric }
    let answer = Equivalence.decide(
      exact, problem.law, assuming: Assumptions(positiveFeatures: positiveFeatures))
    return answer == .equal ? .algebra : .numeric
  }

  /// The candidate with zero in place of constants that stand for it: 1e-19 where a term has no part.
  private func withoutTraces(_ candidate: Formula) -> Formula {
    var constants = candidate.constants
    for index in constants.indices where abs(constants[index]) < 1e-6 {
      var changed = constants
      changed[index] = 0
      if let deviations = deviations(of: candidate.withConstants(changed)), isEqual(deviations) {
        constants = changed
      }
    }
    return candidate.withConstants(constants)
  }

  /// Features that are positive on the ranges of the data, as the rows that decide are.
  private var positiveFeatures: Set<Int> {
    Set(problem.features.indices.filter { index in onRange.rows.allSatisfy { $0[index] > 0 } })
  }
}
