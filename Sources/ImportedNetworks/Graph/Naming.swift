/// `text` with its control characters made visible, cut to `most` characters.
func printable(_ text: String, most: Int = 80) -> String {
  let scalars = text.unicodeScalars
  let shown = scalars.prefix(most).map { scalar in
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return shown.joined() + (scalars.count > most ? "…" : "")
}

/// A path or command as messages show it: in its full length.
func shown(_ path: String) -> String { printable(path, most: 8_192) }

/// A name in double quotes, as messages show it.
func quoted(_ name: String) -> String { "\"\(printable(name))\"" }

/// Some names in double quotes, the first twelve of them.
func listed(_ names: some Collection<String>) -> String {
  names.prefix(12).map(quoted).joined(separator: ", ")
    + (names.count > 12 ? " and \(names.count - 12) more" : "")
}

/// A shape as it is written in mathematics: `5 × 12`, `any × 12`.
func written(_ shape: [Int?]) -> String {
  shape.isEmpty ? "a single element" : shape.map { $0.map(String.init) ?? "any" }.joined(separator: " × ")
}
