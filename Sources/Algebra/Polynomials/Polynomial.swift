/// A sum of monomials with exact coefficients.
package struct Polynomial: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    var monomial: Monomial
    var coefficient: Rational
  }

  /// From the leading term down, each monomial once, no coefficient zero.
  var terms: [Term]

  /// Nothing.
  package static let zero = Polynomial(terms: [])
  /// One.
  package static let one = Polynomial(.one)

  init(terms: [Term]) { self.terms = terms }

  /// A number.
  package init(_ constant: Rational) {
    terms = constant.isZero ? [] : [Term(monomial: .one, coefficient: constant)]
  }

  init(_ monomial: Monomial, _ coefficient: Rational = .one) {
    terms = coefficient.isZero ? [] : [Term(monomial: monomial, coefficient: coefficient)]
  }

  /// Sums terms in any order.
  init(summing table: [Monomial: Rational]) {
    terms = table.compactMap { $1.isZero ? nil : Term(monomial: $0, coefficient: $1) }
      .sorted { Monomial.precedes($0.monomial, $1.monomial) }
  }

  /// Whether this is nothing.
  package var isZero: Bool { terms.isEmpty }
  var isOne: Bool { terms.count == 1 && terms[0].monomial.isOne && terms[0].coefficient.isOne }
  var isSingleTerm: Bool { terms.count == 1 }

  /// The number this is, if it holds no generator.
  var constant: Rational? {
    if terms.isEmpty { return .zero }
    return terms.count == 1 && terms[0].monomial.isOne ? terms[0].coefficient : nil
  }

  /// The generators that occur, ascending.
  var generators: [Int] { Set(terms.flatMap { $0.monomial.powers.map(\.generator) }).sorted() }

  func scaled(by factor: Rational) -> Polynomial {
    if factor.isOne { return self }
    if factor.isZero { return .zero }
    return Polynomial(
      terms: terms.map { Term(monomial: $0.monomial, coefficient: $0.coefficient * factor) })
  }

  /// The negative.
  package static prefix func - (x: Polynomial) -> Polynomial { x.scaled(by: Rational(-1)) }

  /// The sum.
  package static func + (x: Polynomial, y: Polynomial) -> Polynomial {
    if x.isZero { return y }
    if y.isZero { return x }
    var result: [Term] = []
    result.reserveCapacity(x.terms.count + y.terms.count)
    var i = 0
    var j = 0
    while i < x.terms.count && j < y.terms.count {
      let a = x.terms[i]
      let b = y.terms[j]
      if a.monomial == b.monomial {
        let sum = a.coefficient + b.coefficient
        if !sum.isZero { result.append(Term(monomial: a.monomial, coefficient: sum)) }
        i += 1
        j += 1
      } else if Monomial.precedes(a.monomial, b.monomial) {
        result.append(a)
        i += 1
      } else {
        result.append(b)
        j += 1
      }
    }
    result += x.terms[i...]
    result += y.terms[j...]
    return Polynomial(terms: result)
  }

  /// The difference.
  package static func - (x: Polynomial, y: Polynomial) -> Polynomial { x + -y }

  /// Every term times a monomial; the order of the terms stays. Exponents are not reduced.
  func shifted(by monomial: Monomial) throws(AlgebraLimit) -> Polynomial {
    if monomial.isOne { return self }
    var shifted = terms
    for index in shifted.indices { shifted[index].monomial = try shifted[index].monomial.times(monomial) }
    return Polynomial(terms: shifted)
  }

  /// The least exponent of a generator among the terms, zero where a term has none of it.
  func leastExponent(of generator: Int) -> Exponent {
    var least: Exponent?
    for term in terms {
      let exponent = term.monomial.exponent(of: generator)
      least = least.map { min($0, exponent) } ?? exponent
    }
    return least ?? .zero
  }

  /// The factor that makes the coefficients whole, without common divisor, the leading one positive.
  var content: Rational {
    guard let first = terms.first else { return .one }
    var numerator = Rational.zero
    var denominator = Rational.one
    for term in terms {
      let (n, d) = term.coefficient.parts
      numerator = Rational.greatestCommonDivisor(numerator, n.magnitude)
      denominator = denominator * d / Rational.greatestCommonDivisor(denominator, d)
    }
    let content = numerator / denominator
    return first.coefficient.sign < 0 ? -content : content
  }

  /// With whole coefficients without common divisor, the leading one positive.
  package var primitive: Polynomial { scaled(by: content.inverse) }
}

extension Rational {
  /// The greatest common divisor of whole numbers that are not negative.
  static func greatestCommonDivisor(_ x: Rational, _ y: Rational) -> Rational {
    if let a = x.integer, let b = y.integer { return Rational(Int(gcd(a.magnitude, b.magnitude))) }
    var (x, y) = (x, y)
    while !y.isZero { (x, y) = (y, x - y * (x / y).floor) }
    return x
  }
}
