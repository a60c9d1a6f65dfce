extension Normalizer {
  /// A power whose exponent is a number.
  func power(_ x: Quotient, _ exponent: Rational) throws(AlgebraLimit) -> Quotient {
    if let whole = exponent.integer {
      if whole == 0 { return .one }
      return try workspace.power(x, whole)
    }
    if exponent.isInteger { throw .tooLarge }
    if x.isZero {
      if exponent.sign > 0 { return .zero }
      throw .undefined
    }
    try learn(x, isStrict: exponent.sign < 0)
    return try root(x, try Exponent(exponent))
  }

  /// A power of what is not negative, the exponent a fraction.
  private func root(_ x: Quotient, _ exponent: Exponent) throws(AlgebraLimit) -> Quotient {
    let parts = try factors(of: x)
    var result = try numberPower(parts.coefficient.magnitude, exponent)
    var group = Polynomial(Rational(parts.coefficient.sign))
    var isGrouped = false
    for factor in parts.factors {
      let base = factor.base
      let whole = factor.exponent.integer
      if whole == nil || sign(of: base)?.value == 1 {
        result = try workspace.multiply(
          result, try positivePower(base, try factor.exponent.times(exponent)))
      } else if let whole, sign(of: base)?.value == -1 {
        if whole % 2 != 0 { group = -group }
        result = try workspace.multiply(result, try positivePower(-base, try Exponent(whole).times(exponent)))
      } else if let whole {
        let even = whole - (whole % 2 == 0 ? 0 : whole > 0 ? 1 : -1)
        if even != whole, whole < 0 {
          // 1 / base is base / base².
          result = try workspace.multiply(
            result, try magnitudePower(base, try Exponent(whole - 1).times(exponent)))
        } else if even != 0 {
          result = try workspace.multiply(
            result, try magnitudePower(base, try Exponent(even).times(exponent)))
        }
        if even != whole {
          group = try workspace.multiply(group, base)
          isGrouped = true
        }
      }
    }
    if !isGrouped {
      if group.content.sign < 0 { throw .undefined }
      return result
    }
    return try workspace.multiply(result, try positivePower(group, exponent))
  }

  /// A power of a positive number.
  func numberPower(_ x: Rational, _ exponent: Exponent) throws(AlgebraLimit) -> Quotient {
    var result = Quotient.one
    if x.isOne { return result }
    for factor in x.primePowers {
      let total = try exponent.times(Exponent(factor.exponent))
      let generator = workspace.generator(.prime(factor.prime))
      result = try workspace.multiply(result, try generatorPower(generator, total))
    }
    return result
  }

  /// A power of a generator with a positive value, relations applied.
  func generatorPower(_ generator: Int, _ exponent: Exponent) throws(AlgebraLimit) -> Quotient {
    let monomial = Monomial(generator, exponent)
    guard workspace.generators[generator].relation != nil else { return Quotient(Polynomial(monomial)) }
    if !exponent.isNegative { return Quotient(try workspace.reduced(monomial)) }
    return try workspace.quotient(.one, over: try workspace.reduced(monomial.inverse))
  }

  /// A power of a polynomial that is not negative.
  func positivePower(_ base: Polynomial, _ exponent: Exponent) throws(AlgebraLimit) -> Quotient {
    if base.isSingleTerm, base.terms[0].coefficient.isOne, let power = base.terms[0].monomial.powers.first,
      base.terms[0].monomial.powers.count == 1, power.exponent == .one,
      !workspace.generators[power.generator].isComplex
    {
      return try generatorPower(power.generator, exponent)
    }
    if let whole = exponent.integer { return try workspace.power(Quotient(base), whole) }
    return try generatorPower(workspace.generator(.radical(base)), exponent)
  }

  /// A power of the magnitude of a primitive polynomial of unknown sign.
  func magnitudePower(_ base: Polynomial, _ exponent: Exponent) throws(AlgebraLimit) -> Quotient {
    if let whole = exponent.integer, whole % 2 == 0 { return try workspace.power(Quotient(base), whole) }
    return try generatorPower(try magnitudeGenerator(base), exponent)
  }

  private func magnitudeGenerator(_ base: Polynomial) throws(AlgebraLimit) -> Int {
    let index = workspace.generator(.magnitude(base))
    if workspace.generators[index].relation == nil {
      workspace.generators[index].relation = .init(
        period: 2, replacement: try workspace.multiply(base, base))
    }
    return index
  }

  /// The magnitude.
  func magnitude(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if x.isZero { return x }
    let parts = try factors(of: x)
    var result = Quotient(parts.coefficient.magnitude)
    for factor in parts.factors {
      let known = sign(of: factor.base)?.value
      let value: Quotient
      if factor.exponent.integer == nil || known == 1 {
        value = try positivePower(factor.base, factor.exponent)
      } else if known == -1 {
        value = try positivePower(-factor.base, factor.exponent)
      } else {
        value = try magnitudePower(factor.base, factor.exponent)
      }
      result = try workspace.multiply(result, value)
    }
    return result
  }

  /// The real cube root.
  func cubeRoot(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if x.isZero { return x }
    let third = try Exponent(Rational(1, over: 3))
    let parts = try factors(of: x)
    var result = try numberPower(parts.coefficient.magnitude, third)
      .scaled(by: Rational(parts.coefficient.sign))
    for factor in parts.factors {
      let value: Quotient
      if sign(of: factor.base)?.value == 1 || factor.exponent.integer == nil {
        value = try positivePower(factor.base, try factor.exponent.times(third))
      } else {
        value = try generatorPower(workspace.generator(.cubeRoot(factor.base)), factor.exponent)
      }
      result = try workspace.multiply(result, value)
    }
    return result
  }
}
