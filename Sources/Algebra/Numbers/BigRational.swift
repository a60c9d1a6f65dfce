import CGMP

/// A fraction of any size, held by GMP. It is never changed once it is made.
final class BigRational: @unchecked Sendable {
  private var value = __mpq_struct()

  private init() { gmp_rational_init(&value) }

  deinit { gmp_rational_clear(&value) }

  convenience init(_ numerator: Int64, _ denominator: Int64) {
    self.init()
    gmp_rational_set_words(&value, Int(numerator), Int(denominator))
  }

  /// The exact value of a finite double.
  convenience init(exactly number: Double) {
    self.init()
    gmp_rational_set_double(&value, number)
  }

  /// Reads digits, perhaps with a minus and a slash; nil when the text is no fraction.
  convenience init?(text: String) {
    self.init()
    if gmp_rational_set_text(&value, text) != 0 { return nil }
  }

  private static func made(_ fill: (UnsafeMutablePointer<__mpq_struct>) -> Void) -> BigRational {
    let result = BigRational()
    fill(&result.value)
    return result
  }

  static func sum(_ x: BigRational, _ y: BigRational) -> BigRational {
    made { gmp_rational_add($0, &x.value, &y.value) }
  }

  static func product(_ x: BigRational, _ y: BigRational) -> BigRational {
    made { gmp_rational_multiply($0, &x.value, &y.value) }
  }

  /// `y` must not be zero.
  static func quotient(_ x: BigRational, _ y: BigRational) -> BigRational {
    made { gmp_rational_divide($0, &x.value, &y.value) }
  }

  func power(_ exponent: UInt) -> BigRational {
    BigRational.made { gmp_rational_power($0, &value, exponent) }
  }

  var floor: BigRational { BigRational.made { gmp_rational_floor($0, &value) } }

  /// Below zero, zero or above zero as this is less than, equal to or greater than `other`.
  func compared(to other: BigRational) -> Int { Int(gmp_rational_compare(&value, &other.value)) }

  var sign: Int { Int(gmp_rational_sign(&value)) }
  var isInteger: Bool { gmp_rational_is_integer(&value) != 0 }
  /// Bits of numerator and denominator together.
  var bits: Int { Int(gmp_rational_bits(&value)) }
  /// The nearest double towards zero; infinite beyond the range of doubles.
  var truncated: Double { gmp_rational_truncated(&value) }

  /// Numerator and denominator, if both fit.
  var words: (Int64, Int64)? {
    var numerator = 0
    var denominator = 0
    guard gmp_rational_get_words(&value, &numerator, &denominator) != 0, numerator != Int.min else {
      return nil
    }
    return (Int64(numerator), Int64(denominator))
  }

  var text: String {
    guard let characters = gmp_rational_text(&value) else { return "" }
    defer { free(characters) }
    return String(cString: characters)
  }
}
