import Expressions

/// The rules of ``Expressions/Formula/plain(allowed:)``, for one set of allowed operators.
///
/// A subtree is seen as a ``PlainProduct`` or a ``PlainSum`` of parts that are plain already, and written out
/// again; what comes out longer is dropped.
struct PlainForm {
  private let allowed: OperatorMask
  private let own: OperatorMask

  /// - Parameters:
  ///   - allowed: operators that may be brought in.
  ///   - own: operators that the formula has, which may stay.
  init(allowed: OperatorMask, own: OperatorMask) {
    self.allowed = allowed
    self.own = own
  }

  /// Whether an operator may be written.
  func has(_ operation: Operator) -> Bool { allowed.contains(operation) || own.contains(operation) }

  /// Whether constant factors can be moved at all.
  var scales: Bool { has(.multiply) }
  /// Whether quotients can be taken apart.
  var divides: Bool { has(.multiply) && has(.divide) }
  /// Whether terms can change their signs.
  var trades: Bool { has(.add) && has(.subtract) }

  /// The plain form of a formula, from its leaves to its root.
  func rewritten(_ formula: Formula) -> Formula {
    formula.reduce(leaf: { Formula(unchecked: [$0]) }, branch: { apply($0, Array($1)) })
  }

  /// An operator over plain arguments.
  private func apply(_ operation: Operator, _ arguments: [Formula]) -> Formula {
    let given = Formula(operation, arguments)
    let written: Formula?
    switch operation {
    case .add, .subtract: written = write(sum(given))
    default: written = write(product(evened(given)))
    }
    guard let written, written.complexity <= given.complexity else { return given }
    return written
  }

  // MARK: - Signs

  /// Functions of which f(-x) = f(x).
  private static let even: Set<Operator> = [.square, .abs, .cos, .cosh, .sinc]
  /// Functions of which f(-x) = -f(x).
  private static let odd: Set<Operator> = [
    .cube, .cbrt, .sign, .sin, .tan, .asin, .atan, .sinh, .tanh, .asinh, .atanh, .erf,
  ]

  /// An even function without the sign of its argument; other formulas as they are.
  private func evened(_ formula: Formula) -> Formula {
    guard let operation = formula.rootOperator else { return formula }
    let arguments = formula.rootArguments
    let isEven =
      PlainForm.even.contains(operation)
      || operation == .power && arguments[1].constantValue.map { $0.remainder(dividingBy: 2) == 0 } == true
    guard isEven, let positive = withoutSign(arguments[0]) else { return formula }
    return Formula(operation, [positive] + arguments.dropFirst())
  }

  /// The negative of a formula that begins with a minus, if it is no longer; nil for others.
  func withoutSign(_ formula: Formula) -> Formula? {
    switch formula.rootOperator {
    case .add, .subtract:
      guard trades else { return nil }
      let terms = sum(formula)
      guard terms.terms.first.map({ $0.coefficient < 0 }) == true else { return nil }
      return shortEnough(write(terms.negated), formula)
    default:
      var parts = product(formula)
      guard parts.coefficient < 0 else { return nil }
      parts.coefficient.negate()
      return shortEnough(write(parts), formula)
    }
  }

  /// The negative of a formula, if it is no longer and needs no minus of its own.
  func negative(_ formula: Formula) -> Formula? {
    if let value = formula.constantValue { return .constant(-value) }
    switch formula.rootOperator {
    case .add, .subtract: return trades ? shortEnough(write(sum(formula).negated), formula) : nil
    case let operation? where PlainForm.odd.contains(operation):
      return negative(formula.rootArguments[0]).map { Formula(operation, [$0]) }
    case .negate, .multiply, .divide, .inverse:
      var parts = product(formula)
      parts.coefficient.negate()
      return shortEnough(write(parts), formula)
    default: return nil
    }
  }

  private func shortEnough(_ written: Formula?, _ formula: Formula) -> Formula? {
    guard let written, written.complexity <= formula.complexity else { return nil }
    return written
  }

  /// A plain factor with the constant and the sign that it may give away.
  func opened(_ factor: Formula) -> PlainProduct {
    let whole = PlainProduct(factors: [factor])
    guard let operation = factor.rootOperator else { return whole }
    let arguments = factor.rootArguments
    switch operation {
    case .square, .cube, .sqrt, .cbrt, .abs: return openedPower(operation, arguments) ?? whole
    case .power where arguments[1].constantValue != nil: return openedPower(operation, arguments) ?? whole
    case .exp: return openedExponential(arguments[0]) ?? whole
    case .add, .subtract:
      let terms = sum(factor)
      guard terms.isNegative, let flipped = shortEnough(write(terms.negated), factor) else { return whole }
      return PlainProduct(coefficient: -1, factors: [flipped])
    case _ where PlainForm.odd.contains(operation):
      guard let positive = withoutSign(arguments[0]) else { return whole }
      return PlainProduct(coefficient: -1, factors: [Formula(operation, [positive])])
    default: return whole
    }
  }
}
