/// What one computation in exact algebra works with: its generators, and how much work it may still do.
///
/// Work is counted in products of terms, weighted by the size of coefficients, so an answer does not depend
/// on the clock.
package final class Workspace {
  var generators: [Generator] = []
  var indices: [Generator.Kind: Int] = [:]
  private var remaining: Int
  /// The most terms a polynomial may have.
  static let mostTerms = 4_000

  /// A workspace in which so many products of terms may be taken.
  package init(work: Int) { remaining = work }

  /// Counts work.
  ///
  /// - Throws: ``AlgebraLimit/tooLarge`` when there has been too much.
  func spend(_ work: Int) throws(AlgebraLimit) {
    remaining -= work
    if remaining < 0 { throw .tooLarge }
  }

  /// Does what may cost at most `work`, giving back nil when it costs more.
  func attempt<Result>(_ work: Int, _ body: () throws(AlgebraLimit) -> Result) -> Result? {
    let reserved = max(0, remaining - work)
    remaining -= reserved
    defer { remaining = max(0, remaining) + reserved }
    return try? body()
  }

  /// The product, with the relations of the generators applied.
  package func multiply(_ x: Polynomial, _ y: Polynomial) throws(AlgebraLimit) -> Polynomial {
    if let constant = x.constant { return try checked(y.scaled(by: constant)) }
    if let constant = y.constant { return try checked(x.scaled(by: constant)) }
    try spend(x.terms.count * y.terms.count)
    var table: [Monomial: Rational] = [:]
    for a in x.terms {
      for b in y.terms {
        let monomial = try a.monomial.times(b.monomial)
        let coefficient = a.coefficient * b.coefficient
        if coefficient.bits > 64 { try spend(coefficient.bits / 256) }
        if needsReduction(monomial) {
          for term in try reduced(monomial).terms {
            table[term.monomial, default: .zero] =
              table[term.monomial, default: .zero] + term.coefficient * coefficient
          }
        } else {
          table[monomial, default: .zero] = table[monomial, default: .zero] + coefficient
        }
      }
    }
    return try checked(Polynomial(summing: table))
  }

  private func checked(_ polynomial: Polynomial) throws(AlgebraLimit) -> Polynomial {
    if polynomial.terms.count > Workspace.mostTerms { throw .tooLarge }
    for term in polynomial.terms where term.coefficient.bits > 32_768 { throw .tooLarge }
    return polynomial
  }

  /// A power with an exponent that is not negative.
  func power(_ x: Polynomial, _ exponent: Int) throws(AlgebraLimit) -> Polynomial {
    if x.isSingleTerm, let term = x.terms.first {
      guard let coefficient = term.coefficient.power(exponent) else { throw .tooLarge }
      return try reduced(try term.monomial.raised(to: Exponent(Rational(exponent)))).scaled(by: coefficient)
    }
    if exponent > 200 { throw .tooLarge }
    var result = Polynomial.one
    var square = x
    var rest = exponent
    while rest > 0 {
      if rest & 1 != 0 { result = try multiply(result, square) }
      rest >>= 1
      if rest > 0 { square = try multiply(square, square) }
    }
    return result
  }

  private func needsReduction(_ monomial: Monomial) -> Bool {
    for power in monomial.powers {
      if let relation = generators[power.generator].relation,
        power.exponent.isNegative || power.exponent >= Exponent(relation.period)
      {
        return true
      }
    }
    return false
  }

  /// A monomial with the relations of its generators applied; exponents of those with relations must not be
  /// negative.
  func reduced(_ monomial: Monomial) throws(AlgebraLimit) -> Polynomial {
    var rest = monomial
    var factors: [(Polynomial, Int)] = []
    for power in monomial.powers {
      guard let relation = generators[power.generator].relation else { continue }
      if power.exponent.isNegative { throw .tooLarge }
      if power.exponent < Exponent(relation.period) { continue }
      var wholes: Int
      if relation.isIdempotent {
        guard let exponent = power.exponent.integer else { throw .tooLarge }
        wholes = exponent - 1
      } else {
        guard let count = (power.exponent.rational / Rational(relation.period)).floor.integer else {
          throw .tooLarge
        }
        wholes = count
      }
      let left = try power.exponent.plus(Exponent(-wholes * (relation.isIdempotent ? 1 : relation.period)))
      rest = try rest.without(power.generator).times(Monomial(power.generator, left))
      if !relation.isIdempotent { factors.append((relation.replacement, wholes)) }
    }
    var result = Polynomial(rest)
    for (factor, count) in factors { result = try multiply(result, try self.power(factor, count)) }
    return result
  }
}
