import CNumberParsing
import Foundation

/// A file or pipe, read piece by piece into one buffer that is kept only as large as it has to be.
///
/// Bytes that were not consumed move to the front before more are read; behind the last byte there are always
/// `NUMBER_SCANNER_PADDING` zero bytes.
final class InputBuffer {
  let file: String
  let limit: Int
  private let descriptor: Int32
  private let closes: Bool
  private var capacity: Int
  private var storage: UnsafeMutableRawPointer
  private var begin = 0
  private var filled = 0
  /// Whether the end of the file was reached.
  private(set) var isFinal = false
  private var isChecked = false

  /// Opens the file at `path` (`-`: standard input). The buffer begins with `capacity` bytes and grows to at
  /// most `limit`.
  init(path: String, capacity: Int, limit: Int) throws(DataError) {
    file = path == "-" ? "standard input" : path.isEmpty ? "\"\"" : path
    if path == "-" {
      descriptor = 0
      closes = false
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      closes = true
    }
    // A byte order mark or a signature must fit as a whole.
    let capacity = max(capacity, 4)
    self.capacity = capacity
    self.limit = max(limit, capacity)
    storage = .allocate(byteCount: capacity + Int(NUMBER_SCANNER_PADDING), alignment: 64)
    memset(storage, 0, Int(NUMBER_SCANNER_PADDING))
    if descriptor < 0 { throw DataError.unreadable(file: file, reason: String(cString: strerror(errno))) }
  }

  deinit {
    if closes && descriptor >= 0 { close(descriptor) }
    storage.deallocate()
  }

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
      let count = read(descriptor, storage + filled, capacity - filled)
      if count > 0 {
        filled += count
      } else if count == 0 {
        isFinal = true
      } else if errno != EINTR {
        let reason = String(cString: strerror(errno))
        // What fails at the first byte, such as a directory, is no file to read from.
        throw old == 0 && filled == 0
          ? DataError.unreadable(file: file, reason: reason)
          : DataError.readFailed(file: file, reason: reason)
      }
    }
    memset(storage + filled, 0, Int(NUMBER_SCANNER_PADDING))
    if !isChecked {
      isChecked = true
      try refuseOtherFormats(bytes, file: file)
    }
    if memchr(storage + old, 0, filled - old) != nil {
      throw DataError.notText(
        file: file, reason: "the file holds NUL bytes, so it is binary or not UTF-8 text",
        remedy: "save it as CSV in UTF-8")
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
