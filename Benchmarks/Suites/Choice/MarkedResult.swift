/// A row that says whether the marked member of a front was right.
public protocol MarkedResult: Sendable, Hashable, Codable {
  /// What was searched; no two rows of a table share it.
  var name: String { get }
  /// Whether the law, or what counts as such, was on the front.
  var isOnFront: Bool { get }
  /// Whether the marked member was right.
  var isRight: Bool { get }
  /// Whether the data show the law, so that the row counts.
  var counts: Bool { get }
  /// Groups of rows that a summary counts apart.
  var groups: [String] { get }
  /// The cells of the row, for people.
  var line: [String] { get }
  /// The names of the cells.
  static var header: [String] { get }
  /// The format of a document of such rows.
  static var schema: String { get }
}

extension MarkedResult {
  /// All rows count unless they say otherwise.
  public var counts: Bool { true }
}
