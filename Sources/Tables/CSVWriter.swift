/// Comma-separated values as ``Table`` and other programs read them (RFC 4180, lines ending in LF).
package enum CSVWriter {
  /// A cell of text, in quotes where it needs them.
  package static func cell(_ text: String, separator: Character = ",") -> String {
    let needsQuotes =
      text.isEmpty || text.first == "#" || text.first?.isWhitespace == true || text.last?.isWhitespace == true
      || text.contains { $0 == separator || $0 == "\"" || $0.isNewline }
    guard needsQuotes else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A number, in the fewest digits that read back as the same `Double`; `nan`, `inf` and `-inf` for the others.
  package static func cell(_ value: Double) -> String {
    let text = value.description
    // Whole numbers need no ".0"; the sign of zero stays.
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A line of cells of text, its line end included.
  package static func line(_ cells: [String], separator: Character = ",") -> String {
    cells.map { cell($0, separator: separator) }.joined(separator: String(separator)) + "\n"
  }

  /// A line of numbers, its line end included.
  package static func line(_ values: [Double], separator: Character = ",") -> String {
    values.map { cell($0) }.joined(separator: String(separator)) + "\n"
  }
}
