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
