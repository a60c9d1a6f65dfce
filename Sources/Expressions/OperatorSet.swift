/// The operators a search may use, sorted by how many arguments they take.
public struct OperatorSet: Hashable, Sendable, CustomStringConvertible {
  /// All operators of the set, each once, in the order of ``Operator``'s raw values.
  public let all: [Operator]
  /// The operators of one argument.
  public let unary: [Operator]
  /// The operators of two arguments.
  public let binary: [Operator]
  /// The operators of three arguments.
  public let ternary: [Operator]

  /// A set of the given operators; repeats are dropped.
  public init(_ operators: some Sequence<Operator>) {
    all = Set(operators).sorted { $0.rawValue < $1.rawValue }
    unary = all.filter { $0.arity == 1 }
    binary = all.filter { $0.arity == 2 }
    ternary = all.filter { $0.arity == 3 }
  }

  /// Reads a list such as `"+ - * / exp log"`; spaces and commas separate.
  ///
  /// - Throws: ``OperatorError`` for a word that names no operator, or when there is none.
  public init(parsing text: String) throws(OperatorError) {
    let words = text.split { $0 == " " || $0 == "," || $0 == "\t" || $0 == "\n" }.map(String.init)
    var operators: [Operator] = []
    for word in words {
      guard let found = Operator.named(word) else {
        throw .unknown(word, nearest: Spelling.nearest(to: word, among: Operator.allCases.map(\.listName)))
      }
      operators.append(found)
    }
    if operators.isEmpty { throw .none }
    self.init(operators)
  }

  /// What is searched when nothing is asked for: `+ - * / ^ exp log sqrt square`.
  public static let standard = OperatorSet([
    .add, .subtract, .multiply, .divide, .power, .exp, .log, .sqrt, .square,
  ])

  /// Whether the set holds this operator.
  public func contains(_ candidate: Operator) -> Bool { all.contains(candidate) }

  /// The list, as ``init(parsing:)`` reads it.
  public var description: String { all.map(\.listName).joined(separator: " ") }
}

/// Why a list of operators could not be read.
public enum OperatorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A word that names no operator, and the name spelled most like it.
  case unknown(String, nearest: String?)
  /// The list is empty.
  case none

  /// What is wrong, and what to write instead.
  public var description: String {
    switch self {
    case .unknown(let word, let nearest):
      "unknown operator \"\(word)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ";")
        + " known operators: " + Operator.allCases.map(\.listName).joined(separator: " ")
    case .none:
      "the list of operators is empty; give at least one, for example \"+ - * /\""
    }
  }
}
