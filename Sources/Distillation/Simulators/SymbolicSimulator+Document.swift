import Arrays
import Foundation

extension SymbolicSimulator: Codable {
  private static let currentSchema = "symreg.simulator/1"

  private enum CodingKeys: String, CodingKey {
    case schema, dimensions, vectors, pairs
    case stateNames = "state_names"
    case edgeLaw = "edge_law"
    case nodeLaw = "node_law"
  }

  /// Reads what ``encode(to:)`` writes.
  ///
  /// - Throws: `DecodingError`, or ``SymbolicModelError`` for laws that are no expressions in what is known.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard schema == SymbolicSimulator.currentSchema else {
      throw SymbolicModelError.setting(
        "the schema is \"\(schema)\", this program reads \(SymbolicSimulator.currentSchema)")
    }
    try self.init(
      stateNames: container.decode([String].self, forKey: .stateNames),
      dimensions: container.decode(Int.self, forKey: .dimensions),
      vectors: container.decode([Int].self, forKey: .vectors),
      pairs: container.decode(PairRule.self, forKey: .pairs),
      edgeLaw: container.decode(String.self, forKey: .edgeLaw),
      nodeLaw: container.decode(String.self, forKey: .nodeLaw))
  }

  /// Writes laws as text in the project's grammar, constants in full precision.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SymbolicSimulator.currentSchema, forKey: .schema)
    try container.encode(stateNames, forKey: .stateNames)
    try container.encode(dimensions, forKey: .dimensions)
    try container.encode(vectors, forKey: .vectors)
    try container.encode(pairs, forKey: .pairs)
    try container.encode(edgeLaw, forKey: .edgeLaw)
    try container.encode(nodeLaw, forKey: .nodeLaw)
  }
}

/// JSON files of laws.
enum LawFile {
  /// Writes a document, whole or not at all.
  static func write(_ document: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let output = try AtomicOutput(path: path)
    try output.write([UInt8](try encoder.encode(document) + Data("\n".utf8)))
    try output.finish()
  }

  /// Reads a document.
  ///
  /// - Throws: `ArrayFileError` when there is no such file, ``SymbolicModelError`` for what it says.
  static func read<Document: Decodable>(_ path: String) throws -> Document {
    let text: Data
    do { text = try Data(contentsOf: URL(filePath: path)) } catch {
      throw ArrayFileError.unreadable(file: path, reason: "there is no such file")
    }
    do { return try JSONDecoder().decode(Document.self, from: text) } catch let error as SymbolicModelError {
      throw SymbolicModelError.setting("\(path): \(error)")
    } catch {
      throw SymbolicModelError.setting("\(path): is no such document, or a part of it is missing")
    }
  }
}

extension SymbolicSimulator {
  /// Writes the simulator to a JSON file.
  public func write(to path: String) throws { try LawFile.write(self, to: path) }

  /// Reads a simulator that ``write(to:)`` wrote.
  public init(contentsOf path: String) throws { self = try LawFile.read(path) }
}
