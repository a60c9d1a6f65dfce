extension Normalizer {
  private var imaginaryUnit: Quotient { Quotient(generator: workspace.generator(.imaginaryUnit)) }

  /// The exponential of the imaginary unit times `x`, and its conjugate.
  func circular(_ x: Quotient) throws(AlgebraLimit) -> (Quotient, Quotient) {
    var value = Quotient.one
    var mirror = Quotient.one
    for term in try exponentTerms(x) {
      let (a, b) = try circular(term)
      value = try workspace.multiply(value, a)
      mirror = try workspace.multiply(mirror, b)
    }
    return (value, mirror)
  }

  private func circular(_ term: ExponentTerm) throws(AlgebraLimit) -> (Quotient, Quotient) {
    if term.denominator.isOne, term.monomial.powers.count == 1, term.monomial.powers[0].exponent == .one {
      switch workspace.generators[term.monomial.powers[0].generator].kind {
      case .pi:
        if let (real, imaginary) = try rootOfUnity(term.coefficient) {
          return try rectangular(real, imaginary)
        }
      case .function("asin", let argument):
        if let whole = term.coefficient.integer, whole.magnitude <= 8 {
          let square = try workspace.multiply(argument, argument)
          let real = try power(try workspace.add(.one, -square), Rational(1, over: 2))
          return try powers(try rectangular(real, argument), whole)
        }
      case .function("atan", let argument):
        if let whole = term.coefficient.integer, whole.magnitude <= 8 {
          let square = try workspace.multiply(argument, argument)
          let length = try power(try workspace.add(.one, square), Rational(1, over: 2))
          return try powers(
            try rectangular(
              try workspace.divide(.one, length), try workspace.divide(argument, length)), whole)
        }
      default: break
      }
    }
    let generator = workspace.generator(.circular(term.monomial, term.denominator))
    let exponent = try Exponent(term.coefficient)
    return (Quotient(generator: generator, exponent), Quotient(generator: generator, -exponent))
  }

  private func rectangular(_ real: Quotient, _ imaginary: Quotient) throws(AlgebraLimit) -> (
    Quotient, Quotient
  ) {
    let rotated = try workspace.multiply(imaginaryUnit, imaginary)
    return (try workspace.add(real, rotated), try workspace.add(real, -rotated))
  }

  private func powers(_ pair: (Quotient, Quotient), _ exponent: Int) throws(AlgebraLimit) -> (
    Quotient, Quotient
  ) {
    let (value, mirror) = exponent < 0 ? (pair.1, pair.0) : pair
    let count = Int(exponent.magnitude)
    return (try workspace.power(value, count), try workspace.power(mirror, count))
  }

  /// Cosine and sine of a multiple of the straight angle, for multiples of a quarter and of a sixth.
  private func rootOfUnity(_ multiple: Rational) throws(AlgebraLimit) -> (Quotient, Quotient)? {
    let turns = multiple - (multiple / Rational(2)).floor * Rational(2)
    guard let twelfths = (turns * Rational(12)).integer, twelfths % 2 == 0 || twelfths % 3 == 0 else {
      return nil
    }
    guard let real = try cosine(ofTwelfths: twelfths),
      let imaginary = try cosine(ofTwelfths: (twelfths + 18) % 24)
    else { return nil }
    return (real, imaginary)
  }

  /// The cosine of so many times 15 degrees, where that is a number or half the root of one.
  private func cosine(ofTwelfths twelfths: Int) throws(AlgebraLimit) -> Quotient? {
    let folded = twelfths > 12 ? 24 - twelfths : twelfths
    let (angle, sign) = folded > 6 ? (12 - folded, -1) : (folded, 1)
    let half = Rational(sign, over: 2)
    let squareRoot = try Exponent(Rational(1, over: 2))
    switch angle {
    case 0: return Quotient(Rational(sign))
    case 2: return try numberPower(Rational(3), squareRoot).scaled(by: half)
    case 3: return try numberPower(Rational(2), squareRoot).scaled(by: half)
    case 4: return Quotient(half)
    case 6: return .zero
    default: return nil
    }
  }

  func cosine(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    let (value, mirror) = try circular(x)
    return try workspace.add(value, mirror).scaled(by: Rational(1, over: 2))
  }

  func sine(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    let (value, mirror) = try circular(x)
    let difference = try workspace.add(value, -mirror).scaled(by: Rational(-1, over: 2))
    return try workspace.multiply(imaginaryUnit, difference)
  }

  /// Half the difference of two exponentials, and half their sum.
  func hyperbolic(_ x: Quotient) throws(AlgebraLimit) -> (sine: Quotient, cosine: Quotient) {
    let up = try exponential(x).scaled(by: Rational(1, over: 2))
    let down = try exponential(-x).scaled(by: Rational(1, over: 2))
    return (try workspace.add(up, -down), try workspace.add(up, down))
  }

  /// The inverse sine.
  func arcsine(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    try learn(try workspace.add(.one, -x), isStrict: false)
    try learn(try workspace.add(.one, x), isStrict: false)
    let straight = Quotient(generator: workspace.generator(.pi))
    if let number = x.constant {
      if number.magnitude > .one { throw .undefined }
      if number.isZero { return .zero }
      if number.magnitude.isOne { return straight.scaled(by: Rational(number.sign, over: 2)) }
      if number.magnitude == Rational(1, over: 2) {
        return straight.scaled(by: Rational(number.sign, over: 6))
      }
    }
    return try oddFunction("asin", x)
  }

  /// The inverse tangent.
  func arctangent(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if let number = x.constant {
      if number.isZero { return .zero }
      if number.magnitude.isOne {
        return Quotient(generator: workspace.generator(.pi)).scaled(by: Rational(number.sign, over: 4))
      }
    }
    return try oddFunction("atan", x)
  }
}
