extension Formula {
  /// The columns that texts in the grammar of ``init(parsing:features:)`` name, in the order in which they
  /// first occur: for expressions that belong to no data. `pi` is the number.
  ///
  /// - Throws: ``FormulaSyntaxError`` for a character that begins no word or sign.
  public static func names(in texts: String...) throws(FormulaSyntaxError) -> [String] {
    var found: [String] = []
    for text in texts {
      var tokenizer = Tokenizer(text)
      let tokens = try tokenizer.tokens()
      for (index, token) in tokens.enumerated() {
        switch token.kind {
        case .quotedName(let name):
          if !found.contains(name) { found.append(name) }
        case .name(let name) where name != "pi" && tokens[index + 1].kind != .symbol("("):
          if !found.contains(name) { found.append(name) }
        default: break
        }
      }
    }
    return found
  }
}
