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
    parts.factors = ordered(squared(gathered(parts.factors)))
    parts.divisors = ordered(squared(gathered(parts.divisors)))
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

  /// Columns first, in their order, then other factors as they stand.
  private func ordered(_ factors: [Formula]) -> [Formula] {
    let columns = factors.filter { $0.nodes[0].isFeature && $0.complexity == 1 }
    return columns.sorted { $0.nodes[0].feature < $1.nodes[0].feature }
      + factors.filter { !$0.nodes[0].isFeature || $0.complexity > 1 }
  }

  /// Powers of the same base with constant exponents as one: x * x^1.5 is x^2.5.
  private func gathered(_ factors: [Formula]) -> [Formula] {
    var result: [Formula] = []
    for factor in factors {
      let own = raised(factor)
      let partner = result.firstIndex { other in
        other.rootOperator == .power && raised(other).base == own.base && raised(other).exponent > 0
          || factor.rootOperator == .power && other == own.base && own.exponent > 0
      }
      guard let partner, own.exponent > 0 else {
        result.append(factor)
        continue
      }
      let exponent = PlainNumber.tidied(raised(result[partner]).exponent + own.exponent)
      result[partner] = Formula(.power, [own.base, .constant(exponent)])
    }
    return result
  }

  /// A factor as a power with a constant exponent.
  private func raised(_ factor: Formula) -> (base: Formula, exponent: Double) {
    guard factor.rootOperator == .power, let exponent = factor.rootArguments[1].constantValue else {
      return (factor, 1)
    }
    return (factor.rootArguments[0], exponent)
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
    withInverseExponent(formula) ?? (has(.inverse) ? Formula(.inverse, [formula]) : nil)
  }

  /// One over a power as a power, one over an exponential as one.
  private func withInverseExponent(_ formula: Formula) -> Formula? {
    guard let operation = formula.rootOperator else { return nil }
    let arguments = formula.rootArguments
    switch operation {
    case .power: return arguments[1].constantValue.map { Formula(.power, [arguments[0], .constant(-$0)]) }
    case .square, .cube, .sqrt, .cbrt, .abs:
      return withInverseExponent(arguments[0]).map { Formula(operation, [$0]) }
    case .exp: return negative(arguments[0]).map { Formula(.exp, [$0]) }
    default: return nil
    }
  }
}
