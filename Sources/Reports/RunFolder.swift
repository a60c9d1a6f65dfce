import Foundation

/// The folder a run leaves behind: `run.json`, `hall_of_fame.csv` and `checkpoint.json`.
public struct RunFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// Makes the folder, and those above it, unless it is there; a file that is written and removed shows that
  /// the run will be able to write.
  ///
  /// - Throws: ``RunFolderError``.
  public init(creating path: String) throws(RunFolderError) {
    self.path = path
    let absolute = URL(fileURLWithPath: path).path
    var prefix = ""
    for part in absolute.split(separator: "/") {
      prefix += "/\(part)"
      if mkdir(prefix, 0o777) != 0 {
        let code = errno
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: prefix, isDirectory: &isFolder)
        if !exists { throw RunFolderError(path: path, code: code) }
        if !isFolder.boolValue { throw RunFolderError(path: prefix, code: ENOTDIR) }
      }
    }
    try AtomicFile.write(Data("x".utf8), to: file(".writable"))
    unlink(file(".writable"))
  }

  /// A folder in `symreg-runs` that no other run has: the time, and four digits against two runs in one
  /// second.
  public static func freshPath(now: Date = Date()) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    let digits = String(UInt16.random(in: .min ... .max), radix: 16)
    return
      "symreg-runs/\(formatter.string(from: now))-\(String(repeating: "0", count: 4 - digits.count))\(digits)"
  }

  /// The path of the file `name` in the folder.
  public func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Whether a run has been written here before.
  public var holdsRun: Bool { FileManager.default.fileExists(atPath: file("run.json")) }

  /// The folder inside this one for the run of `target`, whose name is made fit for a file system.
  public func subfolder(target: String, index: Int) throws(RunFolderError) -> RunFolder {
    let plain = target.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" }.prefix(60)
    return try RunFolder(creating: file("\(index + 1)-\(String(plain))"))
  }

  /// Writes `run.json` and `hall_of_fame.csv`.
  public func write(_ document: RunDocument) throws(RunFolderError) {
    try write(.single(document))
    try AtomicFile.write(Data(HallOfFameCSV.text(document).utf8), to: file("hall_of_fame.csv"))
  }

  /// Writes `run.json`.
  public func write(_ run: RunFile) throws(RunFolderError) {
    try write(json: "run.json") { try run.json() }
  }

  /// Writes `checkpoint.json`: what the search needs to go on from here. Infinities and NaN are written as
  /// text.
  public func write(checkpoint: some Encodable) throws(RunFolderError) {
    try write(json: "checkpoint.json") {
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return try encoder.encode(checkpoint)
    }
  }

  /// Writes a file of the folder.
  package func write(json name: String, _ encode: () throws -> Data) throws(RunFolderError) {
    guard let data = try? encode() else { throw RunFolderError(path: file(name), code: EINVAL) }
    try AtomicFile.write(data, to: file(name))
  }
}
