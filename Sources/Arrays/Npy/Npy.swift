/// NumPy's format for one array: versions 1, 2 and 3 are read, version 1 is written.
public enum Npy {
  static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The array in the `.npy` file at `path`.
  public static func read(
    contentsOf path: String, limits: ArrayLimits = ArrayLimits()
  ) throws(ArrayFileError) -> NumericArray {
    let content = try FileBytes(contentsOf: path, limits: limits)
    defer { withExtendedLifetime(content) {} }
    return try array(in: content.bytes, place: ArrayPlace(file: path))
  }

  /// Writes `array` as the `.npy` file at `path`, which is there whole or not at all.
  public static func write(_ array: NumericArray, to path: String) throws(ArrayFileError) {
    let output = try AtomicOutput(path: path)
    try output.write(header(of: array))
    var failed: ArrayFileError?
    array.withLittleEndianBytes { bytes in
      do throws(ArrayFileError) { try output.write(bytes) } catch { failed = error }
    }
    if let failed { throw failed }
    try output.finish()
  }

  /// The array that `bytes`, the content of an `.npy` file, hold; `place` is where they are, for messages.
  package static func array(in bytes: [UInt8], place: ArrayPlace) throws(ArrayFileError) -> NumericArray {
    let content = FileBytes(bytes)
    defer { withExtendedLifetime(content) {} }
    return try array(in: content.bytes, place: place)
  }

  static func array(
    in bytes: UnsafeRawBufferPointer, place: ArrayPlace
  ) throws(ArrayFileError) -> NumericArray {
    guard bytes.begins(with: signature) else { throw ForeignFormat.error(bytes, place: place, wanted: "npy") }
    guard let major = bytes.integer(UInt8.self, at: 6), let short = bytes.integer(UInt16.self, at: 8) else {
      throw .damaged(place: place, reason: "the array has only \(bytes.count) bytes")
    }
    guard (1...3).contains(major) else {
      throw .unsupported(
        place: place, reason: "the array is in version \(major) of NumPy's format",
        remedy: "write it in version 1, 2 or 3")
    }
    let start = major == 1 ? 10 : 12
    guard let length = major == 1 ? Int(short) : bytes.integer(UInt32.self, at: 8).map({ Int($0) }),
      length <= ArrayLimits.longestHeader, let text = bytes.part(at: start, length: length)
    else { throw .damaged(place: place, reason: "the header of the array reaches beyond its end") }
    let header = try NpyHeader(text, place: place)
    let rest = UnsafeRawBufferPointer(rebasing: bytes[(start + length)...])
    return try array(
      of: header.format, shape: header.shape, isFortranOrder: header.isFortranOrder, in: rest, place: place)
  }

  /// The array of this format and shape that takes up `bytes` exactly.
  static func array(
    of format: ElementFormat, shape: [Int], isFortranOrder: Bool = false, in bytes: UnsafeRawBufferPointer,
    place: ArrayPlace
  ) throws(ArrayFileError) -> NumericArray {
    guard let count = NumericArray.elementCount(of: shape), let size = format.size,
      case let (expected, overflows) = count.multipliedReportingOverflow(by: size), !overflows
    else {
      throw .damaged(place: place, reason: "the shape \(shape) is larger than any file can be")
    }
    // Texts without characters take no room, so any number of them could be claimed.
    if size == 0, count > 0 {
      throw .unsupported(
        place: place, reason: "it holds \(count) texts of no characters", remedy: "leave the array out")
    }
    guard bytes.count == expected else {
      throw .damaged(
        place: place,
        reason: "its shape \(shape) takes \(expected) bytes, but \(bytes.count) are there")
    }
    var elements = try format.elements(of: bytes, count: count, place: place)
    if isFortranOrder, shape.count > 1, count > 0 { elements = elements.reordered(shape: shape) }
    return NumericArray(shape: shape, elements: elements)
  }
}

extension NumericArray.Elements {
  /// The elements in row-major order, which are in column-major order now: the first index runs fastest.
  fileprivate func reordered(shape: [Int]) -> NumericArray.Elements {
    switch self {
    case .float32(let values): .float32(rowMajor(values, shape))
    case .float64(let values): .float64(rowMajor(values, shape))
    case .int32(let values): .int32(rowMajor(values, shape))
    case .int64(let values): .int64(rowMajor(values, shape))
    case .uint8(let values): .uint8(rowMajor(values, shape))
    case .bool(let values): .bool(rowMajor(values, shape))
    case .text(let values): .text(rowMajor(values, shape))
    }
  }
}

private func rowMajor<Value>(_ values: [Value], _ shape: [Int]) -> [Value] {
  var strides: [Int] = []
  var product = 1
  for length in shape {
    strides.append(product)
    product *= length
  }
  let last = shape.count - 1
  var index = [Int](repeating: 0, count: shape.count)
  var start = 0
  var result: [Value] = []
  result.reserveCapacity(values.count)
  while result.count < values.count {
    for position in 0..<shape[last] { result.append(values[start + position * strides[last]]) }
    var dimension = last - 1
    while dimension >= 0 {
      index[dimension] += 1
      start += strides[dimension]
      if index[dimension] < shape[dimension] { break }
      start -= shape[dimension] * strides[dimension]
      index[dimension] = 0
      dimension -= 1
    }
  }
  return result
}
