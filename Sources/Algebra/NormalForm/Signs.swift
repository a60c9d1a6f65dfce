extension Normalizer {
  /// What is known about the sign of a primitive polynomial.
  func sign(of x: Polynomial) -> Sign? {
    if let fact = facts[x] { return fact }
    if x.isSingleTerm, let power = x.terms[0].monomial.powers.first, x.terms[0].monomial.powers.count == 1,
      power.exponent == .one
    {
      return sign(ofGenerator: power.generator)
    }
    return signOfTerms(x)
  }

  private func sign(ofGenerator index: Int) -> Sign? {
    switch workspace.generators[index].kind {
    case .feature(let feature):
      return assumptions.positiveFeatures.contains(feature)
        ? Sign(value: 1, isStrict: true) : facts[Polynomial(Monomial(index))]
    case .pi, .prime, .exponential: return Sign(value: 1, isStrict: true)
    case .radical, .magnitude, .positive: return Sign(value: 1, isStrict: false)
    case .cubeRoot(let base): return sign(of: base)
    case .logarithm(let argument):
      // Arguments that are numbers are primes.
      return argument.constant != nil ? Sign(value: 1, isStrict: true) : facts[Polynomial(Monomial(index))]
    case .imaginaryUnit, .circular, .function: return facts[Polynomial(Monomial(index))]
    }
  }

  /// A sum has the sign that all of its terms have.
  private func signOfTerms(_ x: Polynomial) -> Sign? {
    var value = 0
    var isStrict = false
    for term in x.terms {
      var product = term.coefficient.sign
      var termIsStrict = true
      for power in term.monomial.powers {
        if workspace.generators[power.generator].isComplex { return nil }
        let known = sign(ofGenerator: power.generator)
        if let exponent = power.exponent.integer, exponent % 2 == 0 {
          termIsStrict = termIsStrict && (known?.isStrict == true || exponent < 0)
        } else {
          guard let known else { return nil }
          // Powers with fractional exponents are of factors that are not negative.
          if power.exponent.isInteger { product *= known.value }
          termIsStrict = termIsStrict && (known.isStrict || power.exponent.isNegative)
        }
      }
      if value != 0 && value != product { return nil }
      value = product
      isStrict = isStrict || termIsStrict
    }
    return value == 0 ? nil : Sign(value: value, isStrict: isStrict)
  }

  /// Takes note that a quotient is not negative wherever the formula is defined; `isStrict` says that it is
  /// not zero either.
  func learn(_ x: Quotient, isStrict: Bool) throws(AlgebraLimit) {
    guard collectsFacts, !x.isZero else { return }
    let parts = try factors(of: x)
    var product = Polynomial(Rational(parts.coefficient.sign))
    var unknown: [Polynomial] = []
    var othersAreNonzero = true
    for factor in parts.factors {
      guard let exponent = factor.exponent.integer else { continue }
      let isNonzero = isStrict || exponent < 0
      let known = sign(of: factor.base)
      if let known, isNonzero, !known.isStrict, facts[factor.base] != nil || factor.base.isSingleTerm {
        facts[factor.base] = Sign(value: known.value, isStrict: true)
      }
      if let known {
        if exponent % 2 != 0 && known.value < 0 { product = -product }
        othersAreNonzero = othersAreNonzero && (known.isStrict || isNonzero)
      } else if exponent % 2 != 0 {
        unknown.append(factor.base)
      } else {
        othersAreNonzero = othersAreNonzero && isNonzero
      }
    }
    if unknown.isEmpty { return }
    guard othersAreNonzero else { return }
    for base in unknown { product = try workspace.multiply(product, base) }
    let value = product.content.sign
    facts[product.primitive] = Sign(value: value, isStrict: isStrict)
  }
}
