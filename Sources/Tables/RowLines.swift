/// Which line of a file each row began on: kept only where it is not the line after the row before.
struct RowLines: Sendable {
  private var marks: [(row: Int, line: Int)] = []

  /// Row `row`, 0-based and not below any that was noted before, begins on `line`, and those after it on the
  /// lines that follow.
  mutating func note(row: Int, line: Int) { marks.append((row, line)) }

  /// The line that `row` began on.
  func line(of row: Int) -> Int {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return row + 1 }
    return marks[low - 1].line + row - marks[low - 1].row
  }
}
