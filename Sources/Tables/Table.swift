/// What a file of comma-separated values, or of arrays, held: named columns, the numeric ones with their values.
///
/// A table knows nothing of roles; several ``Dataset`` values, say one for each target, can be made from one
/// table without reading or copying again. The reader is the project's own because the packages there are
/// read about 5 MB/s (SwiftCSV 0.10), a hundredth of what this one reads.
public struct Table: Sendable {
  /// The file's path as it was given, or "standard input".
  public let file: String
  /// The file's name without folders.
  public let name: String
  /// All columns, in the order of the file.
  public internal(set) var columns: [TableColumn]
  /// Rows below the header.
  public let rowCount: Int
  /// What a reader of the results should know about how the file was read.
  public let notes: [String]

  private let indices: [String: Int]
  /// Which columns are the inputs and outputs of a recorded function, if the file says so.
  let recorded: RecordedColumns?
  private let origin: Origin
  /// Whether the columns' names are from the file, rather than x1, x2, ... and y.
  private let isNamed: Bool

  /// What rows are called in error texts.
  enum Origin: Sendable {
    case lines(RowLines)
    case arrays
    case memory
  }

  init(
    file: String, columns: [TableColumn], rowCount: Int, origin: Origin, notes: [String],
    recorded: RecordedColumns? = nil, isNamed: Bool = true
  ) {
    self.file = file
    name = file.split(separator: "/").last.map(String.init) ?? file
    self.columns = columns
    self.rowCount = rowCount
    self.origin = origin
    self.recorded = recorded
    self.notes = notes
    self.isNamed = isNamed
    indices = Table.indices(of: columns)
  }

  /// A table of values that are in memory already.
  ///
  /// Throws when there are no columns or rows, a name is empty or there twice, or the columns differ in
  /// length. NaN counts as missing.
  public init(columns: [(name: String, values: [Double])], name: String = "data") throws(DataError) {
    file = name
    self.name = name
    origin = .memory
    recorded = nil
    isNamed = true
    rowCount = columns.first?.values.count ?? 0
    notes = []
    try checkNames(columns.map(\.name), place: .file(name))
    for column in columns where column.values.count != rowCount {
      throw DataError.unequalCounts(column: column.name, count: column.values.count, expected: rowCount)
    }
    if rowCount == 0 { throw DataError.noRows(file: name) }
    self.columns = columns.map { TableColumn(name: $0.name, values: $0.values) }
    indices = Table.indices(of: self.columns)
  }

  private static func indices(of columns: [TableColumn]) -> [String: Int] {
    Dictionary(zip(columns.map(\.name), columns.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The names of all columns.
  public var columnNames: [String] { columns.map(\.name) }

  /// The index of the column `name`; throws ``DataError/unknownColumn(place:name:nearest:known:)``.
  public func index(of name: String) throws(DataError) -> Int {
    if let index = indices[name] { return index }
    // Without a header the last column is y; beside files with one column more it is just another.
    if !isNamed && name == "x\(columns.count)" { return columns.count - 1 }
    throw DataError.unknownColumn(
      place: .file(file), name: name, nearest: nearestNames(to: name, among: columnNames), known: columnNames)
  }

  /// The columns of these names, in the order given, for evaluating an equation on new data.
  ///
  /// Throws when one is not there, or holds a word, an infinite or a missing value.
  public func numericColumns(_ names: [String]) throws(DataError) -> [Column] {
    var used: [Int] = []
    for name in names { used.append(try index(of: name)) }
    try checkNumbers(in: used)
    try checkComplete(used)
    return used.compactMap { columns[$0].values }
  }

  /// Where row `row` is, for error texts.
  func place(ofRow row: Int) -> DataPlace {
    switch origin {
    case .lines(let lines): .line(file: file, line: lines.line(of: row))
    case .arrays: .arrayRow(file: file, array: nil, row: row)
    case .memory: .row(row)
    }
  }
}
