/// A fixed number of 32-bit numbers in memory that does not move, aligned for vectors; zero at first.
///
/// Networks write to their buffers from one thread at a time, or from several to parts that do not overlap.
public final class FloatBuffer: @unchecked Sendable {
  /// How many numbers there are.
  public let count: Int
  package let base: UnsafeMutablePointer<Float>

  /// A buffer of `count` zeros.
  public init(count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  /// A buffer with these values.
  public convenience init(_ values: [Float]) {
    self.init(count: values.count)
    copy(values)
  }

  deinit { base.deallocate() }

  /// The values.
  public var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Takes over as many values as the buffer has.
  package func copy(_ values: [Float]) {
    precondition(values.count == count)
    values.withUnsafeBufferPointer { base.update(from: $0.baseAddress ?? UnsafePointer(base), count: count) }
  }
}
