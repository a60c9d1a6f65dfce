extension Formula {
  /// Reads an expression such as `2.5 * exp(-x) + y^2`.
  ///
  /// From loosest to tightest: comparisons, `+ -`, `* /`, unary minus, `^` (also written `**`; to the right),
  /// calls and parentheses. A minus directly before a number that is not a base makes a negative constant. A
  /// name that is no plain identifier, or equals a function's, is quoted with backticks. `pi` is the number unless a
  /// column is called so.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - features: the columns' names, in the order of their indices.
  /// - Throws: ``FormulaSyntaxError`` with the character where reading stopped.
  public init(parsing text: String, features: [String]) throws(FormulaSyntaxError) {
    var tokenizer = Tokenizer(text)
    var parser = FormulaParser(tokens: try tokenizer.tokens(), features: features)
    self = try parser.parse()
  }
}

/// Recursive descent over the tokens; nesting is bounded so that no text can exhaust the stack.
struct FormulaParser {
  private let tokens: [Token]
  private let features: [String: Int]
  private let featureNames: [String]
  private var position = 0
  private var nesting = 0
  private static let deepest = 500

  init(tokens: [Token], features: [String]) {
    self.tokens = tokens
    featureNames = features
    self.features = Dictionary(zip(features, 0...), uniquingKeysWith: { first, _ in first })
  }

  mutating func parse() throws(FormulaSyntaxError) -> Formula {
    let formula = try comparison()
    if case .end = current.kind { return formula }
    throw unexpected("the end, or an operator")
  }

  private var current: Token { tokens[position] }

  private mutating func accept(_ symbols: String...) -> String? {
    guard case .symbol(let symbol) = current.kind, symbols.contains(symbol) else { return nil }
    position += 1
    return symbol
  }

  private mutating func expect(_ symbol: String) throws(FormulaSyntaxError) {
    if accept(symbol) == nil { throw unexpected("\"\(symbol)\"") }
  }

  private func unexpected(_ wanted: String) -> FormulaSyntaxError {
    let found =
      switch current.kind {
      case .number(let value): "\(value)"
      case .name(let name), .quotedName(let name), .symbol(let name): "\"\(name)\""
      case .end: "the end"
      }
    return FormulaSyntaxError(column: current.column, reason: "expected \(wanted), found \(found)")
  }

  private mutating func comparison() throws(FormulaSyntaxError) -> Formula {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > FormulaParser.deepest {
      throw FormulaSyntaxError(
        column: current.column, reason: "nested deeper than \(FormulaParser.deepest) levels")
    }
    let left = try sum()
    guard let symbol = accept(">", ">=", "<", "<="), let operation = Operator.named(symbol) else {
      return left
    }
    return .apply(operation, left, try sum())
  }

  private mutating func sum() throws(FormulaSyntaxError) -> Formula {
    var left = try product()
    while let symbol = accept("+", "-") {
      left = .apply(symbol == "+" ? .add : .subtract, left, try product())
    }
    return left
  }

  private mutating func product() throws(FormulaSyntaxError) -> Formula {
    var left = try signed()
    while let symbol = accept("*", "/") {
      left = .apply(symbol == "*" ? .multiply : .divide, left, try signed())
    }
    return left
  }

  private mutating func signed() throws(FormulaSyntaxError) -> Formula {
    var minuses = 0
    while let symbol = accept("-", "+") { minuses += symbol == "-" ? 1 : 0 }
    guard minuses > 0 else { return try power() }
    if case .number(let value) = current.kind, !isPower(tokens[position + 1]) {
      position += 1
      minuses -= 1
      return negated(.constant(-value), minuses)
    }
    return negated(try power(), minuses)
  }

  private func negated(_ formula: Formula, _ times: Int) -> Formula {
    (0..<times).reduce(formula) { inner, _ in .apply(.negate, inner) }
  }

  private func isPower(_ token: Token) -> Bool { token.kind == .symbol("^") || token.kind == .symbol("**") }

  private mutating func power() throws(FormulaSyntaxError) -> Formula {
    let base = try primary()
    guard accept("^", "**") != nil else { return base }
    nesting += 1
    defer { nesting -= 1 }
    if nesting > FormulaParser.deepest { throw unexpected("fewer nested powers") }
    return .apply(.power, base, try signed())
  }

  private mutating func primary() throws(FormulaSyntaxError) -> Formula {
    let token = current
    switch token.kind {
    case .number(let value):
      position += 1
      return .constant(value)
    case .quotedName(let name):
      position += 1
      return try feature(name, token)
    case .name(let name):
      position += 1
      if current.kind == .symbol("(") { return try call(name, token) }
      if name == "pi", features[name] == nil { return .constant(.pi) }
      return try feature(name, token)
    case .symbol("("):
      position += 1
      let inner = try comparison()
      try expect(")")
      return inner
    default:
      throw unexpected("a number, a column or a function")
    }
  }

  private func feature(_ name: String, _ token: Token) throws(FormulaSyntaxError) -> Formula {
    if let index = features[name] { return .feature(index) }
    let nearest = Spelling.nearest(to: name, among: featureNames).map { "; did you mean \"\($0)\"?" } ?? ""
    throw FormulaSyntaxError(column: token.column, reason: "no column is called \"\(name)\"\(nearest)")
  }

  private mutating func call(_ name: String, _ token: Token) throws(FormulaSyntaxError) -> Formula {
    try expect("(")
    var arguments = [try comparison()]
    while accept(",") != nil { arguments.append(try comparison()) }
    try expect(")")
    guard let operation = Operator.called(name, arity: arguments.count) else {
      let known = Operator.allCases.filter { $0.name == name }.map { String($0.arity) }
      let nearest = Spelling.nearest(to: name, among: Operator.allCases.map(\.name))
      throw FormulaSyntaxError(
        column: token.column,
        reason: known.isEmpty
          ? "there is no function \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
          : "\"\(name)\" takes \(known.joined(separator: " or ")) arguments, not \(arguments.count)")
    }
    let inner = arguments.flatMap(\.nodes)
    return Formula(unchecked: inner + [.operation(operation, argumentLength: inner.count)])
  }
}
