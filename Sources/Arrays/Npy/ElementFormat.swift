/// How the elements of an array stand in a file.
struct ElementFormat: Equatable {
  enum Kind: Equatable {
    case float16, brainFloat16, float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case bool
    /// Texts of so many UTF-32 characters, padded with zeros.
    case unicode(Int)
    /// Texts of so many bytes, padded with zeros.
    case bytes(Int)
  }

  let kind: Kind
  var isBigEndian = false

  /// Bytes of one element; nil beyond the range of `Int`.
  var size: Int? {
    switch kind {
    case .int8, .uint8, .bool: return 1
    case .float16, .brainFloat16, .int16, .uint16: return 2
    case .float32, .int32, .uint32: return 4
    case .float64, .int64, .uint64: return 8
    case .unicode(let length):
      let (size, overflows) = length.multipliedReportingOverflow(by: 4)
      return overflows ? nil : size
    case .bytes(let length): return length
    }
  }

  /// The elements of `bytes`, which must be `count` times ``size``.
  func elements(
    of bytes: UnsafeRawBufferPointer, count: Int, place: ArrayPlace
  ) throws(ArrayFileError) -> NumericArray.Elements {
    switch kind {
    case .float16: .float32(load(bytes, count, as: UInt16.self, ElementFormat.halfPrecision))
    case .brainFloat16:
      .float32(load(bytes, count, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) })
    case .float32: .float32(load(bytes, count, as: UInt32.self) { Float(bitPattern: $0) })
    case .float64: .float64(load(bytes, count, as: UInt64.self) { Double(bitPattern: $0) })
    case .int8: .int32(load(bytes, count, as: Int8.self) { Int32($0) })
    case .int16: .int32(load(bytes, count, as: Int16.self) { Int32($0) })
    case .int32: .int32(load(bytes, count, as: Int32.self) { $0 })
    case .int64: .int64(load(bytes, count, as: Int64.self) { $0 })
    case .uint8: .uint8(load(bytes, count, as: UInt8.self) { $0 })
    case .uint16: .int32(load(bytes, count, as: UInt16.self) { Int32($0) })
    case .uint32: .int64(load(bytes, count, as: UInt32.self) { Int64($0) })
    case .uint64: .int64(try signed(load(bytes, count, as: UInt64.self) { $0 }, place))
    case .bool: .bool(load(bytes, count, as: UInt8.self) { $0 != 0 })
    case .unicode(let length): .text(try unicodeTexts(bytes, count, length, place))
    case .bytes(let length): .text(try byteTexts(bytes, count, length, place))
    }
  }

  @inline(__always)
  private func load<Word: FixedWidthInteger, Value>(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, as type: Word.Type, _ convert: (Word) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { target, filled in
      for index in 0..<count {
        let word = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self)
        target.initializeElement(
          at: index, to: convert(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word)))
      }
      filled = count
    }
  }

  private func signed(_ words: [UInt64], _ place: ArrayPlace) throws(ArrayFileError) -> [Int64] {
    if let word = words.first(where: { $0 > Int64.max }) {
      throw .unsupported(
        place: place, reason: "the number \(word) leaves the range of 64-bit integers with a sign",
        remedy: "write the array as float64, with astype(float)")
    }
    return words.map { Int64($0) }
  }

  private func unicodeTexts(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ length: Int, _ place: ArrayPlace
  ) throws(ArrayFileError) -> [String] {
    let words = load(bytes, count * length, as: UInt32.self) { $0 }
    var texts: [String] = []
    texts.reserveCapacity(count)
    for index in 0..<count {
      var scalars = String.UnicodeScalarView()
      let cell = words[(index * length)..<((index + 1) * length)]
      for word in cell[..<((cell.lastIndex { $0 != 0 } ?? cell.startIndex - 1) + 1)] {
        guard let scalar = Unicode.Scalar(word) else {
          throw .damaged(place: place, reason: "text number \(index) holds \(word), which is no character")
        }
        scalars.append(scalar)
      }
      texts.append(String(scalars))
    }
    return texts
  }

  private func byteTexts(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ length: Int, _ place: ArrayPlace
  ) throws(ArrayFileError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for index in 0..<count {
      let cell = bytes[(index * length)..<((index + 1) * length)]
      let used = cell[..<((cell.lastIndex { $0 != 0 } ?? cell.startIndex - 1) + 1)]
      guard let text = String(validating: used, as: UTF8.self) else {
        throw .unsupported(
          place: place, reason: "text number \(index) is not UTF-8",
          remedy: "write the array as text, with astype(str)")
      }
      texts.append(text)
    }
    return texts
  }

  /// The number that 16 bits mean in IEEE 754 half precision.
  static func halfPrecision(_ word: UInt16) -> Float {
    let sign: Float = word & 0x8000 == 0 ? 1 : -1
    let exponent = Int(word >> 10 & 0x1F)
    let fraction = UInt32(word & 0x3FF)
    switch exponent {
    case 0: return sign * Float(fraction) * 0x1p-24
    case 31:
      return Float(bitPattern: UInt32(word & 0x8000) << 16 | 0x7F80_0000 | fraction << 13)
    default:
      return Float(
        bitPattern: UInt32(word & 0x8000) << 16 | UInt32(exponent + 112) << 23 | fraction << 13)
    }
  }
}
