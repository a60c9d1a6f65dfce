extension Workspace {
  /// `x / y` if the division leaves nothing; generators count as independent of one another.
  ///
  /// Both may have negative exponents; a monomial is never left over.
  package func exactQuotient(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial? {
    guard !y.isZero else { throw .undefined }
    if x.isZero { return .zero }
    if let term = y.terms.first, y.isSingleTerm {
      return try x.shifted(by: term.monomial.inverse).scaled(by: term.coefficient.inverse)
    }
    let contentX = leastMonomial(x)
    let contentY = leastMonomial(y)
    let shiftedX = try x.shifted(by: contentX.inverse)
    let shiftedY = try y.shifted(by: contentY.inverse)
    let (quotient, remainder) = try longDivision(shiftedX, shiftedY)
    guard remainder.isZero else { return nil }
    return try quotient.shifted(by: try contentX.times(contentY.inverse))
  }

  /// Quotient and remainder in the lexicographic order; exponents of both must not be negative.
  func longDivision(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> (Polynomial, Polynomial) {
    guard let lead = y.terms.first else { throw .undefined }
    var rest = x
    var quotient: [Monomial: Rational] = [:]
    var remainder: [Polynomial.Term] = []
    while let first = rest.terms.first {
      try spend(y.terms.count)
      let ratio = try first.monomial.times(lead.monomial.inverse)
      if ratio.powers.contains(where: { $0.exponent.isNegative }) {
        remainder.append(first)
        rest.terms.removeFirst()
        continue
      }
      let coefficient = first.coefficient / lead.coefficient
      if coefficient.bits > 32_768 { throw .tooLarge }
      quotient[ratio, default: .zero] = quotient[ratio, default: .zero] + coefficient
      rest = rest - (try y.shifted(by: ratio).scaled(by: coefficient))
      if rest.terms.count > Workspace.mostTerms { throw .tooLarge }
    }
    return (Polynomial(summing: quotient), Polynomial(terms: remainder))
  }

  /// The monomial of the least exponents among the terms.
  func leastMonomial(_ x: Polynomial) -> Monomial {
    Monomial(
      powers: x.generators.compactMap { generator in
        let exponent = x.leastExponent(of: generator)
        return exponent.isZero ? nil : Monomial.Power(generator: generator, exponent: exponent)
      })
  }
}
