import CZlib

/// A gzip stream, unpacked as it is read.
final class GzipStream {
  private let unpacker: UnsafeMutablePointer<zlib_gunzip>
  private let file: String
  private var packed: [UInt8]
  private var position: Int
  private var isPackedEnd = false
  private var isEnd = false

  /// A stream whose first bytes, `begin`, were read already.
  init(file: String, begin: [UInt8]) throws(DataError) {
    self.file = file
    packed = begin
    position = 0
    guard let unpacker = zlib_gunzip_begin() else {
      throw .readFailed(file: file, reason: "there is no memory to unpack it")
    }
    self.unpacker = unpacker
  }

  deinit { zlib_gunzip_end(unpacker) }

  /// Unpacks up to `count` bytes, at least one unless the stream is at its end. `readPacked` reads packed bytes.
  func read(
    into target: UnsafeMutableRawPointer, count: Int,
    readPacked: (UnsafeMutableRawPointer, Int) throws(DataError) -> Int
  ) throws(DataError) -> Int {
    var next: UnsafeMutablePointer<UInt8>? = target.assumingMemoryBound(to: UInt8.self)
    var room = count
    while room == count && !isEnd {
      if position == packed.count { try refill(readPacked) }
      if position == packed.count {
        isEnd = true
        if unpacker.pointee.is_inside != 0 { throw damage("end too early") }
        break
      }
      let outcome = packed.withUnsafeBufferPointer { packed in
        var source = packed.baseAddress.map { $0 + position }
        var left = packed.count - position
        defer { position = packed.count - left }
        return zlib_gunzip_next(unpacker, &source, &left, &next, &room)
      }
      switch outcome {
      case zlib_outcome_more: break
      case zlib_outcome_done: isEnd = true
      case zlib_outcome_no_memory: throw .readFailed(file: file, reason: "there is no memory to unpack it")
      default: throw damage("are damaged")
      }
    }
    return count - room
  }

  private func refill(
    _ readPacked: (UnsafeMutableRawPointer, Int) throws(DataError) -> Int
  ) throws(DataError) {
    if isPackedEnd { return }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var read = 0
    var failure: DataError?
    bytes.withUnsafeMutableBytes { room in
      guard let base = room.baseAddress else { return }
      do throws(DataError) { read = try readPacked(base, room.count) } catch { failure = error }
    }
    if let failure { throw failure }
    isPackedEnd = read == 0
    packed = Array(bytes.prefix(read))
    position = 0
  }

  private func damage(_ what: String) -> DataError {
    .notText(
      file: file, reason: "the compressed data (gzip) \(what)",
      remedy: "get the file again; gzip -t FILE tells whether it is whole")
  }
}
