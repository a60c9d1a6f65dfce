import Foundation

/// Bytes that never change, read through checked offsets.
///
/// Whoever holds ``bytes`` must keep the object alive as long.
final class FileBytes: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  var count: Int { bytes.count }

  private init(taking room: UnsafeMutableRawBufferPointer) { bytes = UnsafeRawBufferPointer(room) }

  /// A copy of `array`.
  convenience init(_ array: [UInt8]) {
    let room = FileBytes.room(array.count)
    room.copyBytes(from: array)
    self.init(taking: room)
  }

  /// `count` bytes that `fill` writes, every one of them, unless it throws.
  convenience init(
    count: Int, fill: (UnsafeMutableRawBufferPointer) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let room = FileBytes.room(count)
    do { try fill(room) } catch {
      room.deallocate()
      throw error
    }
    self.init(taking: room)
  }

  /// The whole of the file at `path`, in one piece.
  convenience init(contentsOf path: String, limits: ArrayLimits) throws(ArrayFileError) {
    let file = path.isEmpty ? "\"\"" : path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileBytes.unreadable(file) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileBytes.unreadable(file) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "it is no regular file"
      throw .unreadable(file: file, reason: kind)
    }
    let size = Int(status.st_size)
    guard size <= limits.largestFile else {
      throw .tooLarge(
        place: ArrayPlace(file: file),
        reason: "the file has \(size) bytes where at most \(limits.largestFile) are read")
    }
    try self.init(count: size) { room throws(ArrayFileError) in
      var filled = 0
      while filled < size {
        let count = read(descriptor, room.baseAddress! + filled, min(size - filled, 1 << 30))
        if count > 0 {
          filled += count
        } else if count == 0 {
          throw .damaged(place: ArrayPlace(file: file), reason: "the file became shorter while it was read")
        } else if errno != EINTR {
          throw FileBytes.unreadable(file)
        }
      }
    }
  }

  deinit { bytes.deallocate() }

  private static func room(_ count: Int) -> UnsafeMutableRawBufferPointer {
    .allocate(byteCount: max(1, count), alignment: 64).prefixed(count)
  }

  private static func unreadable(_ file: String) -> ArrayFileError {
    .unreadable(file: file, reason: String(cString: strerror(errno)))
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func prefixed(_ count: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: self[..<count])
  }
}

extension UnsafeRawBufferPointer {
  /// The little-endian integer at `offset`; nil when it does not lie in the buffer as a whole.
  func integer<Word: FixedWidthInteger>(_ type: Word.Type, at offset: Int) -> Word? {
    let size = MemoryLayout<Word>.size
    guard offset >= 0, count >= size, offset <= count - size else { return nil }
    return Word(littleEndian: loadUnaligned(fromByteOffset: offset, as: Word.self))
  }

  /// `length` bytes from `offset` on; nil when they do not lie in the buffer as a whole.
  func part(at offset: Int, length: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
    return UnsafeRawBufferPointer(rebasing: self[offset..<(offset + length)])
  }

  /// Whether the bytes begin with those of `signature`.
  func begins(with signature: [UInt8]) -> Bool { starts(with: signature) }
}
