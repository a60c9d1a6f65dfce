import Foundation

/// The rows of one benchmark run with what is needed to understand them later.
public struct ResultTable: Sendable, Hashable, Codable {
  /// The document's format.
  public static let schema = "symreg.bench/1"

  /// The document's format, ``schema``.
  public var schema: String
  /// Version of the program.
  public var version: String
  /// Machine and settings, by name.
  public var settings: [String: String]
  /// One row a problem and seed.
  public var rows: [ProblemResult]

  /// A table from its rows.
  public init(version: String, settings: [String: String], rows: [ProblemResult]) {
    schema = ResultTable.schema
    self.version = version
    self.settings = settings
    self.rows = rows
  }

  /// Reads a table that ``json()`` wrote.
  ///
  /// - Throws: ``SuiteError/unreadableResults(reason:)``.
  public init(json: Data) throws(SuiteError) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { self = try decoder.decode(ResultTable.self, from: json) } catch {
      throw .unreadableResults(reason: "\(error)")
    }
    guard schema == ResultTable.schema else {
      throw .unreadableResults(reason: "the schema is \"\(schema)\", not \"\(ResultTable.schema)\"")
    }
  }

  /// One JSON document, keys sorted; besides the table it holds the summary.
  public func json() -> Data {
    struct Document: Encodable {
      let table: ResultTable
      func encode(to encoder: any Encoder) throws {
        try table.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(table.summary, forKey: .summary)
      }
      enum Key: CodingKey { case summary }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // JSON has no infinities; without this a single one would lose the whole table.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (try? encoder.encode(Document(table: self))) ?? Data("{}".utf8)
  }

  /// Successes and times, problem by problem and in all.
  public var summary: Summary { Summary(rows) }
}
