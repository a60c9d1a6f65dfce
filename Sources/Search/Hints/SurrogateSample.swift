import Evaluation
import Expressions
import Tables

/// What hints are read off: values and exact derivatives of a formula that fits the data well, on a few
/// hundred rows and on the same rows with one feature exchanged between them.
package struct SurrogateSample {
  /// Values of each feature, row by row.
  package let features: [[Double]]
  /// Values of the formula.
  package let values: [Double]
  /// Derivatives by each feature.
  package let gradients: [[Double]]
  /// Features that occur in the formula, ascending.
  package let used: [Int]
  /// For each feature that is used, values and derivatives where this feature has another row's value and the
  /// others have their own.
  package let exchanged: [Int: (values: [Double], gradients: [[Double]])]
  /// The share of the target's variance that the formula leaves unexplained.
  package let unexplained: Double

  /// Evaluates `formula` on all rows of `data`, which should be some hundreds.
  package init(_ formula: Formula, on data: EvaluationData, with evaluator: Evaluator) {
    let rows = 0..<data.rowCount
    features = (0..<data.featureCount).map { feature in rows.map { data.feature(feature, row: $0) } }
    used = formula.featureIndices
    (values, gradients) = evaluator.gradients(of: formula, on: data)
    unexplained = 1 - evaluator.determination(formula, on: data)
    let columns = features.map { Column($0) }
    let target = Column(rows.map { data.target(row: $0) })
    // Half the rows away: of sorted rows, too, a partner far off.
    let partners = rows.map { ($0 + data.rowCount / 2) % data.rowCount }
    var exchanged: [Int: (values: [Double], gradients: [[Double]])] = [:]
    for feature in used {
      var moved = columns
      moved[feature] = Column(partners.map { data.feature(feature, row: $0) })
      exchanged[feature] = evaluator.gradients(
        of: formula, on: EvaluationData(features: moved, target: target, weights: nil, precision: .double))
    }
    self.exchanged = exchanged
  }
}
