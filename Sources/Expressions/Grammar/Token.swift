/// A word or sign of the expression grammar, with the column (from 1) where it begins.
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
struct Tokenizer {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

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
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    let start = position
    guard start < characters.count else { return Token(kind: .end, column: start + 1) }
    let character = characters[start]
    if character.isASCII, character.isNumber || (character == "." && isDigit(start + 1)) {
      return try number()
    }
    if character.isLetter || character == "_" {
      while position < characters.count, Tokenizer.continuesName(characters[position]) { position += 1 }
      return Token(kind: .name(String(characters[start..<position])), column: start + 1)
    }
    if character == "`" { return try quotedName() }
    for symbol in ["**", ">=", "<="] where text(start, 2) == symbol {
      position += 2
      return Token(kind: .symbol(symbol), column: start + 1)
    }
    if "+-*/^(),<>".contains(character) {
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
    let written = String(characters[start..<position])
    guard let value = Double(written), value.isFinite else {
      throw FormulaSyntaxError(
        column: start + 1, reason: "\"\(written)\" is beyond the range of 64-bit numbers")
    }
    return Token(kind: .number(value), column: start + 1)
  }

  private mutating func quotedName() throws(FormulaSyntaxError) -> Token {
    let start = position
    position += 1
    var name = ""
    while position < characters.count {
      if characters[position] == "`" {
        if text(position + 1, 1) != "`" {
          position += 1
          return Token(kind: .quotedName(name), column: start + 1)
        }
        position += 1
      }
      name.append(characters[position])
      position += 1
    }
    throw FormulaSyntaxError(column: start + 1, reason: "a name opened with ` is not closed")
  }

  private func isDigit(_ index: Int) -> Bool {
    index < characters.count && characters[index].isASCII && characters[index].isNumber
  }

  private func text(_ start: Int, _ count: Int) -> String {
    start + count <= characters.count ? String(characters[start..<(start + count)]) : ""
  }

  static func continuesName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
