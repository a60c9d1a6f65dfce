/// Columns of 64-bit numbers that are written again and again, laid out for the vector kernels: what a formula
/// is evaluated on when its rows come from elsewhere than a data set.
package final class ColumnBlock {
  /// How many columns there are.
  package let count: Int
  /// Most rows of a column.
  package let capacity: Int
  /// The columns, as the kernels take them.
  let pointers: UnsafeMutablePointer<UnsafePointer<Double>?>
  private let memory: UnsafeMutablePointer<Double>
  private let stride: Int

  /// `columns` columns of zeros with room for `rows` rows.
  package init(columns: Int, rows: Int) {
    count = columns
    capacity = rows
    let padding = EvaluationData.padding
    stride = max(1, (rows + padding - 1) / padding) * padding
    memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, columns) * stride * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: max(1, columns) * stride)
    memory.initialize(repeating: 0, count: max(1, columns) * stride)
    pointers = .allocate(capacity: max(1, columns))
    for column in 0..<columns { pointers[column] = UnsafePointer(memory + column * stride) }
  }

  deinit {
    memory.deallocate()
    pointers.deallocate()
  }

  /// The rows of a column.
  package subscript(column: Int) -> UnsafeMutablePointer<Double> { memory + column * stride }

  /// Repeats the last of `rows` rows (1 at least) of these columns up to a whole tile, which kernels read.
  package func pad(_ columns: some Sequence<Int>, rows: Int) {
    let padding = EvaluationData.padding
    let end = (rows + padding - 1) / padding * padding
    for column in columns {
      (self[column] + rows).update(repeating: self[column][rows - 1], count: end - rows)
    }
  }
}
