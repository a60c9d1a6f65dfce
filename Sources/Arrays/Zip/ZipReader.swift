import CZlib

/// A ZIP archive in memory, from which files are unpacked one at a time.
struct ZipReader: Sendable {
  let file: String
  let entries: [ZipEntry]
  private let content: FileBytes
  /// Where the packed bytes of each entry begin.
  private let starts: [Int]

  init(_ content: FileBytes, file: String, limits: ArrayLimits) throws(ArrayFileError) {
    let place = ArrayPlace(file: file)
    defer { withExtendedLifetime(content) {} }
    let directory = try ZipDirectory(content.bytes, place: place, limits: limits)
    var starts: [Int] = []
    for entry in directory.entries {
      starts.append(try ZipReader.start(of: entry, in: content.bytes, before: directory.offset, file: file))
    }
    // Overlapping entries could unpack the same bytes any number of times.
    let order = starts.indices.sorted { starts[$0] < starts[$1] }
    for (one, next) in zip(order, order.dropFirst()) {
      let entry = directory.entries[one]
      guard starts[one] + entry.packedSize <= directory.entries[next].headerOffset else {
        throw .damaged(
          place: ArrayPlace(file: file, array: entry.name),
          reason: "it shares bytes of the archive with \(visible(directory.entries[next].name))")
      }
    }
    self.file = file
    self.content = content
    self.starts = starts
    entries = directory.entries
  }

  /// Takes all bytes of the archive into a hash.
  func update(_ hash: inout ContentHash) {
    defer { withExtendedLifetime(content) {} }
    hash.update(content.bytes)
  }

  /// Where the packed bytes of `entry` begin, behind a local header that must agree with the directory.
  private static func start(
    of entry: ZipEntry, in bytes: UnsafeRawBufferPointer, before limit: Int, file: String
  ) throws(ArrayFileError) -> Int {
    guard let header = bytes.part(at: entry.headerOffset, length: 30),
      header.integer(UInt32.self, at: 0) == 0x0403_4B50,
      header.integer(UInt16.self, at: 8) == entry.method,
      let nameLength = header.integer(UInt16.self, at: 26),
      let extraLength = header.integer(UInt16.self, at: 28),
      let name = bytes.part(at: entry.headerOffset + 30, length: Int(nameLength)),
      name.elementsEqual(entry.name.utf8),
      case let start = entry.headerOffset + 30 + Int(nameLength) + Int(extraLength), start <= limit,
      entry.packedSize <= limit - start
    else {
      throw .damaged(
        place: ArrayPlace(file: file, array: entry.name), reason: "it is not where the archive says")
    }
    return start
  }

  /// The bytes of entry number `index`, unpacked and checked against their checksum. They are those of the
  /// archive itself where nothing is packed, so `body` must not let them out.
  func withContent<Value>(
    of index: Int, _ body: (UnsafeRawBufferPointer) throws(ArrayFileError) -> Value
  ) throws(ArrayFileError) -> Value {
    defer { withExtendedLifetime(content) {} }
    let entry = entries[index]
    let place = ArrayPlace(file: file, array: entry.name)
    // Both were found to lie in the file.
    let packed = UnsafeRawBufferPointer(
      rebasing: content.bytes[starts[index]..<(starts[index] + entry.packedSize)])
    var unpacked: FileBytes?
    if entry.method == 8 {
      unpacked = try FileBytes(count: entry.size) { room throws(ArrayFileError) in
        let outcome = zlib_inflate(packed.baseAddress, packed.count, room.baseAddress, room.count)
        if let reason = ZipReader.reason(outcome) { throw .damaged(place: place, reason: reason) }
      }
    } else if entry.size != entry.packedSize {
      throw .damaged(place: place, reason: "it is not packed and yet has two sizes")
    }
    defer { withExtendedLifetime(unpacked) {} }
    let bytes = unpacked?.bytes ?? packed
    guard zlib_crc32(0, bytes.baseAddress, bytes.count) == entry.checksum else {
      throw .damaged(place: place, reason: "its checksum is wrong")
    }
    return try body(bytes)
  }

  private static func reason(_ outcome: zlib_outcome) -> String? {
    switch outcome {
    case zlib_outcome_done: nil
    case zlib_outcome_more: "it unpacks to more bytes than the archive says"
    case zlib_outcome_less: "it unpacks to fewer bytes than the archive says"
    case zlib_outcome_no_memory: "there is not enough memory to unpack it"
    default: "it cannot be unpacked"
    }
  }
}
