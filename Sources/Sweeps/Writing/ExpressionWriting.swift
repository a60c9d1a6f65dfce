import Expressions

/// Small pieces of expressions, written in the operators that a search allows.
enum ExpressionWriting {
  /// `operation` applied to the arguments.
  static func apply(_ operation: Operator, _ arguments: [Node]...) -> [Node] {
    let inner = arguments.flatMap(\.self)
    return inner + [.operation(operation, argumentLength: inner.count)]
  }

  /// The expression with the opposite sign; nil when the operators cannot write it.
  static func negated(_ expression: [Node], _ operators: OperatorSet) -> [Node]? {
    let root = expression[expression.count - 1]
    if root.operation == .subtract {
      let right = expression.count - 1 - Int(expression[expression.count - 2].length)
      return apply(.subtract, Array(expression[right..<(expression.count - 1)]), Array(expression[..<right]))
    }
    if operators.contains(.negate) { return apply(.negate, expression) }
    return operators.contains(.multiply) ? apply(.multiply, [.constant(-1)], expression) : nil
  }

  /// Σ coefficient · term + constant, with few nodes; nil when the operators cannot write it.
  static func sum(
    _ terms: [(coefficient: Double, expression: [Node])], constant: Double, _ operators: OperatorSet
  ) -> [Node]? {
    // A positive term first, so that the others can be added to it or taken away.
    let ordered = terms.filter { $0.coefficient != 0 }.sorted { $0.coefficient > $1.coefficient }
    guard let first = ordered.first else { return [.constant(constant)] }
    var result: [Node]
    if first.coefficient == 1 {
      result = first.expression
    } else if first.coefficient < 0, constant != 0, operators.contains(.subtract) {
      result = [.constant(constant)]
      for term in ordered {
        guard let scaled = scaled(term.expression, -term.coefficient, operators) else { return nil }
        result = apply(.subtract, result, scaled)
      }
      return result
    } else {
      guard let scaled = scaled(first.expression, first.coefficient, operators) else { return nil }
      result = scaled
    }
    for term in ordered.dropFirst() {
      let isNegative = term.coefficient < 0 && operators.contains(.subtract)
      guard isNegative || operators.contains(.add),
        let scaled = scaled(term.expression, isNegative ? -term.coefficient : term.coefficient, operators)
      else { return nil }
      result = apply(isNegative ? .subtract : .add, result, scaled)
    }
    guard constant != 0 else { return result }
    let isNegative = constant < 0 && operators.contains(.subtract)
    guard isNegative || operators.contains(.add) else { return nil }
    return apply(isNegative ? .subtract : .add, result, [.constant(isNegative ? -constant : constant)])
  }

  private static func scaled(_ expression: [Node], _ factor: Double, _ operators: OperatorSet) -> [Node]? {
    if factor == 1 { return expression }
    if factor == -1 { return negated(expression, operators) }
    guard operators.contains(.multiply) else { return nil }
    return apply(.multiply, [.constant(factor)], expression)
  }
}
