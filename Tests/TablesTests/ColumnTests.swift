import Tables
import Testing

@Suite("Columns are aligned and padded")
struct ColumnTests {
  @Test("whole tiles, filled up with the last value", arguments: [1, 2, 127, 128, 129, 1_000])
  func padding(count: Int) {
    let values = (0..<count).map { Double($0) + 0.5 }
    let column = Column(values)
    #expect(column.count == count && column.array == values)
    #expect(column.paddedCount % Column.tileRows == 0)
    #expect(column.paddedCount >= count && column.paddedCount < count + Column.tileRows)
    #expect(UInt(bitPattern: column.values) % 64 == 0)
    for row in count..<column.paddedCount { #expect(column.values[row] == values[count - 1]) }
  }

  @Test("no rows are a tile of zeros")
  func empty() {
    let column = Column([])
    #expect(column.count == 0 && column.array.isEmpty && column.paddedCount == Column.tileRows)
    #expect((0..<Column.tileRows).allSatisfy { column.values[$0] == 0 })
  }

  @Test("rows and repeated values")
  func rows() {
    #expect(Column([1, 2, 3]).rows([2, 2, 0]).array == [3, 3, 1])
    #expect(Column(count: 3, repeating: 7).array == [7, 7, 7])
  }
}
