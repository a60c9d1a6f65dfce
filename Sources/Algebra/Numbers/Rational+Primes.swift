extension Rational {
  /// A factor of a whole number, and how often it divides it.
  struct PrimePower {
    let prime: Rational
    let exponent: Int
  }

  /// The powers whose product this positive fraction is, those of the denominator with negative exponents.
  ///
  /// Primes below ten thousand are found; what is left is taken as one factor, prime or not.
  var primePowers: [PrimePower] {
    var found: [PrimePower] = []
    let (numerator, denominator) = parts
    for (whole, sign) in [(numerator, 1), (denominator, -1)] {
      found += Rational.factors(whole).map { PrimePower(prime: $0.prime, exponent: sign * $0.exponent) }
    }
    return found.sorted { $0.prime < $1.prime }
  }

  private static func factors(_ whole: Rational) -> [PrimePower] {
    var rest = whole
    var found: [PrimePower] = []
    var divisor = 2
    while divisor < 10_000, !rest.isOne {
      if let word = rest.integer {
        if divisor * divisor > word { break }
        if word % divisor != 0 {
          divisor += divisor == 2 ? 1 : 2
          continue
        }
      } else if divisor > 100 {
        break
      }
      var exponent = 0
      while (rest / Rational(divisor)).isInteger {
        rest = rest / Rational(divisor)
        exponent += 1
      }
      if exponent > 0 { found.append(PrimePower(prime: Rational(divisor), exponent: exponent)) }
      divisor += divisor == 2 ? 1 : 2
    }
    if !rest.isOne { found.append(PrimePower(prime: rest, exponent: 1)) }
    return found
  }
}
