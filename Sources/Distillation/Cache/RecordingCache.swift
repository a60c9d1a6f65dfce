import Arrays
import Foundation

/// Recordings on disk, under names that are hashes of what they depend on.
///
/// Each is a folder with `recording.npz` and `entry.json`. It is written under another name and then renamed, so
/// it is there whole or not at all, whoever is killed when; any number of processes may use a cache together.
public struct RecordingCache: Sendable, Hashable {
  /// The cache's folder, which is made when something is kept.
  public let path: String

  private static let temporaryPrefix = "temporary."

  /// The cache in the folder at `path`.
  public init(path: String) { self.path = path }

  /// The user's cache: `$SYMREG_CACHE`, else `$XDG_CACHE_HOME/symreg`, else `~/.cache/symreg`.
  public static var usualPath: String { usualPath(ProcessInfo.processInfo.environment) }

  /// The same, by these variables.
  package static func usualPath(_ environment: [String: String]) -> String {
    if let own = environment["SYMREG_CACHE"], !own.isEmpty { return own }
    // As the specification of base directories has it, relative paths do not count.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") { return base + "/symreg" }
    return (environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()) + "/.cache/symreg"
  }

  private var folder: String { path + "/recordings" }

  private func folder(of key: String) -> String { "\(folder)/\(key)" }

  /// What is kept, the oldest first. Damaged entries without a description are left out.
  ///
  /// - Throws: `ArrayFileError/unreadable` when the folder is there and cannot be read.
  public func entries() throws(ArrayFileError) -> [CachedRecording] {
    var entries: [CachedRecording] = []
    for name in try names() where RecordingCache.isKey(name) {
      if let entry = entry(name) { entries.append(entry) }
    }
    return entries.sorted { ($0.created, $0.key) < ($1.created, $1.key) }
  }

  /// Removes everything that is kept, and nothing else that may lie there.
  ///
  /// - Returns: how many recordings there were.
  /// - Throws: `ArrayFileError` when the folder cannot be read, or something in it not be removed.
  public func clear() throws(ArrayFileError) -> Int {
    removeLeftovers()
    var count = 0
    for name in try names() where RecordingCache.isKey(name) {
      do { try FileManager.default.removeItem(atPath: folder(of: name)) } catch {
        throw .unwritable(file: folder(of: name), reason: "it cannot be removed")
      }
      count += 1
    }
    return count
  }

  // MARK: - Finding

  /// What is known of a recording.
  enum Lookup {
    case found(MessageRecording)
    case damaged
    case missing
  }

  func find(_ key: String) -> Lookup {
    guard FileManager.default.fileExists(atPath: folder(of: key)) else { return .missing }
    guard let entry = entry(key),
      let archive = try? ArrayArchive(contentsOf: folder(of: key) + "/recording.npz"),
      archive.contentHash == entry.sha256, let recording = try? MessageRecording(archive)
    else { return .damaged }
    return .found(recording)
  }

  private func entry(_ key: String) -> CachedRecording? {
    guard let text = try? Data(contentsOf: URL(filePath: folder(of: key) + "/entry.json")),
      let entry = CachedRecording(json: text), entry.key == key
    else { return nil }
    return entry
  }

  private func names() throws(ArrayFileError) -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    do { return try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw .unreadable(file: folder, reason: "the folder cannot be listed")
    }
  }

  private static func isKey(_ name: String) -> Bool {
    name.count == 64 && name.allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  // MARK: - Keeping

  func keep(_ recording: MessageRecording, key: String, network: String, data: String) throws {
    let temporary = temporaryPath()
    do {
      try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    } catch { throw ArrayFileError.unwritable(file: path, reason: "the folder cannot be made") }
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    let file = temporary + "/recording.npz"
    try recording.write(to: file)
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    let entry = CachedRecording(
      recording, key: key, network: network, data: data, bytes: size ?? 0,
      sha256: try ArrayArchive(contentsOf: file).contentHash)
    let output = try AtomicOutput(path: temporary + "/entry.json")
    try output.write(entry.json())
    try output.finish()
    try put(temporary, at: folder(of: key))
  }

  /// Renames a folder to `place`, where a damaged entry, or another process's equal one, may be in its way.
  private func put(_ temporary: String, at place: String) throws(ArrayFileError) {
    if rename(temporary, place) == 0 { return }
    let other = temporaryPath()
    guard rename(place, other) == 0 else {
      throw .unwritable(file: place, reason: String(cString: strerror(errno)))
    }
    defer { try? FileManager.default.removeItem(atPath: other) }
    guard rename(temporary, place) == 0 else {
      throw .unwritable(file: place, reason: String(cString: strerror(errno)))
    }
  }

  // MARK: - Leftovers

  /// A name that tells who writes there.
  private func temporaryPath() -> String {
    "\(folder)/\(RecordingCache.temporaryPrefix)\(getpid()).\(UUID().uuidString).\(RecordingCache.host)"
  }

  /// Removes what processes that were killed left behind: those of this machine that are gone, and after a day
  /// those of any other.
  func removeLeftovers() {
    for name in (try? names()) ?? [] where name.hasPrefix(RecordingCache.temporaryPrefix) {
      let parts = name.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, let writer = pid_t(parts[1]), writer > 0 else { continue }
      let isGone = parts[3] == RecordingCache.host && kill(writer, 0) != 0 && errno == ESRCH
      let path = "\(folder)/\(name)"
      var status = stat()
      let isOld = stat(path, &status) == 0 && time(nil) - modified(status) > 86_400
      if isGone || isOld { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  private func modified(_ status: stat) -> time_t {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  private static let host: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()
}
