import Expressions
import Tables

/// A column that a formula needs and a data set lacks.
public struct PredictionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The missing column.
  public let column: String
  /// The data set's columns.
  public let available: [String]

  /// What is missing, and what there is.
  public var description: String {
    "the equation uses a column \"\(column)\" that the data do not have; they have: "
      + available.joined(separator: ", ")
  }
}

/// Values of a formula on the rows of a data set.
package enum Prediction {
  /// One value a row; NaN or an infinity where the formula is not defined.
  package static func values(
    of formula: Formula, features: [String], in dataset: Dataset
  ) throws(PredictionError) -> [Double] {
    var indices = Array(repeating: 0, count: features.count)
    for feature in formula.featureIndices {
      let name = features[feature]
      guard let index = dataset.featureNames.firstIndex(of: name) else {
        throw PredictionError(column: name, available: dataset.featureNames)
      }
      indices[feature] = index
    }
    return Evaluator(capacity: formula.complexity, loss: .meanSquaredError)
      .values(of: formula.withFeatures(indices), on: EvaluationData(dataset, precision: .double))
  }
}
