extension Table {
  /// Throws at the first cell, from the top of the file, of the `used` columns that is a word or infinite.
  func checkNumbers(in used: [Int]) throws(DataError) {
    var firstRow = Int.max
    var error: DataError?
    for index in used {
      let column = columns[index]
      if let cell = column.firstWord, cell.row < firstRow {
        firstRow = cell.row
        error = .notANumber(place: cell.place, column: column.name, text: cell.text)
      }
      if let cell = column.firstInfinite, cell.row < firstRow {
        firstRow = cell.row
        error = .infinite(place: cell.place, column: column.name, text: cell.text)
      }
    }
    if let error { throw error }
  }

  /// Throws when a cell of the `used` columns is missing, which ``checkNumbers(in:)`` found to have no words.
  func checkComplete(_ used: [Int]) throws(DataError) {
    let gaps = used.filter { columns[$0].missingCount > 0 }
    let first = gaps.min { (columns[$0].firstMissing?.row ?? 0) < (columns[$1].firstMissing?.row ?? 0) }
    guard let first, let cell = columns[first].firstMissing else { return }
    throw DataError.missing(
      place: cell.place, column: columns[first].name, count: gaps.reduce(0) { $0 + columns[$1].missingCount },
      rows: rowCount - completeRows(gaps).count)
  }

  /// The rows in which none of the `used` columns is missing, ascending.
  func completeRows(_ used: [Int]) -> [Int] {
    let gaps = used.filter { columns[$0].missingCount > 0 }.compactMap { columns[$0].values }
    if gaps.isEmpty { return Array(0..<rowCount) }
    return (0..<rowCount).filter { row in gaps.allSatisfy { !$0[row].isNaN } }
  }
}
