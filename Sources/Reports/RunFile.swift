import Foundation

/// The content of a `run.json`: one run, or one for each of several targets.
public enum RunFile: Sendable, Hashable {
  /// The run of one target.
  case single(RunDocument)
  /// The runs of several targets, in the order they were asked for.
  case several([RunDocument])

  /// The schema of a file of several runs.
  public static let severalSchema = "symreg.runs/1"

  /// The run of one document, or the runs of several.
  public init(_ documents: [RunDocument]) {
    self = documents.count == 1 ? .single(documents[0]) : .several(documents)
  }

  /// All runs.
  public var documents: [RunDocument] {
    switch self {
    case .single(let document): [document]
    case .several(let documents): documents
    }
  }

  private struct Several: Codable {
    var schema = RunFile.severalSchema
    var runs: [RunDocument]
  }

  private struct Head: Decodable { let schema: String }

  /// The JSON text, ending in a line feed; keys in alphabetical order.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data =
      switch self {
      case .single(let document): try encoder.encode(document)
      case .several(let documents): try encoder.encode(Several(runs: documents))
      }
    return data + Data("\n".utf8)
  }

  /// Reads the run at `path`, which is a run folder or the `run.json` in one.
  ///
  /// - Throws: ``RunFileError``.
  public init(contentsOf path: String) throws(RunFileError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(path: path)
    }
    let file = isFolder.boolValue ? path + (path.hasSuffix("/") ? "" : "/") + "run.json" : path
    guard FileManager.default.fileExists(atPath: file) else { throw .noRunInFolder(path: path) }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: file))
    } catch {
      throw .unreadable(path: file)
    }
    try self.init(json: data, path: file)
  }

  /// Reads the JSON text `json`, which errors say came from `path`.
  public init(json: Data, path: String) throws(RunFileError) {
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(Head.self, from: json) else {
      throw .damaged(path: path, reason: "it is not JSON with a \"schema\"")
    }
    do {
      switch head.schema {
      case RunDocument.schema, RunDocument.lawSchema:
        self = .single(try decoder.decode(RunDocument.self, from: json))
      case RunFile.severalSchema: self = .several(try decoder.decode(Several.self, from: json).runs)
      default: throw RunFileError.otherSchema(path: path, schema: head.schema)
      }
    } catch let error as RunFileError {
      throw error
    } catch {
      throw .damaged(path: path, reason: RunFile.reason(error))
    }
    for document in documents where !document.front.indices.contains(document.best) {
      throw .damaged(
        path: path, reason: "\"best\" is \(document.best), but \"front\" has \(document.front.count) members")
    }
    if documents.isEmpty { throw .damaged(path: path, reason: "\"runs\" is empty") }
  }

  private static func reason(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): return "\(place(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return "\(place(context.codingPath)) has a value of another kind than expected"
    default: return "\(error)"
    }
  }
}

/// Why a run could not be read.
public enum RunFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such file or folder.
  case missing(path: String)
  /// A folder without a `run.json`.
  case noRunInFolder(path: String)
  /// The system refused to read the file.
  case unreadable(path: String)
  /// The file is not what a run writes.
  case damaged(path: String, reason: String)
  /// The file is of a kind this version does not know.
  case otherSchema(path: String, schema: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such run; give a run folder or its run.json, as `symreg fit` named it when it ended"
    case .noRunInFolder(let path):
      "\(path): the folder holds no run.json; give the folder that `symreg fit` wrote"
    case .unreadable(let path):
      "\(path): cannot be read; check its permissions"
    case .damaged(let path, let reason):
      "\(path): not a readable run: \(reason); restore the file, or run `symreg fit` again"
    case .otherSchema(let path, let schema):
      "\(path): the schema \"\(schema)\" is not known to version \(RunDocument.softwareVersion); "
        + "read it with the version that wrote it"
    }
  }
}
