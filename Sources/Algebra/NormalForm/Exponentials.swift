extension Normalizer {
  /// The natural logarithm.
  ///
  /// - Parameter isFormal: whether the logarithm only stands for the one in a power whose base may be
  ///   negative, so that nothing is learnt about its sign.
  func logarithm(_ x: Quotient, isFormal: Bool = false) throws(AlgebraLimit) -> Quotient {
    if x.isZero { throw .undefined }
    if !isFormal { try learn(x, isStrict: true) }
    let parts = try factors(of: x)
    var result = try logarithm(ofNumber: parts.coefficient.magnitude)
    var group = Polynomial(Rational(parts.coefficient.sign))
    var isGrouped = false
    for factor in parts.factors {
      let base = factor.base
      let whole = factor.exponent.integer
      let known = sign(of: base)?.value
      if whole == nil || known == 1 {
        result = try add(result, try logarithm(ofFactor: base), times: factor.exponent.rational)
      } else if known == -1 {
        if let whole, whole % 2 != 0 { group = -group }
        result = try add(result, try logarithm(ofFactor: -base), times: factor.exponent.rational)
      } else if let whole {
        let isOdd = whole % 2 != 0
        if isOdd {
          group = try workspace.multiply(group, base)
          isGrouped = true
        }
        let even = isOdd ? whole - 1 : whole
        if even != 0 {
          let absolute = try magnitudePower(base, .one).numerator
          result = try add(
            result, Quotient(generator: workspace.generator(.logarithm(absolute))), times: Rational(even))
        }
      }
    }
    if !isGrouped && group.content.sign < 0 && !isFormal { throw .undefined }
    if isGrouped || group.content.sign < 0 {
      result = try add(result, Quotient(generator: workspace.generator(.logarithm(group))), times: .one)
    }
    return result
  }

  private func add(_ x: Quotient, _ y: Quotient, times factor: Rational) throws(AlgebraLimit) -> Quotient {
    try workspace.add(x, y.scaled(by: factor))
  }

  private func logarithm(ofNumber x: Rational) throws(AlgebraLimit) -> Quotient {
    var result = Quotient.zero
    if x.isOne { return result }
    for factor in x.primePowers {
      let generator = workspace.generator(.logarithm(Polynomial(factor.prime)))
      result = try add(result, Quotient(generator: generator), times: Rational(factor.exponent))
    }
    return result
  }

  /// Of a factor that is not negative.
  private func logarithm(ofFactor base: Polynomial) throws(AlgebraLimit) -> Quotient {
    if base.isSingleTerm, base.terms[0].coefficient.isOne, base.terms[0].monomial.powers.count == 1 {
      switch workspace.generators[base.terms[0].monomial.powers[0].generator].kind {
      case .exponential(let monomial, let denominator):
        return try workspace.quotient(Polynomial(monomial), over: denominator)
      case .radical(let inner): return try logarithm(Quotient(inner), isFormal: true)
      case .prime(let prime): return try logarithm(ofNumber: prime)
      default: break
      }
    }
    return Quotient(generator: workspace.generator(.logarithm(base)))
  }

  /// Terms of a sum, each a number times a monomial over the common denominator; what a division by the
  /// denominator leaves whole has denominator 1.
  struct ExponentTerm {
    let coefficient: Rational
    let monomial: Monomial
    let denominator: Polynomial
  }

  func exponentTerms(_ x: Quotient) throws(AlgebraLimit) -> [ExponentTerm] {
    var whole = x.numerator
    var rest = Polynomial.zero
    if !x.denominator.isOne {
      let hasNegative = whole.terms.contains { $0.monomial.powers.contains { $0.exponent.isNegative } }
      if hasNegative {
        (whole, rest) = (.zero, x.numerator)
      } else {
        (whole, rest) = try workspace.longDivision(x.numerator, x.denominator)
      }
    }
    return whole.terms.map {
      ExponentTerm(coefficient: $0.coefficient, monomial: $0.monomial, denominator: .one)
    }
      + rest.terms.map {
        ExponentTerm(coefficient: $0.coefficient, monomial: $0.monomial, denominator: x.denominator)
      }
  }

  /// The exponential.
  func exponential(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    var result = Quotient.one
    for term in try exponentTerms(x) {
      if term.denominator.isOne, let base = logarithmArgument(term.monomial) {
        // exp(c log u) is u to the power c.
        let value =
          if let number = base.constant {
            try numberPower(number, try Exponent(term.coefficient))
          } else if let whole = term.coefficient.integer {
            try workspace.power(Quotient(base), whole)
          } else {
            try positivePower(base, try Exponent(term.coefficient))
          }
        result = try workspace.multiply(result, value)
      } else {
        let generator = workspace.generator(.exponential(term.monomial, term.denominator))
        result = try workspace.multiply(
          result, Quotient(generator: generator, try Exponent(term.coefficient)))
      }
    }
    return result
  }

  /// The argument, when a monomial is one logarithm.
  private func logarithmArgument(_ monomial: Monomial) -> Polynomial? {
    guard monomial.powers.count == 1, monomial.powers[0].exponent == .one,
      case .logarithm(let argument) = workspace.generators[monomial.powers[0].generator].kind
    else { return nil }
    return argument
  }

  /// A power whose exponent is no number: the exponential of the exponent times a logarithm.
  func power(_ x: Quotient, _ exponent: Quotient) throws(AlgebraLimit) -> Quotient {
    if let number = exponent.constant { return try power(x, number) }
    if x.constant == .one { return .one }
    if x.isZero { return .zero }
    return try exponential(try workspace.multiply(exponent, try logarithm(x, isFormal: true)))
  }
}
