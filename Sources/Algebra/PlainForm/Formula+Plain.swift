import Expressions

extension Formula {
  /// The formula as a person would write it: one constant in front of a product and one at the end of a sum, no
  /// two signs in a row, no quotient of quotients.
  ///
  /// - Constant factors stand before squares, roots, powers and quotients rather than in them, and `exp(c + x)`
  ///   is `C * exp(x)`, unless the constant inside is the shorter number: `0.6 * square(v)`, but
  ///   `sqrt(19.62 * h)`.
  /// - A constant divides where that is two digits shorter than to multiply: `x / 7.5`.
  /// - Terms keep their order, but for a first one that is subtracted, which changes places with one that is
  ///   added; a constant comes last, before subtracted terms only: `3.5 - 2.5 * cos(x)`, `60 * exp(x) + 20`.
  /// - Signs leave even functions, and odd ones where another number or a difference can take them.
  ///
  /// Values stay but for rounding wherever there are any, no node is added, and doing it again changes nothing.
  /// A constant that is computed becomes the short decimal it is within rounding of.
  ///
  /// - Parameter allowed: operators that may be brought in.
  public func plain(allowed: OperatorSet) -> Formula {
    let form = PlainForm(allowed: OperatorMask(allowed), own: OperatorMask(operators))
    var formula = self
    // One pass from leaves to root nearly always does; what it moves may meet something new.
    for _ in 0..<6 {
      let next = form.rewritten(formula.simplified(using: allowed)).tidied(allowed: allowed)
      guard next != formula, next.complexity <= formula.complexity else { break }
      formula = next
    }
    return formula
  }

  /// `operation` applied to arguments whose number is its arity.
  init(_ operation: Operator, _ arguments: [Formula]) {
    let inner = arguments.flatMap(\.nodes)
    self.init(unchecked: inner + [.operation(operation, argumentLength: inner.count)])
  }

  /// The operator at the root; nil for a leaf.
  var rootOperator: Operator? { nodes[nodes.count - 1].operation }

  /// The root's arguments.
  var rootArguments: [Formula] { arguments(of: nodes.count - 1).map { subformula(at: $0) } }

  /// The value of a formula that is one constant.
  var constantValue: Double? { nodes.count == 1 && nodes[0].isConstant ? nodes[0].value : nil }
}
