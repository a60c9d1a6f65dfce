import Foundation

/// Rows that say whether marked members were right, with what is needed to understand them later.
public struct MarkedTable<Row: MarkedResult>: Sendable, Hashable, Codable {
  /// The document's format.
  public var schema: String
  /// Version of the program.
  public var version: String
  /// Machine and protocol, by name.
  public var settings: [String: String]
  /// One row a search.
  public var rows: [Row]

  /// A table from its rows.
  public init(version: String, settings: [String: String], rows: [Row] = []) {
    schema = Row.schema
    self.version = version
    self.settings = settings
    self.rows = rows
  }

  /// Reads a table that ``json()`` wrote.
  ///
  /// - Throws: ``SuiteError/unreadableResults(reason:)``.
  public init(json: Data) throws(SuiteError) {
    do { self = try JSONDecoder().decode(MarkedTable.self, from: json) } catch {
      throw .unreadableResults(reason: "\(error)")
    }
    guard schema == Row.schema else {
      throw .unreadableResults(reason: "the schema is \"\(schema)\", not \"\(Row.schema)\"")
    }
  }

  /// One JSON document, keys sorted; besides the table it holds the summary.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(MarkedDocument(table: self))
  }

  /// How often marked members were right, group by group and in all.
  public var summary: MarkedSummary { MarkedSummary(rows) }

  /// Refuses a table that was made under another protocol than `settings` say.
  ///
  /// - Throws: ``SuiteError/otherProtocol(setting:now:before:)``.
  public func check(_ settings: [String: String]) throws(SuiteError) {
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) where self.settings[name] != value {
      throw .otherProtocol(setting: name, now: value, before: self.settings[name])
    }
  }

  /// Rows, settings and summary for people.
  public var text: String {
    let settings = settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    return [TextTable.aligned([Row.header] + rows.map(\.line)), settings, summary.text]
      .joined(separator: "\n")
  }
}

/// A table with its summary, as it is written.
private struct MarkedDocument<Row: MarkedResult>: Encodable {
  let table: MarkedTable<Row>

  enum Key: CodingKey { case summary }

  func encode(to encoder: any Encoder) throws {
    try table.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(table.summary, forKey: .summary)
  }
}
