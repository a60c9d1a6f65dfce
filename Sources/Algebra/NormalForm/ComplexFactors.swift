extension Normalizer {
  /// Whether the imaginary unit or an exponential of imaginary terms occurs.
  func isComplex(_ x: Polynomial) -> Bool {
    x.terms.contains { $0.monomial.powers.contains { workspace.generators[$0.generator].isComplex } }
  }

  /// The conjugate, all other generators being real.
  func conjugate(_ x: Polynomial) -> Polynomial {
    var table: [Monomial: Rational] = [:]
    for term in x.terms {
      var sign = 1
      let powers = term.monomial.powers.map { power -> Monomial.Power in
        switch workspace.generators[power.generator].kind {
        case .imaginaryUnit:
          sign = -sign
          return power
        case .circular: return .init(generator: power.generator, exponent: -power.exponent)
        default: return power
        }
      }
      table[Monomial(powers: powers)] = sign > 0 ? term.coefficient : -term.coefficient
    }
    return Polynomial(summing: table)
  }

  /// The polynomial times what makes it real, if a monomial does.
  func real(_ x: Polynomial) throws(AlgebraLimit) -> Polynomial? {
    guard let factor = try realFactor(x) else { return nil }
    return try workspace.multiply(x, factor)
  }

  /// Multiplies numerator and denominator of a real quotient by what makes both real.
  func makeReal(_ n: inout Polynomial, _ d: inout Polynomial) throws(AlgebraLimit) {
    guard let factor = try realFactor(d) else { return }
    n = try workspace.multiply(n, factor)
    d = try workspace.multiply(d, factor)
  }

  /// A monomial that makes exponents of imaginary exponentials lie evenly about zero, with the imaginary unit
  /// where the conjugate then is the negative.
  private func realFactor(_ x: Polynomial) throws(AlgebraLimit) -> Polynomial? {
    var shift = Monomial.one
    for generator in x.generators {
      guard case .circular = workspace.generators[generator].kind else { continue }
      var most = Exponent.zero
      var isFirst = true
      for term in x.terms {
        let exponent = term.monomial.exponent(of: generator)
        most = isFirst ? exponent : max(most, exponent)
        isFirst = false
      }
      let sum = try most.plus(x.leastExponent(of: generator))
      shift = try shift.times(Monomial(generator, try sum.times(try Exponent(Rational(-1, over: 2)))))
    }
    let shifted = try x.shifted(by: shift)
    let mirror = conjugate(shifted)
    if mirror == shifted { return Polynomial(shift) }
    if mirror == -shifted {
      return try workspace.multiply(
        Polynomial(shift), Polynomial(Monomial(workspace.generator(.imaginaryUnit))))
    }
    return nil
  }
}
