/// A number times powers of polynomials.
struct Factors {
  struct Factor {
    let base: Polynomial
    var exponent: Exponent
  }

  var coefficient = Rational.one
  /// Bases are primitive: whole coefficients, the leading one positive.
  var factors: [Factor] = []

  mutating func append(_ base: Polynomial, _ exponent: Exponent) throws(AlgebraLimit) {
    for index in factors.indices where factors[index].base == base {
      factors[index].exponent = try factors[index].exponent.plus(exponent)
      if factors[index].exponent.isZero { factors.remove(at: index) }
      return
    }
    if !exponent.isZero { factors.append(Factor(base: base, exponent: exponent)) }
  }
}

extension Normalizer {
  /// Takes a quotient that is not zero apart, as far as known factors and repeated factors go.
  func factors(of x: Quotient) throws(AlgebraLimit) -> Factors {
    var n = x.numerator
    var d = x.denominator
    if isComplex(d) || isComplex(n) { try makeReal(&n, &d) }
    var result = try factors(of: n)
    let below = try factors(of: d)
    result.coefficient = result.coefficient / below.coefficient
    for factor in below.factors { try result.append(factor.base, -factor.exponent) }
    return result
  }

  private func factors(of x: Polynomial) throws(AlgebraLimit) -> Factors {
    guard !x.isZero else { throw .undefined }
    var result = Factors()
    result.coefficient = x.content
    var rest = x.primitive
    if rest.isSingleTerm {
      if isComplex(rest) {
        try result.append(rest, .one)
        return result
      }
      for power in rest.terms[0].monomial.powers {
        try result.append(Polynomial(Monomial(power.generator)), power.exponent)
      }
      return result
    }
    let least = Monomial(
      powers: workspace.leastMonomial(rest).powers.filter { !workspace.generators[$0.generator].isComplex })
    for power in least.powers { try result.append(Polynomial(Monomial(power.generator)), power.exponent) }
    rest = try rest.shifted(by: least.inverse)
    try split(rest, into: &result)
    return result
  }

  /// Takes a polynomial of several terms apart.
  private func split(_ x: Polynomial, into result: inout Factors) throws(AlgebraLimit) {
    var rest = x
    // Those of low degree come first, or a product of known factors that is itself known would stay whole.
    for base in bases where base.terms.count <= rest.terms.count {
      try takeOut(base, of: &rest, into: &result)
      if rest.constant != nil { break }
    }
    if rest.constant == nil, let repeated = try repeatedFactor(of: rest) {
      let square = try workspace.multiply(repeated, repeated)
      if let quotient = try workspace.exactQuotient(rest, square) {
        result.coefficient = result.coefficient * quotient.content
        rest = quotient.primitive
        try remember(repeated)
        try split(repeated, into: &result)
        try split(repeated, into: &result)
        if rest.constant == nil { try split(rest, into: &result) }
        return
      }
    }
    guard rest.constant == nil else { return }
    if rest.isSingleTerm, !isComplex(rest) {
      for power in rest.terms[0].monomial.powers {
        try result.append(Polynomial(Monomial(power.generator)), power.exponent)
      }
      return
    }
    try remember(rest)
    try result.append(rest, .one)
  }

  private func remember(_ base: Polynomial) throws(AlgebraLimit) {
    if bases.contains(base) { return }
    if bases.count >= 60 { throw .tooLarge }
    let degree = Normalizer.degree(base)
    bases.insert(base, at: bases.firstIndex { Normalizer.degree($0) > degree } ?? bases.count)
  }

  private static func degree(_ x: Polynomial) -> Rational {
    x.terms.reduce(.zero) { most, term in
      max(most, term.monomial.powers.reduce(.zero) { $0 + $1.exponent.rational })
    }
  }

  /// Divides by a known factor as often as it goes.
  private func takeOut(_ base: Polynomial, of rest: inout Polynomial, into result: inout Factors)
    throws(AlgebraLimit)
  {
    // A base with the imaginary unit divides only as a square, which is free of it.
    let isPaired = base.generators.contains { workspace.generators[$0].kind == .imaginaryUnit }
    let divisor = isPaired ? try workspace.multiply(base, base) : base
    if base != rest, !Set(divisor.generators).isSubset(of: rest.generators) { return }
    if base == rest {
      try result.append(base, .one)
      rest = .one
      return
    }
    while rest.constant == nil, let quotient = try workspace.exactQuotient(rest, divisor) {
      // A monomial left over by complex factors would not be real.
      if quotient.constant == nil, isComplex(quotient), quotient.isSingleTerm { return }
      result.coefficient = result.coefficient * quotient.content
      rest = quotient.primitive
      try result.append(base, Exponent(isPaired ? 2 : 1))
    }
  }

  /// A polynomial whose square divides `x`, from the common divisor with a derivative.
  private func repeatedFactor(of x: Polynomial) throws(AlgebraLimit) -> Polynomial? {
    let shifted = try x.shifted(by: workspace.leastMonomial(x).inverse)
    for generator in shifted.generators {
      guard workspace.generators[generator].relation == nil else { continue }
      let derivative = try derivative(of: shifted, by: generator)
      if derivative.isZero { continue }
      let divisor = workspace.attempt(20_000) { () throws(AlgebraLimit) -> Polynomial in
        try workspace.greatestCommonDivisor(shifted, derivative)
      }
      guard let divisor, divisor.constant == nil else { continue }
      return isComplex(divisor) ? try real(divisor)?.primitive : divisor.primitive
    }
    return nil
  }

  private func derivative(of x: Polynomial, by generator: Int) throws(AlgebraLimit) -> Polynomial {
    var table: [Monomial: Rational] = [:]
    let down = Monomial(generator, Exponent(-1))
    for term in x.terms {
      let exponent = term.monomial.exponent(of: generator)
      if !exponent.isZero {
        table[try term.monomial.times(down)] = term.coefficient * exponent.rational
      }
    }
    return Polynomial(summing: table)
  }
}
