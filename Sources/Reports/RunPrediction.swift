import Evaluation
import Expressions
import Tables

/// The values of a found equation on the rows of a table.
public struct RunPrediction: Sendable {
  /// One value a row, in the table's order; NaN or an infinity where there is none.
  public let values: [Double]
  /// Rows in which a column that the equation uses has no value.
  public let rowsWithMissing: Int
  /// Other rows on which the equation is not defined.
  public let rowsUndefined: Int

  /// Evaluates the member `index` of the front of `document`; columns are found by name, others are not
  /// looked at.
  ///
  /// - Throws: ``DataError`` when a column that the equation uses is not there, or holds a word or an
  ///   infinite value; ``RunFileError/damaged(path:reason:)`` when the equation cannot be read, which names
  ///   `path` as its origin.
  public init(_ document: RunDocument, member index: Int, on table: Table, path: String) throws {
    let formula = try document.formula(at: index, path: path)
    let columns = try formula.featureIndices.map { try table.values(named: document.features[$0]) }
    let complete = (0..<table.rowCount).filter { row in columns.allSatisfy { !$0[row].isNaN } }
    var values = Array(repeating: Double.nan, count: table.rowCount)
    if !complete.isEmpty {
      // A data set needs a feature, and an equation may be a mere constant.
      var features = zip(formula.featureIndices, columns).map { index, column in
        (name: document.features[index], values: complete.map { column[$0] })
      }
      let zeros = Array(repeating: 0.0, count: complete.count)
      if features.isEmpty { features = [("row", zeros)] }
      var target = "target"
      while features.contains(where: { $0.name == target }) { target += "'" }
      let dataset = try Dataset(features: features, target: (target, zeros), name: table.name)
      let found = try Prediction.values(of: formula, features: document.features, in: dataset)
      for (row, value) in zip(complete, found) { values[row] = value }
    }
    self.values = values
    rowsWithMissing = table.rowCount - complete.count
    rowsUndefined = complete.count { !values[$0].isFinite }
  }
}

extension RunDocument {
  /// The formula of a member of the front.
  ///
  /// - Throws: ``RunFileError/damaged(path:reason:)`` when its text cannot be read.
  public func formula(at index: Int, path: String) throws(RunFileError) -> Formula {
    do {
      return try Formula(parsing: front[index].expression, features: features)
    } catch {
      throw .damaged(path: path, reason: ".front[\(index)].expression: \(error)")
    }
  }
}

extension Table {
  /// The values of a numeric column, NaN where they are missing.
  fileprivate func values(named name: String) throws(DataError) -> [Double] {
    let column = columns[try index(of: name)]
    if let cell = column.firstWord {
      throw .notANumber(place: cell.place, column: name, text: cell.text)
    }
    if let cell = column.firstInfinite { throw .infinite(place: cell.place, column: name, text: cell.text) }
    return column.values?.array ?? Array(repeating: .nan, count: rowCount)
  }
}
