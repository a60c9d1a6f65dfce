/// One of the things polynomials are made of: a feature, a constant, or a function of a normal form that no
/// rule takes apart.
struct Generator {
  /// Says that the generator to the power `period` is `replacement`.
  struct Relation {
    let period: Int
    let replacement: Polynomial
    /// Of truth values, whose powers are all the same; `replacement` does not count.
    var isIdempotent = false
  }

  enum Kind: Hashable {
    /// A column.
    case feature(Int)
    /// The circle's constant.
    case pi
    /// The square root of -1, with which sines and cosines are written as exponentials.
    case imaginaryUnit
    /// A whole number of which fractional powers are taken.
    case prime(Rational)
    /// A polynomial that is not negative and of which fractional powers are taken.
    case radical(Polynomial)
    /// The magnitude of a polynomial.
    case magnitude(Polynomial)
    /// The real cube root of a polynomial of either sign.
    case cubeRoot(Polynomial)
    /// The exponential of a monomial over a polynomial.
    case exponential(Monomial, Polynomial)
    /// The exponential of the imaginary unit times a monomial over a polynomial.
    case circular(Monomial, Polynomial)
    /// The natural logarithm of a polynomial.
    case logarithm(Polynomial)
    /// 1 where the argument is above zero, else 0.
    case positive(Quotient)
    /// Another function of one argument, by its name.
    case function(String, Quotient)
  }

  let kind: Kind
  var relation: Relation?

  /// Whether it may stand with any exponent and is real, so that it can be taken out of a sum as a factor.
  var isRealUnit: Bool {
    switch kind {
    case .feature, .pi, .exponential, .logarithm, .function: true
    default: false
    }
  }

  /// Whether negative exponents are allowed.
  var isInvertible: Bool {
    if case .circular = kind { return true }
    return isRealUnit
  }

  var isComplex: Bool {
    switch kind {
    case .circular, .imaginaryUnit: true
    default: false
    }
  }
}

extension Workspace {
  /// A column, as a polynomial.
  package func feature(_ index: Int) -> Polynomial { Polynomial(Monomial(generator(.feature(index)))) }

  /// The number of a generator, which is made where there is none yet.
  func generator(_ kind: Generator.Kind) -> Int {
    if let index = indices[kind] { return index }
    let relation: Generator.Relation? =
      switch kind {
      case .imaginaryUnit: .init(period: 2, replacement: Polynomial(Rational(-1)))
      case .prime(let prime): .init(period: 1, replacement: Polynomial(prime))
      case .radical(let base): .init(period: 1, replacement: base)
      case .cubeRoot(let base): .init(period: 3, replacement: base)
      case .positive: .init(period: 2, replacement: .one, isIdempotent: true)
      default: nil
      }
    generators.append(Generator(kind: kind, relation: relation))
    indices[kind] = generators.count - 1
    return generators.count - 1
  }
}
