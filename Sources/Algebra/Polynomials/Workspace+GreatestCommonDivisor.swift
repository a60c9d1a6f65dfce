extension Workspace {
  /// A greatest common divisor up to a factor that is a number or a monomial: primitive, 1 when there is none.
  ///
  /// The primitive remainder sequence (Knuth, The Art of Computer Programming 2, 4.6.1, algorithm E), one
  /// generator after another; generators that values in a prime field show not to occur in the divisor are
  /// left out first.
  package func greatestCommonDivisor(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    if x.isSingleTerm || y.isSingleTerm || x.isZero || y.isZero { return .one }
    let scales = commonDenominators(x, y)
    let a = try scaledExponents(try x.shifted(by: leastMonomial(x).inverse), scales, dividing: false)
    let b = try scaledExponents(try y.shifted(by: leastMonomial(y).inverse), scales, dividing: false)
    let divisor = try commonDivisor(a.primitive, b.primitive)
    return try scaledExponents(divisor, scales, dividing: true)
  }

  private func commonDenominators(_ x: Polynomial, _ y: Polynomial) -> [Int: Int64] {
    var scales: [Int: Int64] = [:]
    for term in x.terms + y.terms {
      for power in term.monomial.powers where power.exponent.denominator > 1 {
        let known = scales[power.generator] ?? 1
        let divisor = Rational.gcd(known.magnitude.asUInt, power.exponent.denominator.magnitude.asUInt)
        scales[power.generator] = known * (power.exponent.denominator / Int64(divisor))
      }
    }
    return scales
  }

  private func scaledExponents(_ x: Polynomial, _ scales: [Int: Int64], dividing: Bool) throws(AlgebraLimit)
    -> Polynomial
  {
    if scales.isEmpty { return x }
    var result = x
    for (generator, scale) in scales {
      let factor = try Exponent(dividing ? Rational(1, over: Int(scale)) : Rational(Int(scale)))
      for index in result.terms.indices {
        let powers = result.terms[index].monomial.powers
        for position in powers.indices where powers[position].generator == generator {
          result.terms[index].monomial.powers[position].exponent = try powers[position].exponent.times(factor)
        }
      }
    }
    return result
  }

  /// Of primitive polynomials with whole exponents.
  private func commonDivisor(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    if x.constant != nil || y.constant != nil { return .one }
    if x == y { return x }
    try spend(x.terms.count + y.terms.count)
    let inX = Set(x.generators)
    let inY = Set(y.generators)
    for generator in inX.symmetricDifference(inY).sorted() {
      return inX.contains(generator)
        ? try contentDivisor(x, generator, y) : try contentDivisor(y, generator, x)
    }
    let degrees = inX.map { ($0, min(degree(x, $0), degree(y, $0))) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    for (generator, _) in degrees where divisorDegreeBound(x, y, generator) == 0 {
      let rest = try contentDivisor(x, generator, y)
      return rest
    }
    guard let main = degrees.first?.0 else { return .one }
    let contentX = try content(x, main)
    let contentY = try content(y, main)
    let common = try commonDivisor(contentX, contentY)
    var a = try exact(x, contentX)
    var b = try exact(y, contentY)
    if degree(a, main) < degree(b, main) { swap(&a, &b) }
    while true {
      let rest = try pseudoRemainder(a, b, main)
      if rest.isZero { break }
      if degree(rest, main) == 0 { return common }
      a = b
      b = try exact(rest, try content(rest, main)).primitive
    }
    return try multiply(common, b).primitive
  }

  /// The greatest common divisor of `y` and all coefficients of `x` in a generator.
  private func contentDivisor(_ x: Polynomial, _ generator: Int, _ y: Polynomial) throws(AlgebraLimit)
    -> Polynomial
  {
    var divisor = y
    for (_, coefficient) in coefficients(x, generator).sorted(by: {
      $0.value.terms.count < $1.value.terms.count
    }) {
      divisor = try commonDivisor(divisor.primitive, coefficient.primitive)
      if divisor.constant != nil { return .one }
    }
    return divisor
  }

  /// The greatest common divisor of the coefficients in a generator.
  private func content(_ x: Polynomial, _ generator: Int) throws(AlgebraLimit) -> Polynomial {
    let parts = coefficients(x, generator).values.sorted { $0.terms.count < $1.terms.count }
    guard var divisor = parts.first?.primitive else { return .one }
    for part in parts.dropFirst() {
      if divisor.constant != nil { return .one }
      divisor = try monomialAndCommonDivisor(divisor, part.primitive)
    }
    return divisor
  }

  /// The common divisor with what monomials have in common.
  private func monomialAndCommonDivisor(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    let leastX = leastMonomial(x)
    let leastY = leastMonomial(y)
    let common = Monomial(
      powers: leastX.powers.compactMap { power in
        let exponent = min(power.exponent, leastY.exponent(of: power.generator))
        return exponent.isZero ? nil : Monomial.Power(generator: power.generator, exponent: exponent)
      })
    let rest = try commonDivisor(
      try x.shifted(by: leastX.inverse).primitive, try y.shifted(by: leastY.inverse).primitive)
    return try rest.shifted(by: common)
  }

  private func exact(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    if y.isOne { return x }
    let (quotient, remainder) = try longDivision(x, y)
    guard remainder.isZero else { throw .tooLarge }
    return quotient
  }

  private func degree(_ x: Polynomial, _ generator: Int) -> Int {
    x.terms.reduce(0) { max($0, $1.monomial.exponent(of: generator).integer ?? 0) }
  }

  private func coefficients(_ x: Polynomial, _ generator: Int) -> [Int: Polynomial] {
    var parts: [Int: [Polynomial.Term]] = [:]
    for term in x.terms {
      let exponent = term.monomial.exponent(of: generator).integer ?? 0
      parts[exponent, default: []].append(
        .init(monomial: term.monomial.without(generator), coefficient: term.coefficient))
    }
    // Without one generator the lexicographic order of terms of one degree stays.
    return parts.mapValues { Polynomial(terms: $0) }
  }

  private func pseudoRemainder(_ x: Polynomial, _ y: Polynomial, _ main: Int) throws(AlgebraLimit)
    -> Polynomial
  {
    let degreeY = degree(y, main)
    guard let lead = coefficients(y, main)[degreeY] else { throw .undefined }
    var rest = x
    while !rest.isZero {
      let degreeRest = degree(rest, main)
      if degreeRest < degreeY { break }
      guard let leadRest = coefficients(rest, main)[degreeRest] else { break }
      let shifted = try y.shifted(by: Monomial(main, Exponent(degreeRest - degreeY)))
      rest = try free(rest, lead) - (try free(shifted, leadRest))
      rest = rest.primitive
    }
    return rest
  }

  /// The product of independent generators.
  private func free(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    try spend(x.terms.count * y.terms.count)
    var table: [Monomial: Rational] = [:]
    for a in x.terms {
      for b in y.terms {
        let monomial = try a.monomial.times(b.monomial)
        let coefficient = a.coefficient * b.coefficient
        if coefficient.bits > 64 { try spend(coefficient.bits / 128) }
        table[monomial, default: .zero] = table[monomial, default: .zero] + coefficient
      }
    }
    if table.count > Workspace.mostTerms { throw .tooLarge }
    return Polynomial(summing: table)
  }
}

extension UInt64 {
  fileprivate var asUInt: UInt { UInt(self) }
}
