/// The values of one column, laid out for kernels that work on whole tiles of rows.
///
/// The values lie in one block that is aligned to 64 bytes and padded to a multiple of ``tileRows`` rows with
/// copies of the last value, so that a kernel may read (never write) whole tiles. A column never changes
/// after its initialiser returns, which is what makes it safe to share between threads.
public final class Column: @unchecked Sendable {
  /// Rows in a tile: the number of stored values is a multiple of this.
  public static let tileRows = 128

  /// Rows, without padding.
  public let count: Int
  /// Rows, padding included: at least one tile.
  public let paddedCount: Int
  /// The ``paddedCount`` stored values; valid as long as the column is.
  public let values: UnsafePointer<Double>

  /// Room for a column of `count` rows and its padding, to be filled and handed to ``init(taking:count:)``.
  static func room(count: Int) -> UnsafeMutablePointer<Double> {
    let padded = paddedCount(count)
    return UnsafeMutableRawPointer.allocate(byteCount: padded * MemoryLayout<Double>.stride, alignment: 64)
      .bindMemory(to: Double.self, capacity: padded)
  }

  private static func paddedCount(_ count: Int) -> Int {
    max(1, (count + tileRows - 1) / tileRows) * tileRows
  }

  /// The column of the `count` values at the beginning of `room`, which belongs to the column from here on.
  init(taking room: UnsafeMutablePointer<Double>, count: Int) {
    self.count = count
    paddedCount = Column.paddedCount(count)
    (room + count).initialize(repeating: count > 0 ? room[count - 1] : 0, count: paddedCount - count)
    values = UnsafePointer(room)
  }

  /// A column of `count` rows whose values `fill` writes, every one of them, into the buffer it is given.
  package convenience init(count: Int, fill: (UnsafeMutableBufferPointer<Double>) -> Void) {
    let room = Column.room(count: count)
    fill(UnsafeMutableBufferPointer(start: room, count: count))
    self.init(taking: room, count: count)
  }

  /// A column of the given values, row by row.
  public convenience init(_ values: [Double]) {
    self.init(count: values.count) { _ = $0.initialize(from: values) }
  }

  /// A column of `count` rows, each the value `repeating`.
  public convenience init(count: Int, repeating value: Double) {
    self.init(count: count) { $0.initialize(repeating: value) }
  }

  deinit {
    UnsafeMutablePointer(mutating: values).deallocate()
  }

  /// The value in `row`, 0 ..< ``count``.
  @inlinable
  public subscript(row: Int) -> Double {
    precondition(row >= 0 && row < count, "row outside the column")
    return values[row]
  }

  /// The values without padding, for as long as the column lives.
  @inlinable
  public var buffer: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: values, count: count) }

  /// A copy of the values, without padding.
  public var array: [Double] { Array(buffer) }

  /// The column of the given rows, in the order given.
  public func rows(_ indices: [Int]) -> Column {
    Column(count: indices.count) { target in
      for (position, row) in indices.enumerated() { target.initializeElement(at: position, to: self[row]) }
    }
  }
}
