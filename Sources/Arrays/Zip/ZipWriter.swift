import CZlib

/// Writes a ZIP archive, whose bytes depend on nothing but the contents: no times, no permissions.
struct ZipWriter {
  private let output: AtomicOutput
  private let compresses: Bool
  private let alwaysWide: Bool
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// Begins an archive; `alwaysWide` writes all sizes in 64 bits, which only large archives need.
  init(to output: AtomicOutput, compresses: Bool, alwaysWide: Bool = false) {
    self.output = output
    self.compresses = compresses
    self.alwaysWide = alwaysWide
  }

  /// Adds the file `name`, whose content is `head` followed by `body`.
  mutating func add(
    _ name: String, head: [UInt8], body: UnsafeRawBufferPointer
  ) throws(ArrayFileError) {
    let checksum = zlib_crc32(zlib_crc32(0, head, head.count), body.baseAddress, body.count)
    let size = head.count + body.count
    let packed = compresses ? ZipWriter.deflated(head + body) : nil
    let entry = Entry(
      name: Array(name.utf8), method: packed == nil ? 0 : 8, checksum: checksum,
      packedSize: packed?.count ?? size, size: size, offset: offset, alwaysWide: alwaysWide)
    let header = entry.localHeader
    try output.write(header)
    if let packed {
      try output.write(packed)
    } else {
      try output.write(head)
      try output.write(body)
    }
    offset += header.count + entry.packedSize
    directory += entry.directoryRecord
    count += 1
  }

  /// Writes the directory. The output is not finished by it.
  func finish() throws(ArrayFileError) {
    try output.write(directory)
    var end: [UInt8] = []
    let isWide = alwaysWide || offset >= Int(UInt32.max) || count >= Int(UInt16.max)
    if isWide {
      end.append(0x0606_4B50 as UInt32, 44 as UInt64, 45 as UInt16, 45 as UInt16, 0 as UInt32, 0 as UInt32)
      end.append(UInt64(count), UInt64(count), UInt64(directory.count), UInt64(offset))
      end.append(0x0706_4B50 as UInt32, 0 as UInt32, UInt64(offset + directory.count), 1 as UInt32)
    }
    let narrowCount = isWide ? UInt16.max : UInt16(count)
    end.append(0x0605_4B50 as UInt32, 0 as UInt16, 0 as UInt16, narrowCount, narrowCount)
    end.append(UInt32(clamping: directory.count), isWide ? UInt32.max : UInt32(offset), 0 as UInt16)
    try output.write(end)
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    let room = zlib_deflate_bound(bytes.count)
    let packed = [UInt8](unsafeUninitializedCapacity: room) { target, filled in
      filled = zlib_deflate(bytes, bytes.count, target.baseAddress, room)
    }
    return packed.isEmpty ? nil : packed
  }
}

/// What both headers of a file in an archive say.
private struct Entry {
  let name: [UInt8]
  let method: UInt16
  let checksum: UInt32
  let packedSize: Int
  let size: Int
  let offset: Int
  let alwaysWide: Bool

  private var sizesAreWide: Bool { alwaysWide || max(size, packedSize) >= Int(UInt32.max) }
  private var offsetIsWide: Bool { alwaysWide || offset >= Int(UInt32.max) }

  /// Version, flags (the name is UTF-8), method, time (the first of January 1980), checksum and sizes.
  private var common: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(sizesAreWide || offsetIsWide ? 45 : 20 as UInt16, 0x0800 as UInt16, method)
    bytes.append(0 as UInt16, 0x0021 as UInt16, checksum)
    bytes.append(sizesAreWide ? UInt32.max : UInt32(packedSize), sizesAreWide ? UInt32.max : UInt32(size))
    bytes.append(UInt16(name.count))
    return bytes
  }

  /// The 64-bit values that do not fit: sizes, and in the directory the offset.
  private func extra(withOffset: Bool) -> [UInt8] {
    var values: [UInt8] = []
    if sizesAreWide { values.append(UInt64(size), UInt64(packedSize)) }
    if withOffset, offsetIsWide { values.append(UInt64(offset)) }
    if values.isEmpty { return [] }
    var bytes: [UInt8] = []
    bytes.append(1 as UInt16, UInt16(values.count))
    return bytes + values
  }

  var localHeader: [UInt8] {
    let extra = extra(withOffset: false)
    var bytes: [UInt8] = []
    bytes.append(0x0403_4B50 as UInt32)
    bytes += common
    bytes.append(UInt16(extra.count))
    return bytes + name + extra
  }

  var directoryRecord: [UInt8] {
    let extra = extra(withOffset: true)
    var bytes: [UInt8] = []
    bytes.append(0x0201_4B50 as UInt32, 45 as UInt16)
    bytes += common
    bytes.append(UInt16(extra.count), 0 as UInt16, 0 as UInt16, 0 as UInt16, 0 as UInt32)
    bytes.append(offsetIsWide ? UInt32.max : UInt32(offset))
    return bytes + name + extra
  }
}

extension [UInt8] {
  /// Appends integers, little-endian.
  fileprivate mutating func append<each Word: FixedWidthInteger>(_ words: repeat each Word) {
    for word in repeat each words {
      Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
    }
  }
}
