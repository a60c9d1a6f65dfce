import Foundation

/// What is known of a recording in a cache without reading it.
public struct CachedRecording: Codable, Sendable, Hashable {
  static let currentSchema = "symreg.recording/1"

  let schema: String
  /// 64 hexadecimal digits, a hash of all that the recording depends on: its name in the cache.
  public let key: String
  /// When it was recorded, in whole seconds.
  public let created: Date
  /// The function that was recorded: a file, a folder or a command.
  public let network: String
  /// What it was recorded on.
  public let data: String
  /// Number of edges.
  public let rows: Int
  /// Number of inputs of an edge.
  public let inputs: Int
  /// Number of components of the message.
  public let components: Int
  /// Size of the file.
  public let bytes: Int
  /// SHA-256 of the file, by which damage is noticed.
  public let sha256: String

  init(
    _ recording: MessageRecording, key: String, network: String, data: String, bytes: Int, sha256: String
  ) {
    schema = CachedRecording.currentSchema
    self.key = key
    created = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down))
    self.network = network
    self.data = data
    rows = recording.edgeCount
    inputs = recording.inputs.count
    components = recording.outputs.count
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// The entry that ``json()`` wrote; nil for anything else.
  init?(json: Data) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let entry = try? decoder.decode(CachedRecording.self, from: json),
      entry.schema == CachedRecording.currentSchema
    else { return nil }
    self = entry
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return [UInt8](try encoder.encode(self)) + [0x0A]
  }
}
