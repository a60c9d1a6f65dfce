/// `text` with its control characters made visible, cut to a bearable length.
func printable(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let shown = scalars.prefix(80).map { scalar in
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return shown.joined() + (scalars.dropFirst(80).isEmpty ? "" : "…")
}

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
