/// An exponent: a fraction of two machine words, small enough to be kept by the thousand.
package struct Exponent: Hashable, Comparable, Sendable {
  let numerator: Int64
  let denominator: Int64

  static let zero = Exponent(0)
  static let one = Exponent(1)

  init(_ whole: Int) {
    numerator = Int64(whole)
    denominator = 1
  }

  private init(lowest numerator: Int64, _ denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// - Throws: ``AlgebraLimit`` when the fraction needs more than 48 bits a part.
  init(_ value: Rational) throws(AlgebraLimit) {
    guard let words = value.words, words.numerator.magnitude < 1 << 48, words.denominator < 1 << 48 else {
      throw .tooLarge
    }
    self.init(lowest: Int64(words.numerator), Int64(words.denominator))
  }

  var rational: Rational { Rational(Int(numerator), over: Int(denominator)) }
  var isZero: Bool { numerator == 0 }
  var isInteger: Bool { denominator == 1 }
  var isNegative: Bool { numerator < 0 }
  /// The whole number this is, if it is one.
  var integer: Int? { denominator == 1 ? Int(numerator) : nil }

  func plus(_ other: Exponent) throws(AlgebraLimit) -> Exponent {
    if denominator == 1 && other.denominator == 1 {
      let sum = numerator + other.numerator
      if sum.magnitude < 1 << 48 { return Exponent(lowest: sum, 1) }
    }
    return try Exponent(rational + other.rational)
  }

  func times(_ other: Exponent) throws(AlgebraLimit) -> Exponent {
    try Exponent(rational * other.rational)
  }

  static prefix func - (x: Exponent) -> Exponent { Exponent(lowest: -x.numerator, x.denominator) }

  /// Whether `x` is the lesser number.
  package static func < (x: Exponent, y: Exponent) -> Bool {
    x.denominator == 1 && y.denominator == 1 ? x.numerator < y.numerator : x.rational < y.rational
  }
}
