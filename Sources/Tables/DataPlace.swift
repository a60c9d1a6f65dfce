/// Where in the data something was found, as error texts begin.
public enum DataPlace: Sendable, Equatable, CustomStringConvertible {
  /// A file as a whole.
  case file(String)
  /// A 1-based line of a file.
  case line(file: String, line: Int)
  /// A 0-based row of an array in a file, or of all its arrays (nil).
  case arrayRow(file: String, array: String?, row: Int)
  /// A 0-based row of values that did not come from a file.
  case row(Int)

  /// `data.csv`, `data.csv:17`, `data.npz: array "x", row 16 (counted from 0)` or `row 16 of the values`.
  public var description: String {
    switch self {
    case .file(let file): file
    case .line(let file, let line): "\(file):\(line)"
    case .arrayRow(let file, let array, let row):
      "\(file): \(array.map { "array \(quoted($0)), " } ?? "")row \(row) (counted from 0)"
    case .row(let row): "row \(row) of the values"
    }
  }
}
