/// Comma-separated values as ``Table`` and other programs read them (RFC 4180, lines ending in LF).
package enum CSVWriter {
  /// A cell of text, in quotes where it needs them.
  package static func cell(_ text: String, separator: Character = ",") -> String {
    // Bytes, not characters: a combining mark after a comma makes a character that is no comma.
    let bytes = text.utf8
    let space = UInt8(ascii: " ")
    let special = [
      separator.asciiValue ?? UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
    ]
    let needsQuotes =
      bytes.isEmpty || bytes.first == UInt8(ascii: "#") || bytes.first == space || bytes.last == space
      || bytes.first == UInt8(ascii: "\t") || bytes.last == UInt8(ascii: "\t")
      || bytes.contains(where: special.contains)
    guard needsQuotes else { return text }
    let doubled = bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
  }

  /// A number, in the fewest digits that read back as the same `Double`; `nan`, `inf` and `-inf` for the
  /// others.
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
