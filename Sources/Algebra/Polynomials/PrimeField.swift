/// Arithmetic modulo the prime 2³¹ - 1.
enum PrimeField {
  static let prime: UInt64 = 0x7FFF_FFFF

  static func power(_ base: UInt64, _ exponent: Int) -> UInt64 {
    var result: UInt64 = 1
    var square = base % prime
    var rest = exponent
    while rest > 0 {
      if rest & 1 != 0 { result = result * square % prime }
      square = square * square % prime
      rest >>= 1
    }
    return result
  }

  static func inverse(_ x: UInt64) -> UInt64 { power(x, Int(prime) - 2) }

  /// The image of a fraction; nil when its denominator is a multiple of the prime.
  static func image(_ value: Rational) -> UInt64? {
    let (numerator, denominator) = value.parts
    let below = residue(denominator)
    return below == 0 ? nil : residue(numerator) * inverse(below) % prime
  }

  private static func residue(_ whole: Rational) -> UInt64 {
    if let word = whole.integer { return UInt64((word % Int(prime) + Int(prime)) % Int(prime)) }
    let divisor = Rational(Int(prime))
    return UInt64((whole - divisor * (whole / divisor).floor).integer ?? 0)
  }

  /// The degree of the greatest common divisor of two polynomials, coefficients by ascending power.
  static func divisorDegree(_ x: [UInt64], _ y: [UInt64]) -> Int {
    var a = trimmed(x)
    var b = trimmed(y)
    while !b.isEmpty {
      let lead = inverse(b[b.count - 1])
      while a.count >= b.count {
        let factor = a[a.count - 1] * lead % prime
        let offset = a.count - b.count
        for index in b.indices {
          a[offset + index] = (a[offset + index] + prime - factor * b[index] % prime) % prime
        }
        a = trimmed(a)
      }
      (a, b) = (b, a)
    }
    return a.count - 1
  }

  private static func trimmed(_ x: [UInt64]) -> [UInt64] {
    var x = x
    while x.last == 0 { x.removeLast() }
    return x
  }
}

extension Workspace {
  /// An upper bound for the degree in a generator of the greatest common divisor, from values of the other
  /// generators in a prime field; nil when those values tell nothing.
  func divisorDegreeBound(_ x: Polynomial, _ y: Polynomial, _ generator: Int) -> Int? {
    guard let a = image(x, generator), let b = image(y, generator) else { return nil }
    return PrimeField.divisorDegree(a, b)
  }

  /// Coefficients by ascending power of a generator; nil when the leading one vanishes.
  private func image(_ x: Polynomial, _ generator: Int) -> [UInt64]? {
    var result: [UInt64] = []
    for term in x.terms {
      guard var value = PrimeField.image(term.coefficient) else { return nil }
      var degree = 0
      for power in term.monomial.powers {
        guard let exponent = power.exponent.integer, exponent >= 0, exponent < 10_000 else { return nil }
        if power.generator == generator {
          degree = exponent
        } else {
          let point = UInt64(truncatingIfNeeded: (power.generator + 3) &* 0x9E37_79B1) % PrimeField.prime
          value = value * PrimeField.power(point, exponent) % PrimeField.prime
        }
      }
      while result.count <= degree { result.append(0) }
      result[degree] = (result[degree] + value) % PrimeField.prime
    }
    return result.last == 0 ? nil : result
  }
}
