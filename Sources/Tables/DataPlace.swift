/// Where in the data something was found, as error texts begin.
public enum DataPlace: Sendable, Equatable, CustomStringConvertible {
  /// A file as a whole.
  case file(String)
  /// A 1-based line of a file.
  case line(file: String, line: Int)
  /// A 0-based row of values that did not come from a file.
  case row(Int)

  /// `data.csv`, `data.csv:17` or `row 16 of the values`.
  public var description: String {
    switch self {
    case .file(let file): file
    case .line(let file, let line): "\(file):\(line)"
    case .row(let row): "row \(row) of the values"
    }
  }
}
