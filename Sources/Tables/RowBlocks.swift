/// Rows of values as they are read: row by row, in blocks, so that nothing is ever moved to make room.
///
/// Once all rows are there they become columns. Each block is released as soon as its values are copied, and
/// the memory of a column is touched only then, so the values are never held twice, but for one block.
final class RowBlocks {
  private let columns: Int
  private let rowsPerBlock: Int
  private var blocks: [UnsafeMutablePointer<Double>] = []

  /// Room for rows of `columns` values, `blockBytes` or one row at a time.
  init(columns: Int, blockBytes: Int = 4 << 20) {
    self.columns = columns
    rowsPerBlock = max(1, blockBytes / (columns * MemoryLayout<Double>.stride))
  }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Room for the next rows, to be filled row by row.
  func addBlock() -> UnsafeMutableBufferPointer<Double> {
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: rowsPerBlock * columns)
    blocks.append(block.baseAddress!)
    return block
  }

  /// The first `rows` rows as columns, nil for those that are not `wanted`. Releases the rows.
  func takeColumns(rows: Int, wanted: [Bool]) -> [Column?] {
    let targets = wanted.map { $0 ? Column.room(count: rows) : nil }
    for (number, block) in blocks.enumerated() {
      let firstRow = number * rowsPerBlock
      let count = min(rowsPerBlock, rows - firstRow)
      if count > 0 { copy(block, rows: count, to: targets, at: firstRow) }
      block.deallocate()
    }
    blocks = []
    return targets.map { target in target.map { Column(taking: $0, count: rows) } }
  }

  /// Eight columns at a time: that many values share a cache line of the block.
  private func copy(
    _ block: UnsafeMutablePointer<Double>, rows: Int, to targets: [UnsafeMutablePointer<Double>?],
    at firstRow: Int
  ) {
    for group in stride(from: 0, to: columns, by: 8) {
      for first in stride(from: 0, to: rows, by: 64) {
        for column in group..<min(group + 8, columns) {
          guard let target = targets[column] else { continue }
          var source = block + first * columns + column
          for row in first..<min(first + 64, rows) {
            target[firstRow + row] = source.pointee
            source += columns
          }
        }
      }
    }
  }
}
