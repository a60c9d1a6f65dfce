/// A word or sign of the expression grammar, with the column (from 1, in Unicode scalars) where it begins.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    case quotedName(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  let column: Int
}

/// Cuts a text into tokens.
///
/// It reads Unicode scalars, not characters, since a quote and the mark that begins a name would be one
/// character.
struct Tokenizer {
  private let characters: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { characters = Array(text.unicodeScalars) }

  /// All tokens, ending with one of kind `end`.
  mutating func tokens() throws(FormulaSyntaxError) -> [Token] {
    var found: [Token] = []
    while true {
      let token = try next()
      found.append(token)
      if token.kind == .end { return found }
    }
  }

  private mutating func next() throws(FormulaSyntaxError) -> Token {
    while position < characters.count, characters[position].properties.isWhitespace { position += 1 }
    let start = position
    guard start < characters.count else { return Token(kind: .end, column: start + 1) }
    let character = characters[start]
    if isDigit(start) || (character == "." && isDigit(start + 1)) {
      return try number()
    }
    if Tokenizer.beginsName(character) {
      while position < characters.count, Tokenizer.continuesName(characters[position]) { position += 1 }
      return Token(kind: .name(text(start, position - start)), column: start + 1)
    }
    if character == "`" { return try quotedName() }
    for symbol in ["**", ">=", "<="] where text(start, 2) == symbol {
      position += 2
      return Token(kind: .symbol(symbol), column: start + 1)
    }
    if "+-*/^(),<>".unicodeScalars.contains(character) {
      position += 1
      return Token(kind: .symbol(String(character)), column: start + 1)
    }
    throw FormulaSyntaxError(column: start + 1, reason: "unexpected character \"\(character)\"")
  }

  private mutating func number() throws(FormulaSyntaxError) -> Token {
    let start = position
    while isDigit(position) { position += 1 }
    if position < characters.count, characters[position] == "." {
      position += 1
      while isDigit(position) { position += 1 }
    }
    if position < characters.count, characters[position] == "e" || characters[position] == "E" {
      let sign = text(position + 1, 1) == "+" || text(position + 1, 1) == "-" ? 1 : 0
      if isDigit(position + 1 + sign) {
        position += 1 + sign
        while isDigit(position) { position += 1 }
      }
    }
    let written = text(start, position - start)
    guard let value = Double(written), value.isFinite else {
      throw FormulaSyntaxError(
        column: start + 1, reason: "\"\(written)\" is beyond the range of 64-bit numbers")
    }
    return Token(kind: .number(value), column: start + 1)
  }

  private mutating func quotedName() throws(FormulaSyntaxError) -> Token {
    let start = position
    position += 1
    var name = String.UnicodeScalarView()
    while position < characters.count {
      if characters[position] == "`" {
        if text(position + 1, 1) != "`" {
          position += 1
          return Token(kind: .quotedName(String(name)), column: start + 1)
        }
        position += 1
      }
      name.append(characters[position])
      position += 1
    }
    throw FormulaSyntaxError(column: start + 1, reason: "a name opened with ` is not closed")
  }

  private func isDigit(_ index: Int) -> Bool {
    index < characters.count && ("0"..."9").contains(characters[index])
  }

  private func text(_ start: Int, _ count: Int) -> String {
    guard start + count <= characters.count else { return "" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: characters[start..<(start + count)])
    return String(view)
  }

  /// Whether a name may begin with this without quotes.
  static func beginsName(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || scalar == "_" }

  /// Whether a name may go on with this without quotes.
  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    beginsName(scalar) || scalar.properties.numericType != nil
  }
}
