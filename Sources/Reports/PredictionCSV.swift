import Tables

/// Predictions as comma-separated values.
package enum PredictionCSV {
  /// A header line and one line for each row; `columns` are equally long, `nan` and `inf` stand for
  /// themselves.
  package static func text(header: [String], columns: [[Double]]) -> String {
    var text = CSVWriter.line(header)
    for row in 0..<(columns.first?.count ?? 0) { text += CSVWriter.line(columns.map { $0[row] }) }
    return text
  }
}
