/// One file in a ZIP archive.
struct ZipEntry {
  let name: String
  /// 0: stored, 8: deflate.
  let method: UInt16
  let checksum: UInt32
  /// Where its local header begins.
  let headerOffset: Int
  let packedSize: Int
  let size: Int
}

/// The central directory of a ZIP archive (PKWARE's APPNOTE 6.3, ZIP64 included), checked so that entries
/// neither overlap nor claim more than they can hold.
struct ZipDirectory {
  let entries: [ZipEntry]
  /// Where the directory begins, and what the entries may not reach into.
  let offset: Int

  /// Reads the directory of the archive `bytes`.
  init(_ bytes: UnsafeRawBufferPointer, place: ArrayPlace, limits: ArrayLimits) throws(ArrayFileError) {
    let end = try ZipEnd(bytes, place: place)
    offset = end.directoryOffset
    guard end.count <= limits.mostArrays else {
      throw .tooLarge(
        place: place, reason: "the archive has \(end.count) files where at most \(limits.mostArrays) are read"
      )
    }
    guard let directory = bytes.part(at: end.directoryOffset, length: end.directorySize) else {
      throw .damaged(place: place, reason: "the directory of the archive lies outside the file")
    }
    var reader = ZipDirectoryReader(directory, place: place)
    var entries: [ZipEntry] = []
    for _ in 0..<end.count { entries.append(try reader.next()) }
    guard reader.isAtEnd else {
      throw .damaged(place: place, reason: "the directory of the archive holds more than it says")
    }
    self.entries = entries
    try checkSizes(place, limits)
  }

  /// Refuses names that occur twice and sizes that cannot be, all together before anything is unpacked.
  private func checkSizes(_ place: ArrayPlace, _ limits: ArrayLimits) throws(ArrayFileError) {
    var names: Set<String> = []
    var total = 0
    for entry in entries {
      let entryPlace = ArrayPlace(file: place.file, array: entry.name)
      guard names.insert(entry.name).inserted else {
        throw .damaged(place: entryPlace, reason: "the archive holds two files of this name")
      }
      guard entry.packedSize <= offset else {
        throw .damaged(place: entryPlace, reason: "it claims more bytes than the archive has")
      }
      // The sizes of packed files are below that of the archive, so the product stays in range.
      let most = entry.method == 0 ? entry.packedSize : entry.packedSize * ArrayLimits.largestRatio + 64
      guard entry.size <= most else {
        throw .damaged(
          place: entryPlace,
          reason: "\(entry.packedSize) packed bytes claim to hold \(entry.size), which cannot be")
      }
      total += entry.size
      guard total <= limits.largestTotal else {
        throw .tooLarge(
          place: place,
          reason: "the arrays take more than \(limits.largestTotal) bytes, the most that is unpacked")
      }
    }
  }
}

/// Takes one entry after the other from the bytes of a central directory.
private struct ZipDirectoryReader {
  private let bytes: UnsafeRawBufferPointer
  private let place: ArrayPlace
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer, place: ArrayPlace) {
    self.bytes = bytes
    self.place = place
  }

  var isAtEnd: Bool { position == bytes.count }

  private var damaged: ArrayFileError {
    .damaged(place: place, reason: "the directory of the archive breaks off")
  }

  mutating func next() throws(ArrayFileError) -> ZipEntry {
    guard let fixed = bytes.part(at: position, length: 46),
      fixed.integer(UInt32.self, at: 0) == 0x0201_4B50,
      let flags = fixed.integer(UInt16.self, at: 8), let method = fixed.integer(UInt16.self, at: 10),
      let checksum = fixed.integer(UInt32.self, at: 16), let packed = fixed.integer(UInt32.self, at: 20),
      let size = fixed.integer(UInt32.self, at: 24), let nameLength = fixed.integer(UInt16.self, at: 28),
      let extraLength = fixed.integer(UInt16.self, at: 30),
      let commentLength = fixed.integer(UInt16.self, at: 32),
      let header = fixed.integer(UInt32.self, at: 42),
      let nameBytes = bytes.part(at: position + 46, length: Int(nameLength)),
      let extra = bytes.part(at: position + 46 + Int(nameLength), length: Int(extraLength)),
      bytes.part(at: position + 46 + Int(nameLength) + Int(extraLength), length: Int(commentLength)) != nil
    else { throw damaged }
    position += 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
    guard let name = String(validating: nameBytes, as: UTF8.self) else {
      throw .unsupported(
        place: place, reason: "the archive holds a file whose name is not UTF-8",
        remedy: "rename the array, in ASCII for example")
    }
    let entryPlace = ArrayPlace(file: place.file, array: name)
    guard flags & 1 == 0 else {
      throw .unsupported(place: entryPlace, reason: "it is encrypted", remedy: "write it without a password")
    }
    guard method == 0 || method == 8 else {
      throw .unsupported(
        place: entryPlace, reason: "it is packed by method \(method), not deflate",
        remedy: "write it with np.savez or np.savez_compressed")
    }
    // Values that do not fit stand in the extra field of ZIP64, in this order, those only.
    var wide = ZipWideValues(extra)
    guard let wholeSize = wide.value(of: size), let wholePacked = wide.value(of: packed),
      let wholeHeader = wide.value(of: header)
    else { throw .damaged(place: entryPlace, reason: "its sizes in the archive's directory make no sense") }
    return ZipEntry(
      name: name, method: method, checksum: checksum, headerOffset: wholeHeader, packedSize: wholePacked,
      size: wholeSize)
  }
}

/// The 64-bit values in an entry's extra field, taken in order by those 32-bit values that stand for them.
private struct ZipWideValues {
  private var field: UnsafeRawBufferPointer?
  private var position = 0

  init(_ extra: UnsafeRawBufferPointer) {
    var start = 0
    while let tag = extra.integer(UInt16.self, at: start),
      let length = extra.integer(UInt16.self, at: start + 2)
    {
      if tag == 1 {
        field = extra.part(at: start + 4, length: Int(length))
        return
      }
      start += 4 + Int(length)
    }
  }

  mutating func value(of narrow: UInt32) -> Int? {
    guard narrow == .max else { return Int(narrow) }
    guard let wide = field?.integer(UInt64.self, at: position) else { return nil }
    position += 8
    return Int(exactly: wide)
  }
}
