extension Formula {
  /// Reads an expression such as `2.5 * exp(-x) + y^2`.
  ///
  /// From loosest to tightest: comparisons, `+ -`, `* /`, unary minus, `^` (also written `**`; to the right),
  /// calls and parentheses. A minus directly before a number that is not a base makes a negative constant. A
  /// name that is no plain identifier, or equals a function's, is quoted with backticks. `pi` is the number
  /// unless a column is called so.
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

/// Recursive descent over the tokens, which writes the nodes in postfix order as it goes; nesting is bounded
/// so that no text can exhaust the stack.
struct FormulaParser {
  private let tokens: [Token]
  private let features: [String: Int]
  private let featureNames: [String]
  private var nodes: [Node] = []
  private var position = 0
  private var nesting = 0
  private static let deepest = 500

  init(tokens: [Token], features: [String]) {
    self.tokens = tokens
    featureNames = features
    self.features = Dictionary(zip(features, 0...), uniquingKeysWith: { first, _ in first })
  }

  mutating func parse() throws(FormulaSyntaxError) -> Formula {
    try comparison()
    if case .end = current.kind { return Formula(unchecked: nodes) }
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

  /// Writes an operator whose arguments begin at node `start`.
  private mutating func apply(_ operation: Operator, from start: Int) {
    nodes.append(.operation(operation, argumentLength: nodes.count - start))
  }

  private mutating func deepen() throws(FormulaSyntaxError) {
    nesting += 1
    if nesting > FormulaParser.deepest {
      throw FormulaSyntaxError(
        column: current.column, reason: "nested deeper than \(FormulaParser.deepest) levels")
    }
  }

  private mutating func comparison() throws(FormulaSyntaxError) {
    try deepen()
    let start = nodes.count
    try sum()
    if let symbol = accept(">", ">=", "<", "<="), let operation = Operator.named(symbol) {
      try sum()
      apply(operation, from: start)
    }
    nesting -= 1
  }

  private mutating func sum() throws(FormulaSyntaxError) {
    let start = nodes.count
    try product()
    while let symbol = accept("+", "-") {
      try product()
      apply(symbol == "+" ? .add : .subtract, from: start)
    }
  }

  private mutating func product() throws(FormulaSyntaxError) {
    let start = nodes.count
    try signed()
    while let symbol = accept("*", "/") {
      try signed()
      apply(symbol == "*" ? .multiply : .divide, from: start)
    }
  }

  private mutating func signed() throws(FormulaSyntaxError) {
    let start = nodes.count
    var minuses = 0
    while let symbol = accept("-", "+") { minuses += symbol == "-" ? 1 : 0 }
    if minuses > 0, case .number(let value) = current.kind, !isPower(tokens[position + 1]) {
      position += 1
      minuses -= 1
      nodes.append(.constant(-value))
    } else {
      try power()
    }
    for _ in 0..<minuses { apply(.negate, from: start) }
  }

  private func isPower(_ token: Token) -> Bool { token.kind == .symbol("^") || token.kind == .symbol("**") }

  private mutating func power() throws(FormulaSyntaxError) {
    let start = nodes.count
    try primary()
    if accept("^", "**") == nil { return }
    try deepen()
    try signed()
    apply(.power, from: start)
    nesting -= 1
  }

  private mutating func primary() throws(FormulaSyntaxError) {
    let token = current
    switch token.kind {
    case .number(let value):
      position += 1
      nodes.append(.constant(value))
    case .quotedName(let name):
      position += 1
      try feature(name, token)
    case .name(let name):
      position += 1
      if current.kind == .symbol("(") {
        try call(name, token)
      } else if name == "pi", features[name] == nil {
        nodes.append(.constant(.pi))
      } else {
        try feature(name, token)
      }
    case .symbol("("):
      position += 1
      try comparison()
      try expect(")")
    default:
      throw unexpected("a number, a column or a function")
    }
  }

  private mutating func feature(_ name: String, _ token: Token) throws(FormulaSyntaxError) {
    if let index = features[name] {
      guard index <= Int(UInt16.max) else {
        throw FormulaSyntaxError(
          column: token.column, reason: "\"\(name)\" stands beyond the 65536 columns a formula can use")
      }
      nodes.append(.feature(index))
      return
    }
    let nearest = Spelling.nearest(to: name, among: featureNames).map { "; did you mean \"\($0)\"?" } ?? ""
    throw FormulaSyntaxError(column: token.column, reason: "no column is called \"\(name)\"\(nearest)")
  }

  private mutating func call(_ name: String, _ token: Token) throws(FormulaSyntaxError) {
    let start = nodes.count
    try expect("(")
    try comparison()
    var count = 1
    while accept(",") != nil {
      try comparison()
      count += 1
    }
    try expect(")")
    guard let operation = Operator.called(name, arity: count) else {
      throw FormulaSyntaxError(column: token.column, reason: FormulaParser.noSuchCall(name, count))
    }
    apply(operation, from: start)
  }

  private static func noSuchCall(_ name: String, _ count: Int) -> String {
    let arities = Operator.allCases.filter { $0.name == name || Operator.named(name) == $0 }.map(\.arity)
    if arities.isEmpty {
      let nearest = Spelling.nearest(to: name, among: Operator.allCases.map(\.name))
      return "there is no function \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    }
    let wanted = Set(arities).sorted().map(String.init).joined(separator: " or ")
    return "\"\(name)\" takes \(wanted == "1" ? "1 argument" : "\(wanted) arguments"), not \(count)"
  }
}
