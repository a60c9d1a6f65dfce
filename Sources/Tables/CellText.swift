import CNumberParsing

/// What a cell says, when it is not known yet what its column holds.
enum CellText {
  case number, missing, boolean, word

  /// Reads a cell of a file whose cells `separator` divides.
  init(_ text: String?, separator: UInt8) {
    guard let text else {
      self = .word
      return
    }
    switch CellContent(text) {
    case .number, .infinite: self = .number
    case .missing: self = .missing
    case .word:
      if CellText.dressed(text, separator: separator) != nil {
        self = .number
      } else {
        self = CellText.boolean(text) == nil ? .word : .boolean
      }
    }
  }

  /// The number that a cell holds in whatever dress, decimal commas included where commas do not separate.
  static func dressed(_ text: String, separator: UInt8) -> DressedNumber? {
    let other = UInt8(ascii: separator == UInt8(ascii: ",") ? "." : ",")
    var text = text
    let found = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters -> DressedNumber? in
        guard let begin = characters.baseAddress else { return nil }
        return dressed_number(begin, characters.count, CChar(UInt8(ascii: ".")), CChar(other))
      }
    }
    return found.flatMap { $0.is_number ? $0 : nil }
  }

  /// What a word for yes or no says, in any case of letters; nil for others.
  static func boolean(_ text: String) -> Bool? {
    var text = text
    return text.withUTF8 { boolean($0) }
  }

  /// The same for the bytes of a word.
  static func boolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard (2...5).contains(text.count) else { return nil }
    // A million words are asked for in some tables, so each becomes one number.
    let word = text.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
    if trueWords.contains(word) { return true }
    return falseWords.contains(word) ? false : nil
  }

  private static let trueWords = ["true", "yes", "on"].map(packed)
  private static let falseWords = ["false", "no", "off"].map(packed)

  private static func packed(_ word: String) -> UInt64 { word.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
}
