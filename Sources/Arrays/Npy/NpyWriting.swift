extension Npy {
  /// Signature, version and header of `array`, padded so that the elements begin at a multiple of 64 bytes.
  static func header(of array: NumericArray) -> [UInt8] {
    let lengths = array.shape.map { "\($0)" }.joined(separator: ", ")
    let tuple = array.rank == 1 ? "(\(lengths),)" : "(\(lengths))"
    var text = "{'descr': '\(array.elements.npyDescription)', 'fortran_order': False, 'shape': \(tuple), }"
    // The signature, version and length before it take 10 bytes, the line end after it one.
    text += String(repeating: " ", count: (64 - (text.utf8.count + 11) % 64) % 64) + "\n"
    let length = UInt16(text.utf8.count)
    return signature + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}

extension NumericArray {
  /// Calls `body` with the elements as they stand in files: little-endian, texts as padded UTF-32.
  ///
  /// All platforms that Swift runs on are little-endian, so numbers are written as they lie in memory.
  func withLittleEndianBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    switch elements {
    case .float32(let values): values.withUnsafeBytes(body)
    case .float64(let values): values.withUnsafeBytes(body)
    case .int32(let values): values.withUnsafeBytes(body)
    case .int64(let values): values.withUnsafeBytes(body)
    case .uint8(let values): values.withUnsafeBytes(body)
    case .bool(let values): values.map { $0 ? 1 as UInt8 : 0 }.withUnsafeBytes(body)
    case .text(let texts):
      let length = NumericArray.longestText(texts)
      var words: [UInt32] = []
      words.reserveCapacity(texts.count * length)
      for text in texts {
        let scalars = text.unicodeScalars.map(\.value)
        words += scalars
        words += repeatElement(0, count: length - scalars.count)
      }
      words.withUnsafeBytes(body)
    }
  }

  /// The characters of the longest text, at least one: a text of none takes no room.
  fileprivate static func longestText(_ texts: [String]) -> Int {
    texts.reduce(1) { max($0, $1.unicodeScalars.count) }
  }
}

extension NumericArray.Elements {
  /// The type in the words of an `.npy` header.
  fileprivate var npyDescription: String {
    switch self {
    case .float32: "<f4"
    case .float64: "<f8"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .bool: "|b1"
    case .text(let texts): "<U\(NumericArray.longestText(texts))"
    }
  }
}
