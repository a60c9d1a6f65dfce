/// NumPy's archive of named arrays (`.npz`): a ZIP file with one `.npy` file for each array, stored or packed
/// by deflate.
///
/// The directory is read and checked at once, each array when it is asked for. A file that is damaged, or
/// made to harm, ends in an error: no array is larger than the file and ``ArrayLimits`` justify, and nothing
/// is ever unpickled.
public struct ArrayArchive: Sendable {
  /// The file's path as it was given.
  public let file: String
  /// The names of the arrays, in the order of the file.
  public let names: [String]

  private let reader: ZipReader
  private let indices: [String: Int]

  /// Opens the archive at `path`.
  ///
  /// - Throws: ``ArrayFileError`` when there is no such file or it is no archive of arrays.
  public init(contentsOf path: String, limits: ArrayLimits = ArrayLimits()) throws(ArrayFileError) {
    try self.init(FileBytes(contentsOf: path, limits: limits), file: path, limits: limits)
  }

  /// Opens the archive in `bytes`; `file` stands for it in messages.
  package init(
    bytes: [UInt8], file: String, limits: ArrayLimits = ArrayLimits()
  ) throws(ArrayFileError) {
    try self.init(FileBytes(bytes), file: file, limits: limits)
  }

  private init(_ content: FileBytes, file: String, limits: ArrayLimits) throws(ArrayFileError) {
    reader = try ZipReader(content, file: file, limits: limits)
    self.file = file
    var names: [String] = []
    var indices: [String: Int] = [:]
    for (index, entry) in reader.entries.enumerated() where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(4))
      names.append(name)
      indices[name] = index
    }
    if names.isEmpty, !reader.entries.isEmpty { throw ArrayArchive.noArrays(reader) }
    self.names = names
    self.indices = indices
  }

  /// 64 hexadecimal digits that change with any byte of the archive. The same arrays, written alike, have the
  /// same.
  public var contentHash: String {
    var hash = ContentHash()
    reader.update(&hash)
    return hash.digest()
  }

  /// Whether there is an array of this name.
  public func contains(_ name: String) -> Bool { indices[name] != nil }

  /// The array `name`, read anew with every call.
  ///
  /// - Throws: ``ArrayFileError`` when there is none of that name, or it cannot be read.
  public func array(_ name: String) throws(ArrayFileError) -> NumericArray {
    guard let index = indices[name] else { throw .noArray(file: file, name: name, known: names) }
    let place = ArrayPlace(file: file, array: name)
    return try reader.withContent(of: index) { bytes throws(ArrayFileError) in
      try Npy.array(in: bytes, place: place)
    }
  }

  /// Writes `arrays` as an archive at `path`, which is there whole or not at all. The same arrays give the
  /// same bytes.
  ///
  /// - Parameter compresses: whether arrays are packed by deflate; measured or computed numbers gain little.
  /// - Throws: ``ArrayFileError`` when the file cannot be written. Names must differ.
  public static func write(
    _ arrays: [(name: String, array: NumericArray)], to path: String, compresses: Bool = false
  ) throws(ArrayFileError) {
    try write(arrays, to: path, compresses: compresses, alwaysWide: false)
  }

  /// The same; `alwaysWide` writes 64-bit sizes even where 32 bits would do.
  package static func write(
    _ arrays: [(name: String, array: NumericArray)], to path: String, compresses: Bool, alwaysWide: Bool
  ) throws(ArrayFileError) {
    precondition(Set(arrays.map(\.name)).count == arrays.count, "two arrays have the same name")
    let output = try AtomicOutput(path: path)
    var writer = ZipWriter(to: output, compresses: compresses, alwaysWide: alwaysWide)
    for (name, array) in arrays {
      var failed: ArrayFileError?
      array.withLittleEndianBytes { bytes in
        do throws(ArrayFileError) {
          try writer.add(name + ".npy", head: Npy.header(of: array), body: bytes)
        } catch { failed = error }
      }
      if let failed { throw failed }
    }
    try writer.finish()
    try output.finish()
  }

  /// Finds out whether a file can be written at `path`, which is left as it is: for those who compute for
  /// long before they write.
  public static func checkWritable(_ path: String) throws(ArrayFileError) { try AtomicOutput.check(path) }

  /// Why an archive without arrays is none.
  private static func noArrays(_ reader: ZipReader) -> ArrayFileError {
    let place = ArrayPlace(file: reader.file)
    if reader.entries.contains(where: { $0.name.hasSuffix(".pkl") }) {
      return .unsupported(
        place: place, reason: ForeignFormat.pickleReason, remedy: ForeignFormat.pickleRemedy)
    }
    if reader.entries.contains(where: { $0.name == "[Content_Types].xml" || $0.name == "mimetype" }) {
      return .unsupported(place: place, reason: "it is a spreadsheet", remedy: "export the sheet as CSV")
    }
    return .unsupported(
      place: place,
      reason: "the archive holds no array, only \(visible(reader.entries[0].name)) and the like",
      remedy: "write arrays with np.savez(path, name=array)")
  }
}
