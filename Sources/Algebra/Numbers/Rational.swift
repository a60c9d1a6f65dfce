/// An exact fraction of any size: two machine words while they do, GMP beyond.
package struct Rational: Sendable {
  /// In lowest terms with a positive denominator; `big` only where two words do not do.
  enum Storage: Sendable {
    case small(Int64, Int64)
    case big(BigRational)
  }

  let storage: Storage

  init(storage: Storage) { self.storage = storage }

  /// A whole number.
  package init(_ value: Int) {
    storage = value == Int.min ? .big(BigRational(exactly: Double(value))) : .small(Int64(value), 1)
  }

  /// `numerator` over `denominator`, which must be positive.
  package init(_ numerator: Int, over denominator: Int) {
    precondition(denominator > 0 && numerator != Int.min, "a denominator is positive")
    let divisor = Int64(Rational.gcd(numerator.magnitude, denominator.magnitude))
    storage = .small(Int64(numerator) / divisor, Int64(denominator) / divisor)
  }

  init(_ big: BigRational) {
    if let (numerator, denominator) = big.words {
      storage = .small(numerator, denominator)
    } else {
      storage = .big(big)
    }
  }

  /// The number that a double is: 0.1 is 3602879701896397 / 2⁵⁵. It must be finite.
  package init(exactly value: Double) { self.init(BigRational(exactly: value)) }

  /// The number that a double's shortest decimal text says: 0.1 is 1/10. It must be finite.
  ///
  /// This is what constants of formulas mean in exact algebra: people write decimals, and a double's shortest
  /// text is the decimal that was written when that had no more than fifteen digits.
  package init(decimal value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self.init(whole)
      return
    }
    var digits = ""
    var exponent = 0
    let parts = "\(value)".split(separator: "e")
    if parts.count == 2 { exponent = Int(parts[1]) ?? 0 }
    let pieces = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    digits = pieces.joined()
    if pieces.count == 2 { exponent -= pieces[1].count }
    let zeros = String(repeating: "0", count: abs(exponent))
    let text = exponent < 0 ? "\(digits)/1\(zeros)" : digits + zeros
    self.init(BigRational(text: text) ?? BigRational(exactly: value))
  }

  /// Nothing.
  package static let zero = Rational(0)
  /// One.
  package static let one = Rational(1)

  var big: BigRational {
    switch storage {
    case .small(let n, let d): BigRational(n, d)
    case .big(let value): value
    }
  }

  /// -1, 0 or 1.
  package var sign: Int {
    switch storage {
    case .small(let n, _): Int(n.signum())
    case .big(let value): value.sign
    }
  }

  /// Whether this is nothing.
  package var isZero: Bool { if case .small(0, _) = storage { true } else { false } }
  /// Whether this is one.
  package var isOne: Bool { if case .small(1, 1) = storage { true } else { false } }

  /// Whether the denominator is one.
  package var isInteger: Bool {
    switch storage {
    case .small(_, let d): d == 1
    case .big(let value): value.isInteger
    }
  }

  /// Numerator and denominator, where both are words.
  package var words: (numerator: Int, denominator: Int)? {
    if case .small(let n, let d) = storage { (Int(n), Int(d)) } else { nil }
  }

  /// The value as an integer word, if it is one.
  package var integer: Int? { if case .small(let n, 1) = storage { Int(n) } else { nil } }

  /// Bits of the numerator and denominator together: what arithmetic with this costs.
  package var bits: Int {
    switch storage {
    case .small: 64
    case .big(let value): value.bits
    }
  }

  static func gcd(_ x: UInt, _ y: UInt) -> UInt {
    var (x, y) = (x, y)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }

  /// Numerator and denominator as rationals.
  package var parts: (numerator: Rational, denominator: Rational) {
    switch storage {
    case .small(let n, let d): return (Rational(Int(n)), Rational(Int(d)))
    case .big(let value):
      let pieces = value.text.split(separator: "/").map(String.init)
      let whole = { (text: String) in Rational(BigRational(text: text) ?? BigRational(0, 1)) }
      return (whole(pieces[0]), pieces.count == 2 ? whole(pieces[1]) : .one)
    }
  }
}

extension Rational: Hashable, Comparable, CustomStringConvertible {
  /// Whether both are the same number.
  package static func == (x: Rational, y: Rational) -> Bool {
    switch (x.storage, y.storage) {
    case (.small(let a, let b), .small(let c, let d)): a == c && b == d
    case (.big(let a), .big(let b)): a.compared(to: b) == 0
    default: false
    }
  }

  /// Whether `x` is the lesser number.
  package static func < (x: Rational, y: Rational) -> Bool {
    if case .small(let a, 1) = x.storage, case .small(let b, 1) = y.storage { return a < b }
    return x.big.compared(to: y.big) < 0
  }

  /// Equal numbers hash alike.
  package func hash(into hasher: inout Hasher) {
    switch storage {
    case .small(let n, let d):
      hasher.combine(n)
      hasher.combine(d)
    case .big(let value): hasher.combine(value.truncated)
    }
  }

  /// `n` or `n/d`.
  package var description: String {
    switch storage {
    case .small(let n, let d): d == 1 ? "\(n)" : "\(n)/\(d)"
    case .big(let value): value.text
    }
  }
}
