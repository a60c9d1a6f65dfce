import Expressions

/// The law's own form fitted to the written rows: what the best of all answers would have for constants.
package struct ChoiceFit: Sendable {
  /// How much the constants of a fit follow the true sizes of the errors.
  package enum Estimator: CaseIterable {
    /// All rows count the same.
    case leastSquares
    /// Rows count as their errors are likely.
    case likelihood
  }

  /// The form with its fitted constants.
  package let formula: Formula
  /// Constants that were free.
  package let freeCount: Int

  /// Fits the law of `data` from its true constants.
  package init(_ data: ChoiceData, _ estimator: Estimator, evaluate: Evaluator) {
    let truth = data.truth
    let free = ChoiceFit.freeConstants(of: truth)
    freeCount = free.count
    let (rows, targets) = (data.writtenRows, data.writtenTargets)
    let deviations = zip(data.rows, data.exactTargets).map { data.errors.deviation($0, $1) }
    func moved(_ moves: [Double]) -> Formula {
      var constants = truth.constants
      for (index, move) in zip(free, moves) { constants[index] *= 1 + move }
      return truth.withConstants(constants)
    }
    let solution = LevenbergMarquardt.minimise(
      from: free.map { _ in 0 }, scales: free.map { _ in 1 }, stall: 1e-9
    ) { moves in
      let values = evaluate(moved(moves), rows)
      return values.indices.map { index in
        estimator == .leastSquares
          ? (targets[index] - values[index]) / data.errors.scale
          : data.errors.likelihoodResidual(values[index], targets[index], deviations[index])
      }
    }
    formula = moved(solution?.parameters ?? free.map { _ in 0 })
  }

  /// Places, among the constants of a law, of those that are measured: all but whole numbers up to 4, which
  /// belong to its form.
  package static func freeConstants(of law: Formula) -> [Int] {
    let constants = law.constants
    return constants.indices.filter { index in
      let value = abs(constants[index])
      return value > 4 || value.rounded() != value
    }
  }
}
