/// Words and numbers that stand for missing values.
struct MissingMarks {
  private let words: [[UInt8]]
  private let numbers: [Double]

  /// Each text is a number if it can be read as one.
  init(_ texts: [String]) {
    words = texts.map { Array($0.utf8) }
    numbers = texts.compactMap {
      switch CellContent($0) {
      case .number(let value), .infinite(let value): value
      case .missing, .word: CellText.dressed($0, separator: UInt8(ascii: ","))?.value
      }
    }
  }

  /// Whether a cell that is no number stands for a missing value.
  func isWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    words.contains { $0.elementsEqual(text) }
  }

  /// Does the same as ``mark(_:in:place:)`` to all columns of a table that nobody else has yet.
  func apply(to table: inout Table) {
    for index in table.columns.indices {
      guard let values = table.columns[index].values else { continue }
      var column = table.columns[index]
      mark(values, in: &column) { table.place(ofRow: $0) }
      table.columns[index] = column
    }
  }

  /// Makes the values of a column that stand for missing ones NaN, and counts them; nobody else may have `values`
  /// yet. `place` says where a row is.
  func mark(_ values: Column, in column: inout TableColumn, place: (Int) -> DataPlace) {
    guard !numbers.isEmpty else { return }
    let storage = UnsafeMutablePointer(mutating: values.values)
    for row in 0..<values.count where numbers.contains(values[row]) {
      let cell = TableColumn.Cell(row: row, place: place(row), text: CSVWriter.cell(values[row]))
      storage[row] = .nan
      column.missingCount += 1
      if row < column.firstMissing?.row ?? .max { column.firstMissing = cell }
      if column.firstInfinite?.row == row { column.firstInfinite = nil }
    }
    guard let last = values.buffer.last else { return }
    for row in values.count..<values.paddedCount { storage[row] = last }
  }
}
