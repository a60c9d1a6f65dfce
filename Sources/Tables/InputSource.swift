import Foundation

/// The bytes of a file or pipe, unpacked if need be, of which the first can be looked at before they are read.
final class InputSource {
  /// The file's path as it was given, or "standard input".
  let file: String
  private let descriptor: Int32
  private let closes: Bool
  private var gzip: GzipStream?
  private var hasRead = false
  private var pending: [UInt8] = []
  private var pendingBegin = 0
  /// Whether nothing follows what is pending.
  private var isEnd = false

  /// Bytes by which other formats are told.
  private static let signatureBytes = 512

  /// Opens the file at `path` (`-`: standard input). Throws when it is of a kind that is no text.
  init(path: String) throws(DataError) {
    file = path == "-" ? "standard input" : path.isEmpty ? "\"\"" : path
    if path == "-" {
      descriptor = 0
      closes = false
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      closes = true
    }
    if descriptor < 0 { throw DataError.unreadable(file: file, reason: String(cString: strerror(errno))) }
    let begin = try peek(Self.signatureBytes)
    if begin.starts(with: [0x1F, 0x8B]) {
      gzip = try GzipStream(file: file, begin: Array(begin))
      pending = []
      isEnd = false
    }
    try refuseOtherFormats(peek(Self.signatureBytes), file: file)
  }

  deinit {
    if closes && descriptor >= 0 { close(descriptor) }
  }

  /// The next bytes, at least `count` unless the input ends before, and whether it does. They stay unread.
  func peek(_ count: Int) throws(DataError) -> ArraySlice<UInt8> {
    if pendingBegin > 0 {
      pending.removeFirst(pendingBegin)
      pendingBegin = 0
    }
    while pending.count < count && !isEnd {
      let old = pending.count
      pending.append(contentsOf: repeatElement(0, count: count - old))
      var read = 0
      var failure: DataError?
      pending.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        do throws(DataError) { read = try readOn(base + old, count - old) } catch { failure = error }
      }
      if let failure { throw failure }
      pending.removeLast(count - old - read)
      isEnd = read == 0
    }
    return pending[...]
  }

  /// Whether ``peek(_:)`` gave all there is.
  var isPeekedToEnd: Bool { isEnd }

  /// Leaves out the first `count` of the bytes that were looked at.
  func drop(_ count: Int) { pendingBegin += count }

  /// Leaves out `count` lines.
  func dropLines(_ count: Int) throws(DataError) {
    var left = count
    while left > 0 {
      let bytes = try peek(1 << 16)
      if bytes.isEmpty { return }
      var position = bytes.startIndex
      while position < bytes.endIndex, left > 0 {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\r") {
          // The line feed may be in the next piece.
          if position == bytes.endIndex && !isEnd && position > 1 {
            position -= 1
            break
          }
          if position < bytes.endIndex && bytes[position] == UInt8(ascii: "\n") { position += 1 }
          left -= 1
        } else if byte == UInt8(ascii: "\n") {
          left -= 1
        }
      }
      drop(position)
    }
  }

  /// Reads up to `count` bytes, at least one unless the input is at its end.
  func read(into target: UnsafeMutableRawPointer, count: Int) throws(DataError) -> Int {
    let given = min(count, pending.count - pendingBegin)
    if given == 0 {
      pending = []
      pendingBegin = 0
      return isEnd ? 0 : try readOn(target, count)
    }
    pending.withUnsafeBytes { target.copyMemory(from: $0.baseAddress! + pendingBegin, byteCount: given) }
    pendingBegin += given
    return given
  }

  private func readOn(_ target: UnsafeMutableRawPointer, _ count: Int) throws(DataError) -> Int {
    guard let gzip else { return try readFile(target, count) }
    return try gzip.read(into: target, count: count) { (room, count) throws(DataError) in
      try readFile(room, count)
    }
  }

  private func readFile(_ target: UnsafeMutableRawPointer, _ count: Int) throws(DataError) -> Int {
    while true {
      let found = Foundation.read(descriptor, target, count)
      if found >= 0 {
        hasRead = hasRead || found > 0
        return found
      }
      if errno == EINTR { continue }
      let reason = String(cString: strerror(errno))
      // What fails at the first byte, such as a directory, is no file to read from.
      throw hasRead
        ? DataError.readFailed(file: file, reason: reason) : DataError.unreadable(file: file, reason: reason)
    }
  }
}
