extension Operator {
  /// Number of arguments: 1, 2 or 3.
  @inlinable
  public var arity: Int {
    rawValue < Operator.negate.rawValue ? 2 : rawValue < Operator.clamp.rawValue ? 1 : 3
  }

  /// The word or sign by which the grammar and the command line know this operator.
  ///
  /// `max` and `min` name both the two- and the three-argument form; in a list of operators the longer form
  /// is asked for as `max3` and `min3`.
  public var name: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "^"
    case .maximum, .maximum3: "max"
    case .minimum, .minimum3: "min"
    case .modulo: "mod"
    case .greater: "greater"
    case .greaterOrEqual: "greater_equal"
    case .less: "less"
    case .lessOrEqual: "less_equal"
    case .condition: "cond"
    case .logicalOr: "logical_or"
    case .logicalAnd: "logical_and"
    case .negate: "neg"
    case .inverse: "inv"
    case .atanhClip: "atanh_clip"
    case .ifElse: "if"
    default: String(describing: self)
    }
  }

  /// The name in a list of operators, where no argument count tells two forms apart.
  public var listName: String {
    switch self {
    case .maximum3: "max3"
    case .minimum3: "min3"
    default: name
    }
  }

  /// Whether the two arguments may be exchanged without changing any value.
  @inlinable
  public var isCommutative: Bool {
    switch self {
    case .add, .multiply, .maximum, .minimum, .logicalOr, .logicalAnd: true
    default: false
    }
  }

  /// Other words by which users of related programs know an operator.
  static let aliases: [String: Operator] = [
    "add": .add, "plus": .add, "sub": .subtract, "subtract": .subtract, "mul": .multiply, "mult": .multiply,
    "multiply": .multiply, "div": .divide, "divide": .divide, "pow": .power, "**": .power, "power": .power,
    ">": .greater, ">=": .greaterOrEqual, "<": .less, "<=": .lessOrEqual, "greater_or_equal": .greaterOrEqual,
    "less_or_equal": .lessOrEqual, "or": .logicalOr, "and": .logicalAnd, "ln": .log, "inverse": .inverse,
    "negate": .negate, "ifelse": .ifElse, "floormod": .modulo, "tgamma": .gamma, "arcsin": .asin,
    "arccos": .acos, "arctan": .atan,
  ]

  /// The operator a word in a list of operators means, or nil.
  public static func named(_ word: String) -> Operator? { byListName[word] ?? aliases[word] }

  /// The operator that a function call of this name with this many arguments means, or nil.
  static func called(_ word: String, arity: Int) -> Operator? {
    if let found = byCall[Call(name: word, arity: arity)] { return found }
    if let found = named(word), found.arity == arity { return found }
    return nil
  }

  private struct Call: Hashable {
    let name: String
    let arity: Int
  }
  private static let byListName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.listName, $0) })
  private static let byCall = Dictionary(
    uniqueKeysWithValues: allCases.map { (Call(name: $0.name, arity: $0.arity), $0) })
}
