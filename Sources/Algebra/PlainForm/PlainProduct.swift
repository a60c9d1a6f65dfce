import Expressions

/// A constant times factors over divisors.
struct PlainProduct: Equatable {
  var coefficient = 1.0
  /// Plain formulas without constant factors of their own.
  var factors: [Formula] = []
  /// The same, below the line.
  var divisors: [Formula] = []

  /// Multiplies by another product, or divides by it.
  mutating func merge(_ other: PlainProduct, isInverted: Bool) {
    if other.coefficient != 1 {
      let product = isInverted ? coefficient / other.coefficient : coefficient * other.coefficient
      coefficient =
        abs(coefficient) == 1 && !isInverted || abs(other.coefficient) == 1
        ? product : PlainNumber.tidied(product)
    }
    factors += isInverted ? other.divisors : other.factors
    divisors += isInverted ? other.factors : other.divisors
  }
}

extension PlainForm {
  /// A plain formula as a product.
  func product(_ formula: Formula) -> PlainProduct {
    var parts = PlainProduct()
    gather(formula, isInverted: false, into: &parts)
    return parts
  }

  private func gather(_ formula: Formula, isInverted: Bool, into parts: inout PlainProduct) {
    if let value = formula.constantValue {
      parts.merge(PlainProduct(coefficient: value), isInverted: isInverted)
      return
    }
    switch formula.rootOperator {
    case .multiply where scales && (!isInverted || divides):
      for argument in formula.rootArguments { gather(argument, isInverted: isInverted, into: &parts) }
    case .divide where divides:
      gather(formula.rootArguments[0], isInverted: isInverted, into: &parts)
      gather(formula.rootArguments[1], isInverted: !isInverted, into: &parts)
    case .inverse where divides: gather(formula.rootArguments[0], isInverted: !isInverted, into: &parts)
    case .negate:
      parts.coefficient.negate()
      gather(formula.rootArguments[0], isInverted: isInverted, into: &parts)
    case .exp where isInverted:
      // What an exponential divides, the exponential of the negative multiplies.
      if let argument = negative(formula.rootArguments[0]) {
        parts.merge(opened(Formula(.exp, [argument])), isInverted: false)
      } else {
        parts.merge(opened(formula), isInverted: true)
      }
    default: parts.merge(opened(formula), isInverted: isInverted)
    }
  }

  /// A product as a formula; nil where the operators do not suffice, or the constant is no number to write.
  func write(_ product: PlainProduct) -> Formula? {
    guard product.coefficient.isFinite, product.coefficient != 0 else { return nil }
    var parts = product
    settleSign(&parts)
    parts.factors = squared(parts.factors)
    parts.divisors = squared(parts.divisors)
    guard let written = chained(parts) else { return nil }
    guard let spread = distributed(parts), spread.complexity < written.complexity else { return written }
    return spread
  }

  /// Lets a difference take a minus: `-2 * (3 - x)` is `2 * (x - 3)`.
  private func settleSign(_ parts: inout PlainProduct) {
    guard parts.coefficient < 0, parts.factors.count + parts.divisors.count > 0 else { return }
    func settle(_ formulas: inout [Formula]) -> Bool {
      for index in formulas.indices {
        let root = formulas[index].rootOperator
        guard root == .add || root == .subtract, let flipped = withoutSign(formulas[index]) else { continue }
        formulas[index] = flipped
        return true
      }
      return false
    }
    if settle(&parts.factors) || settle(&parts.divisors) { parts.coefficient.negate() }
  }

  /// Equal factors as squares and cubes.
  private func squared(_ factors: [Formula]) -> [Formula] {
    guard factors.count > 1, has(.square) || has(.cube) else { return factors }
    var left = factors
    var result: [Formula] = []
    while let factor = left.first {
      let count = left.count { $0 == factor }
      let operation: Operator? =
        count >= 3 && has(.cube) ? .cube : count >= 2 && has(.square) ? .square : nil
      guard let operation else {
        result.append(factor)
        left.removeFirst()
        continue
      }
      result.append(Formula(operation, [factor]))
      for _ in 0..<(operation == .cube ? 3 : 2) {
        if let index = left.firstIndex(of: factor) { left.remove(at: index) }
      }
    }
    return result
  }

  /// A constant times a sum, multiplied out.
  private func distributed(_ parts: PlainProduct) -> Formula? {
    guard trades, parts.factors.count == 1, parts.divisors.isEmpty, parts.coefficient != 1 else { return nil }
    let root = parts.factors[0].rootOperator
    guard root == .add || root == .subtract else { return nil }
    var terms = sum(parts.factors[0])
    terms.constant = PlainNumber.tidied(terms.constant * parts.coefficient)
    for index in terms.terms.indices {
      terms.terms[index].coefficient = PlainNumber.tidied(terms.terms[index].coefficient * parts.coefficient)
    }
    return write(terms)
  }

  /// The product as a chain: constant, factors, divisors.
  private func chained(_ given: PlainProduct) -> Formula? {
    var parts = given
    var coefficient = parts.coefficient
    if coefficient > 0, !parts.factors.isEmpty, divides, let divisor = PlainNumber.shortDivisor(coefficient) {
      coefficient = 1
      parts.divisors.insert(.constant(divisor), at: 0)
    }
    var isNegated = false
    if coefficient == -1, !parts.factors.isEmpty {
      coefficient = 1
      isNegated = !sink(&parts)
    }
    if isNegated, !has(.negate) { (coefficient, isNegated) = (-1, false) }
    if coefficient == 1, parts.factors.isEmpty, parts.divisors.count == 1,
      let inverse = inverted(parts.divisors[0])
    {
      return inverse
    }
    if coefficient != 1 || parts.factors.isEmpty { parts.factors.insert(.constant(coefficient), at: 0) }
    guard scales || parts.factors.count == 1, divides || parts.divisors.isEmpty,
      let numerator = chain(parts.factors)
    else { return nil }
    let quotient = chain(parts.divisors).map { Formula(.divide, [numerator, $0]) } ?? numerator
    return isNegated ? Formula(.negate, [quotient]) : quotient
  }

  private func chain(_ factors: [Formula]) -> Formula? {
    guard let first = factors.first else { return nil }
    return factors.dropFirst().reduce(first) { Formula(.multiply, [$0, $1]) }
  }

  /// Puts a minus into a factor or a divisor that can take it.
  private func sink(_ parts: inout PlainProduct) -> Bool {
    for index in parts.factors.indices {
      guard let negative = negative(parts.factors[index]) else { continue }
      parts.factors[index] = negative
      return true
    }
    for index in parts.divisors.indices {
      guard let negative = negative(parts.divisors[index]) else { continue }
      parts.divisors[index] = negative
      return true
    }
    return false
  }

  /// One over a formula, where it takes no quotient.
  private func inverted(_ formula: Formula) -> Formula? {
    if formula.rootOperator == .power, let exponent = formula.rootArguments[1].constantValue {
      return Formula(.power, [formula.rootArguments[0], .constant(-exponent)])
    }
    return has(.inverse) ? Formula(.inverse, [formula]) : nil
  }
}
