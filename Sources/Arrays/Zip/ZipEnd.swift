/// The record at the end of a ZIP archive, which says where its directory is.
struct ZipEnd {
  let count: Int
  let directoryOffset: Int
  let directorySize: Int

  /// Finds the record in `bytes`: it is followed by a comment of at most 65,535 bytes and nothing else.
  init(_ bytes: UnsafeRawBufferPointer, place: ArrayPlace) throws(ArrayFileError) {
    func damaged(_ reason: String) -> ArrayFileError { .damaged(place: place, reason: reason) }

    guard bytes.begins(with: Array("PK".utf8)) else {
      throw ForeignFormat.error(bytes, place: place, wanted: "npz")
    }
    var position = bytes.count - 22
    let last = max(0, position - 0xFFFF)
    while position >= last {
      if bytes.integer(UInt32.self, at: position) == 0x0605_4B50,
        let comment = bytes.integer(UInt16.self, at: position + 20),
        position + 22 + Int(comment) == bytes.count
      {
        break
      }
      position -= 1
    }
    guard position >= last, position >= 0, let record = bytes.part(at: position, length: 22),
      let disk = record.integer(UInt16.self, at: 4), let startDisk = record.integer(UInt16.self, at: 6),
      let count = record.integer(UInt16.self, at: 10), let size = record.integer(UInt32.self, at: 12),
      let offset = record.integer(UInt32.self, at: 16)
    else { throw damaged("the directory that ends an archive is not there") }

    let locator = position - 20
    if bytes.integer(UInt32.self, at: locator) == 0x0706_4B50 {
      guard let start = bytes.integer(UInt64.self, at: locator + 8).flatMap({ Int(exactly: $0) }),
        let wide = bytes.part(at: start, length: 56), wide.integer(UInt32.self, at: 0) == 0x0606_4B50,
        let count = wide.integer(UInt64.self, at: 32).flatMap({ Int(exactly: $0) }),
        let size = wide.integer(UInt64.self, at: 40).flatMap({ Int(exactly: $0) }),
        let offset = wide.integer(UInt64.self, at: 48).flatMap({ Int(exactly: $0) })
      else { throw damaged("the 64-bit record that ends the archive makes no sense") }
      self.count = count
      directorySize = size
      directoryOffset = offset
    } else {
      guard disk == 0 || disk == .max, startDisk == 0 || startDisk == .max else {
        throw .unsupported(
          place: place, reason: "the archive is split over several files", remedy: "write it as one file")
      }
      self.count = Int(count)
      directorySize = Int(size)
      directoryOffset = Int(offset)
    }
    guard directoryOffset <= position, directorySize <= position - directoryOffset else {
      throw damaged("the directory of the archive lies outside the file")
    }
    // An entry takes 46 bytes at least, so no count can claim more than the file holds.
    guard self.count <= directorySize / 46 else {
      throw damaged("the archive claims more files than it holds")
    }
  }
}
