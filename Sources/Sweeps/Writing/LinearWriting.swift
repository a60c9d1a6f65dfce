import Expressions

/// Writes a target as a sum of library expressions.
enum LinearWriting {
  /// Expressions for the data's target, with coefficients as they are fitted and as simple numbers.
  static func candidates(
    _ target: TargetTransform, _ terms: [Int], _ library: LinearLibrary, _ operators: OperatorSet,
    _ writer: ProductWriter
  ) -> [SweepCandidate] {
    let sample = library.library.sample
    var span = LeastSquares(weights: target.weights)
    guard span.add(sample.ones) else { return [] }
    for term in terms {
      guard span.add(Vector(library.library.row(library.members[term]))) else { return [] }
    }
    let fit = span.fit(target.values, rows: sample.rowCount)
    let share = fit.residual / sample.targetSquares
    let expressions = terms.map { Array(library.library.expression(library.members[$0])) }
    return LinearCoefficients.variants(fit, isScaleFree: target.isScaleFree).compactMap { coefficients in
      let parts = zip(coefficients.dropFirst(), expressions).map { (coefficient: $0, expression: $1) }
      guard let sum = ExpressionWriting.sum(parts, constant: coefficients[0], operators),
        let nodes = target.expression(sum, writer, operators)
      else { return nil }
      return SweepCandidate(nodes: nodes, residualShare: share)
    }
  }
}
