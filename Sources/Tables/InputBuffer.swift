import CNumberParsing
import Foundation

/// A file or pipe, read piece by piece into one buffer that is kept only as large as it has to be.
///
/// Bytes that were not consumed move to the front before more are read; behind the last byte there are always
/// `NUMBER_SCANNER_PADDING` zero bytes.
final class InputBuffer {
  let limit: Int
  private let source: InputSource
  private var capacity: Int
  private var storage: UnsafeMutableRawPointer
  private var begin = 0
  private var filled = 0
  /// Whether the end of the file was reached.
  private(set) var isFinal = false

  /// Reads on from where `source` is. The buffer begins with `capacity` bytes and grows to at most `limit`.
  init(source: InputSource, capacity: Int, limit: Int) {
    self.source = source
    let capacity = max(capacity, 4)
    self.capacity = capacity
    self.limit = max(limit, capacity)
    storage = .allocate(byteCount: capacity + Int(NUMBER_SCANNER_PADDING), alignment: 64)
    memset(storage, 0, Int(NUMBER_SCANNER_PADDING))
  }

  deinit { storage.deallocate() }

  /// The file's path as it was given, or "standard input".
  var file: String { source.file }

  /// The bytes that were read and not consumed.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafePointer((storage + begin).assumingMemoryBound(to: UInt8.self)), count: filled - begin)
  }

  /// Forgets the first `count` of ``bytes``.
  func consume(_ count: Int) { begin += count }

  /// Reads on after what is in ``bytes`` until the buffer is full or the file ends. `line` is where ``bytes``
  /// begin, for the error that a piece of text is too long to be part of a table.
  func fill(line: Int) throws(DataError) {
    memmove(storage, storage + begin, filled - begin)
    filled -= begin
    begin = 0
    if filled == capacity { try grow(line: line) }
    let old = filled
    while filled < capacity && !isFinal {
      let count = try source.read(into: storage + filled, count: capacity - filled)
      filled += count
      isFinal = count == 0
    }
    memset(storage + filled, 0, Int(NUMBER_SCANNER_PADDING))
    if memchr(storage + old, 0, filled - old) != nil {
      throw DataError.holdsNUL(file: file)
    }
  }

  private func grow(line: Int) throws(DataError) {
    if capacity >= limit { throw DataError.tooLong(file: file, line: line, limit: limit) }
    let larger = min(limit, capacity * 2)
    let moved = UnsafeMutableRawPointer.allocate(
      byteCount: larger + Int(NUMBER_SCANNER_PADDING), alignment: 64)
    memcpy(moved, storage, filled)
    storage.deallocate()
    storage = moved
    capacity = larger
  }
}
