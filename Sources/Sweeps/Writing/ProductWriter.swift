import Expressions

/// Writes products of powers with few nodes, in the operators that a search allows.
package struct ProductWriter: Sendable {
  /// A factor of a product.
  package struct Factor: Sendable {
    /// The base.
    package var base: [Node]
    /// Its exponent.
    package var exponent: Double

    /// `base` to the power `exponent`.
    package init(_ base: [Node], _ exponent: Double) {
      self.base = base
      self.exponent = exponent
    }
  }

  private let operators: OperatorSet
  private let canDivide: Bool

  /// A writer in the given operators.
  package init(_ operators: OperatorSet) {
    self.operators = operators
    canDivide = operators.contains(.divide)
  }

  /// The product; nil when the operators cannot write it. A product of nothing is the number 1.
  ///
  /// Factors of one exponent, or of exponents that differ in sign only, are gathered before the power is
  /// taken: a²/b² is (a/b)².
  package func product(_ factors: [Factor]) -> [Node]? {
    var groups: [(magnitude: Double, above: [[Node]], below: [[Node]])] = []
    for factor in factors where factor.exponent != 0 {
      let magnitude = abs(factor.exponent)
      let place =
        groups.firstIndex { $0.magnitude == magnitude }
        ?? {
          groups.append((magnitude, [], []))
          return groups.count - 1
        }()
      if factor.exponent > 0 {
        groups[place].above.append(factor.base)
      } else {
        groups[place].below.append(factor.base)
      }
    }
    groups.sort { $0.magnitude < $1.magnitude }
    var above: [[Node]] = []
    var below: [[Node]] = []
    for group in groups {
      if group.magnitude == 1 {
        above += group.above
        below += group.below
      } else if group.above.isEmpty {
        guard let base = quotient(group.below, []), let powered = power(base, group.magnitude) else {
          return nil
        }
        below.append(powered)
      } else {
        guard let base = quotient(group.above, group.below), let powered = power(base, group.magnitude) else {
          return nil
        }
        above.append(powered)
      }
    }
    return quotient(above, below)
  }

  private func quotient(_ above: [[Node]], _ below: [[Node]]) -> [Node]? {
    guard let numerator = chain(above) else { return nil }
    guard let denominator = chain(below) else { return nil }
    if denominator.isEmpty { return numerator.isEmpty ? [.constant(1)] : numerator }
    if numerator.isEmpty, operators.contains(.inverse) { return apply(.inverse, denominator) }
    guard canDivide else {
      guard operators.contains(.inverse), let inverse = Optional(apply(.inverse, denominator)) else {
        return nil
      }
      return binary(.multiply, numerator, inverse)
    }
    return binary(.divide, numerator.isEmpty ? [.constant(1)] : numerator, denominator)
  }

  private func chain(_ factors: [[Node]]) -> [Node]? {
    guard var product = factors.first else { return [] }
    for factor in factors.dropFirst() {
      guard let longer = binary(.multiply, product, factor) else { return nil }
      product = longer
    }
    return product
  }

  /// `base` to a positive power.
  private func power(_ base: [Node], _ exponent: Double) -> [Node]? {
    func unary(_ operation: Operator, _ inner: [Node]) -> [Node]? {
      operators.contains(operation) ? apply(operation, inner) : nil
    }
    var forms: [[Node]] = []
    func consider(_ form: [Node]?) { if let form { forms.append(form) } }
    switch exponent {
    case 1: return base
    case 2:
      consider(unary(.square, base))
      consider(binary(.multiply, base, base))
    case 3:
      consider(unary(.cube, base))
      consider(unary(.square, base).flatMap { binary(.multiply, base, $0) })
      consider(binary(.multiply, base, base).flatMap { binary(.multiply, base, $0) })
    case 4:
      consider(unary(.square, base).flatMap { unary(.square, $0) })
      consider(binary(.multiply, base, base).flatMap { binary(.multiply, $0, $0) })
    case 0.5: consider(unary(.sqrt, base))
    case 0.25: consider(unary(.sqrt, base).flatMap { unary(.sqrt, $0) })
    case 1.5:
      consider(unary(.sqrt, base).flatMap { binary(.multiply, base, $0) })
      consider(unary(.cube, base).flatMap { unary(.sqrt, $0) })
      consider(unary(.sqrt, base).flatMap { unary(.cube, $0) })
    default: break
    }
    consider(binary(.power, base, [.constant(exponent)]))
    return forms.min { $0.count < $1.count }
  }

  private func apply(_ operation: Operator, _ inner: [Node]) -> [Node] {
    inner + [.operation(operation, argumentLength: inner.count)]
  }

  private func binary(_ operation: Operator, _ left: [Node], _ right: [Node]) -> [Node]? {
    guard operators.contains(operation) else { return nil }
    return left + right + [.operation(operation, argumentLength: left.count + right.count)]
  }
}
