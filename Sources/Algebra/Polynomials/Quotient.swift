/// A polynomial over a polynomial, in lowest terms as far as a bounded search for common factors tells.
///
/// Monomials stand in the numerator, with negative exponents where need be, so that the denominator is 1 or
/// has several terms, the leading coefficient 1.
struct Quotient: Hashable {
  let numerator: Polynomial
  let denominator: Polynomial

  static let zero = Quotient(Polynomial.zero)
  static let one = Quotient(Polynomial.one)

  init(_ numerator: Polynomial) {
    self.numerator = numerator
    denominator = .one
  }

  init(_ constant: Rational) { self.init(Polynomial(constant)) }

  init(generator: Int, _ exponent: Exponent = .one) { self.init(Polynomial(Monomial(generator, exponent))) }

  init(unchecked numerator: Polynomial, _ denominator: Polynomial) {
    self.numerator = numerator
    self.denominator = denominator
  }

  var isZero: Bool { numerator.isZero }
  var constant: Rational? { denominator.isOne ? numerator.constant : nil }

  static prefix func - (x: Quotient) -> Quotient { Quotient(unchecked: -x.numerator, x.denominator) }

  func scaled(by factor: Rational) -> Quotient {
    factor.isZero ? .zero : Quotient(unchecked: numerator.scaled(by: factor), denominator)
  }
}

extension Workspace {
  /// The quotient in its usual form.
  ///
  /// - Throws: ``AlgebraLimit/undefined`` when the denominator is zero.
  func quotient(_ numerator: Polynomial, over denominator: Polynomial) throws(AlgebraLimit) -> Quotient {
    if denominator.isZero { throw .undefined }
    if numerator.isZero { return .zero }
    var n = numerator
    var d = denominator
    if d.isOne { return Quotient(n) }
    if d.isSingleTerm { (n, d) = try clearingRelations(n, d) }
    try takeMonomials(&n, &d)
    if !d.isSingleTerm {
      let common = attempt(20_000) { () throws(AlgebraLimit) -> Polynomial in try greatestCommonDivisor(n, d)
      }
      if let common, !common.isOne, let left = try exactQuotient(n, common),
        let right = try exactQuotient(d, common)
      {
        (n, d) = (left, right)
        if d.isSingleTerm { (n, d) = try clearingRelations(n, d) }
        try takeMonomials(&n, &d)
      }
    }
    guard let lead = d.terms.first?.coefficient else { throw .undefined }
    return Quotient(unchecked: n.scaled(by: lead.inverse), d.scaled(by: lead.inverse))
  }

  /// Multiplies both by what makes roots and other generators with a relation vanish from a denominator of one
  /// term.
  private func clearingRelations(_ numerator: Polynomial, _ denominator: Polynomial) throws(AlgebraLimit)
    -> (Polynomial, Polynomial)
  {
    var n = numerator
    var d = denominator
    for _ in 0..<64 {
      guard d.isSingleTerm, let monomial = d.terms.first?.monomial else { break }
      let found = monomial.powers.first { power in
        guard let relation = generators[power.generator].relation else { return false }
        return !relation.isIdempotent
      }
      guard let found, let relation = generators[found.generator].relation else { break }
      let missing = try Exponent(relation.period).plus(-found.exponent)
      let factor = Polynomial(Monomial(found.generator, missing))
      n = try multiply(n, factor)
      d = try multiply(d, factor)
    }
    return (n, d)
  }

  /// Moves the monomial that all terms of the denominator share to the numerator, and cancels what of
  /// generators that cannot move both share.
  private func takeMonomials(_ n: inout Polynomial, _ d: inout Polynomial) throws(AlgebraLimit) {
    let least = leastMonomial(d)
    let movable = Monomial(powers: least.powers.filter { generators[$0.generator].isInvertible })
    let shared = Monomial(
      powers: least.powers.compactMap { power in
        if generators[power.generator].isInvertible { return nil }
        let exponent = min(power.exponent, n.leastExponent(of: power.generator))
        return exponent.isZero ? nil : Monomial.Power(generator: power.generator, exponent: exponent)
      })
    let factor = try movable.times(shared).inverse
    n = try n.shifted(by: factor)
    d = try d.shifted(by: factor)
  }

  func add(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Quotient {
    try spend(1 + (x.numerator.terms.count + y.numerator.terms.count) / 8)
    if x.denominator == y.denominator {
      return try quotient(x.numerator + y.numerator, over: x.denominator)
    }
    let left = try multiply(x.numerator, y.denominator)
    let right = try multiply(y.numerator, x.denominator)
    return try quotient(left + right, over: try multiply(x.denominator, y.denominator))
  }

  func multiply(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Quotient {
    try quotient(
      try multiply(x.numerator, y.numerator), over: try multiply(x.denominator, y.denominator))
  }

  func divide(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Quotient {
    try quotient(
      try multiply(x.numerator, y.denominator), over: try multiply(x.denominator, y.numerator))
  }

  /// A whole power.
  func power(_ x: Quotient, _ exponent: Int) throws(AlgebraLimit) -> Quotient {
    if exponent >= 0 {
      return try quotient(try power(x.numerator, exponent), over: try power(x.denominator, exponent))
    }
    guard exponent > -1 << 40 else { throw .tooLarge }
    return try quotient(try power(x.denominator, -exponent), over: try power(x.numerator, -exponent))
  }

  /// Whether the difference is nothing: decided without common denominators, so exactly as well as sums are.
  func areSame(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Bool {
    if x == y { return true }
    let left = try multiply(x.numerator, y.denominator)
    let right = try multiply(y.numerator, x.denominator)
    return left == right
  }
}
