import Foundation

/// Named arrays in the safetensors format: a JSON header and the raw elements, no code.
///
/// Half precision is converted to `float32`, 8- and 16-bit integers to `int32` when they are read. The header
/// must describe every byte of the file once.
public struct Safetensors: Sendable {
  /// The file's path as it was given.
  public let file: String
  /// The names of the arrays, in the order in which they lie in the file.
  public let names: [String]
  /// What the file says about itself.
  public let metadata: [String: String]

  private let content: FileBytes
  private let tensors: [String: SafetensorsEntry]
  private let start: Int

  /// Opens the file at `path`.
  ///
  /// - Throws: ``ArrayFileError`` when there is no such file, or it is no sound safetensors file.
  public init(contentsOf path: String, limits: ArrayLimits = ArrayLimits()) throws(ArrayFileError) {
    try self.init(FileBytes(contentsOf: path, limits: limits), file: path, limits: limits)
  }

  /// Opens the file whose content is `bytes`; `file` stands for it in messages.
  package init(bytes: [UInt8], file: String, limits: ArrayLimits = ArrayLimits()) throws(ArrayFileError) {
    try self.init(FileBytes(bytes), file: file, limits: limits)
  }

  private init(_ content: FileBytes, file: String, limits: ArrayLimits) throws(ArrayFileError) {
    let place = ArrayPlace(file: file)
    defer { withExtendedLifetime(content) {} }
    guard let length = content.bytes.integer(UInt64.self, at: 0).flatMap({ Int(exactly: $0) }),
      length <= Safetensors.longestHeader, let text = content.bytes.part(at: 8, length: length),
      text.first == UInt8(ascii: "{")
    else { throw ForeignFormat.error(content.bytes, place: place, wanted: "safetensors") }
    let header = try SafetensorsHeader(text, place: place)
    guard header.tensors.count <= limits.mostArrays else {
      throw .tooLarge(place: place, reason: "the file has \(header.tensors.count) arrays")
    }
    start = 8 + length
    names = try header.checkedNames(length: content.count - start, place: place)
    metadata = header.metadata
    tensors = header.tensors
    self.content = content
    self.file = file
  }

  /// The longest header, as the format itself has it.
  private static let longestHeader = 100_000_000

  /// Whether there is an array of this name.
  public func contains(_ name: String) -> Bool { tensors[name] != nil }

  /// The array `name`, read anew with every call.
  ///
  /// - Throws: ``ArrayFileError`` when there is none of that name, or it is of a type that is not read.
  public func array(_ name: String) throws(ArrayFileError) -> NumericArray {
    guard let tensor = tensors[name] else { throw .noArray(file: file, name: name, known: names) }
    defer { withExtendedLifetime(content) {} }
    let place = ArrayPlace(file: file, array: name)
    guard let kind = SafetensorsEntry.kinds[tensor.dtype] else {
      throw .unsupported(
        place: place, reason: "elements of the type \(visible(tensor.dtype)) are not read",
        remedy: "convert them, with tensor.float() for example")
    }
    // The offsets were found to lie in the file.
    let bytes = UnsafeRawBufferPointer(
      rebasing: content.bytes[(start + tensor.begin)..<(start + tensor.end)])
    return try Npy.array(of: ElementFormat(kind: kind), shape: tensor.shape, in: bytes, place: place)
  }

  /// Writes `arrays` at `path`, those of the widest elements first so that all are aligned; the file is there
  /// whole or not at all, and the same arrays give the same bytes. Names must differ, and texts cannot be
  /// written.
  public static func write(
    _ arrays: [(name: String, array: NumericArray)], metadata: [String: String] = [:], to path: String
  ) throws(ArrayFileError) {
    var tensors: [(name: String, array: NumericArray, type: SafetensorsEntry.WrittenType)] = []
    for (name, array) in arrays {
      guard let type = SafetensorsEntry.WrittenType(array.elements) else {
        throw .unsupported(
          place: ArrayPlace(file: path, array: name), reason: "texts cannot be kept in safetensors",
          remedy: "put them into the metadata")
      }
      tensors.append((name, array, type))
    }
    tensors.sort { $0.type.size != $1.type.size ? $0.type.size > $1.type.size : $0.name < $1.name }
    var entries: [String: SafetensorsEntry] = [:]
    var offset = 0
    for (name, array, type) in tensors {
      let end = offset + array.count * type.size
      entries[name] = SafetensorsEntry(dtype: type.name, shape: array.shape, begin: offset, end: end)
      offset = end
    }
    precondition(entries.count == arrays.count, "two arrays have the same name")
    let header = SafetensorsHeader(tensors: entries, metadata: metadata).text
    let output = try AtomicOutput(path: path)
    try output.write(header)
    for (_, array, _) in tensors {
      var failed: ArrayFileError?
      array.withLittleEndianBytes { bytes in
        do throws(ArrayFileError) { try output.write(bytes) } catch { failed = error }
      }
      if let failed { throw failed }
    }
    try output.finish()
  }
}
