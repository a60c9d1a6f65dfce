extension Rational {
  /// The sum.
  package static func + (x: Rational, y: Rational) -> Rational {
    if case .small(let a, let b) = x.storage, case .small(let c, let d) = y.storage {
      if b == 1 && d == 1 {
        let (sum, overflow) = a.addingReportingOverflow(c)
        if !overflow && sum != Int64.min { return Rational(storage: .small(sum, 1)) }
      } else {
        let (left, first) = a.multipliedReportingOverflow(by: d)
        let (right, second) = c.multipliedReportingOverflow(by: b)
        let (sum, third) = left.addingReportingOverflow(right)
        let (denominator, fourth) = b.multipliedReportingOverflow(by: d)
        if !first && !second && !third && !fourth && sum != Int64.min {
          return Rational(Int(sum), over: Int(denominator))
        }
      }
    }
    return Rational(.sum(x.big, y.big))
  }

  /// The product.
  package static func * (x: Rational, y: Rational) -> Rational {
    if case .small(let a, let b) = x.storage, case .small(let c, let d) = y.storage {
      let (numerator, first) = a.multipliedReportingOverflow(by: c)
      let (denominator, second) = b.multipliedReportingOverflow(by: d)
      if !first && !second && numerator != Int64.min {
        return denominator == 1
          ? Rational(storage: .small(numerator, 1)) : Rational(Int(numerator), over: Int(denominator))
      }
    }
    return Rational(.product(x.big, y.big))
  }

  /// The negative.
  package static prefix func - (x: Rational) -> Rational {
    if case .small(let n, let d) = x.storage { return Rational(storage: .small(-n, d)) }
    return Rational(.product(x.big, BigRational(-1, 1)))
  }

  /// The difference.
  package static func - (x: Rational, y: Rational) -> Rational { x + -y }

  /// The quotient; the divisor must not be zero.
  package static func / (x: Rational, y: Rational) -> Rational { x * y.inverse }

  /// One over this, which must not be zero.
  package var inverse: Rational {
    precondition(!isZero, "zero has no inverse")
    if case .small(let n, let d) = storage {
      return Rational(storage: n > 0 ? .small(d, n) : .small(-d, -n))
    }
    return Rational(.quotient(BigRational(1, 1), big))
  }

  /// Without its sign.
  package var magnitude: Rational { sign < 0 ? -self : self }

  /// The largest whole number that is not above this.
  package var floor: Rational {
    if case .small(let n, let d) = storage {
      return Rational(Int(n / d) - (n % d < 0 ? 1 : 0))
    }
    return Rational(big.floor)
  }

  /// A whole power; nil when it would take more than `bits` bits, or of zero when it is negative.
  package func power(_ exponent: Int, bits limit: Int = 16_384) -> Rational? {
    if exponent == 0 || isOne { return .one }
    if isZero { return exponent > 0 ? .zero : nil }
    if self == Rational(-1) { return exponent % 2 == 0 ? .one : self }
    let size = words.map {
      128 - $0.numerator.magnitude.leadingZeroBitCount - $0.denominator.leadingZeroBitCount
    }
    let (total, overflow) = exponent.magnitude.multipliedReportingOverflow(by: UInt(size ?? bits))
    guard !overflow, total <= limit else { return nil }
    let result = Rational(big.power(exponent.magnitude))
    return exponent < 0 ? result.inverse : result
  }

  /// The doubles next below and above, the same one when this is a double.
  package var bounds: (low: Double, high: Double) {
    let towardsZero = big.truncated
    if towardsZero.isInfinite {
      let largest = Double.greatestFiniteMagnitude
      return sign > 0 ? (largest, .infinity) : (-.infinity, -largest)
    }
    if Rational(exactly: towardsZero) == self { return (towardsZero, towardsZero) }
    return sign > 0 ? (towardsZero, towardsZero.nextUp) : (towardsZero.nextDown, towardsZero)
  }

  /// The double whose shortest decimal text says this number, if there is one.
  package var decimal: Double? {
    let (low, high) = bounds
    for candidate in [low, high] where candidate.isFinite && Rational(decimal: candidate) == self {
      return candidate
    }
    return nil
  }
}
