/// How wide text is on a terminal.
package enum DisplayWidth {
  /// Columns that `text` takes: two for East Asian and emoji characters, one for others.
  package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The longest beginning of `text` that is at most `width` columns wide, `…` at its end where something was
  /// cut off.
  package static func cut(_ text: String, to width: Int) -> String {
    if of(text) <= width { return text }
    var used = 1
    var kept = ""
    for character in text {
      used += of(character)
      if used > width { break }
      kept.append(character)
    }
    return width > 0 ? kept + "…" : ""
  }

  private static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first?.value, scalar >= 0x1100 else { return 1 }
    let wide: [ClosedRange<UInt32>] = [
      0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
    ]
    return wide.contains { $0.contains(scalar) } ? 2 : 1
  }
}
