import Foundation

/// The JSON header of a safetensors file.
struct SafetensorsHeader: Codable {
  var tensors: [String: SafetensorsEntry]
  var metadata: [String: String]

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let metadataKey = "__metadata__"

  init(tensors: [String: SafetensorsEntry], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    tensors = [:]
    metadata = [:]
    for key in container.allKeys {
      if key.stringValue == SafetensorsHeader.metadataKey {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        tensors[key.stringValue] = try container.decode(SafetensorsEntry.self, forKey: key)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: Key(stringValue: SafetensorsHeader.metadataKey))
    }
    for (name, tensor) in tensors { try container.encode(tensor, forKey: Key(stringValue: name)) }
  }

  /// Reads the text of a header.
  init(_ text: UnsafeRawBufferPointer, place: ArrayPlace) throws(ArrayFileError) {
    do {
      self = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(text))
    } catch {
      throw .damaged(place: place, reason: "the JSON header of the file cannot be understood")
    }
  }

  /// The header as it begins a file: its length, then JSON padded to a multiple of 8 bytes.
  var text: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers can always be encoded.
    guard var json = try? encoder.encode(self) else { return [] }
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
  }

  /// The names in the order of their bytes, which must fill all `length` bytes behind the header, without
  /// gap or overlap.
  func checkedNames(length: Int, place: ArrayPlace) throws(ArrayFileError) -> [String] {
    let order = tensors.sorted {
      ($0.value.begin, $0.value.end, $0.key) < ($1.value.begin, $1.value.end, $1.key)
    }
    var position = 0
    for (name, tensor) in order {
      guard tensor.begin == position, tensor.end >= tensor.begin, tensor.end <= length else {
        throw .damaged(
          place: ArrayPlace(file: place.file, array: name),
          reason: "its bytes \(tensor.begin) to \(tensor.end) leave a gap, overlap others or lie outside")
      }
      position = tensor.end
    }
    guard position == length else {
      throw .damaged(place: place, reason: "the header speaks of \(position) bytes, but \(length) follow it")
    }
    return order.map(\.key)
  }
}

/// What the header says about one array.
struct SafetensorsEntry: Codable {
  let dtype: String
  let shape: [Int]
  /// Where its bytes begin and end, counted from the end of the header.
  let begin: Int
  let end: Int

  private enum CodingKeys: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  init(dtype: String, shape: [Int], begin: Int, end: Int) {
    self.dtype = dtype
    self.shape = shape
    self.begin = begin
    self.end = end
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    dtype = try container.decode(String.self, forKey: .dtype)
    shape = try container.decode([Int].self, forKey: .shape)
    let offsets = try container.decode([Int].self, forKey: .offsets)
    guard offsets.count == 2, shape.count <= ArrayLimits.mostDimensions else {
      throw DecodingError.dataCorruptedError(forKey: .offsets, in: container, debugDescription: "not two")
    }
    begin = offsets[0]
    end = offsets[1]
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(dtype, forKey: .dtype)
    try container.encode(shape, forKey: .shape)
    try container.encode([begin, end], forKey: .offsets)
  }

  /// The types that are read, by the format's names for them.
  static let kinds: [String: ElementFormat.Kind] = [
    "F16": .float16, "BF16": .brainFloat16, "F32": .float32, "F64": .float64, "I8": .int8, "I16": .int16,
    "I32": .int32, "I64": .int64, "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "BOOL": .bool,
  ]

  /// The name and size of the elements of an array that is written.
  struct WrittenType {
    let name: String
    let size: Int

    /// Nil for texts.
    init?(_ elements: NumericArray.Elements) {
      switch elements {
      case .float32: (name, size) = ("F32", 4)
      case .float64: (name, size) = ("F64", 8)
      case .int32: (name, size) = ("I32", 4)
      case .int64: (name, size) = ("I64", 8)
      case .uint8: (name, size) = ("U8", 1)
      case .bool: (name, size) = ("BOOL", 1)
      case .text: return nil
      }
    }
  }
}
