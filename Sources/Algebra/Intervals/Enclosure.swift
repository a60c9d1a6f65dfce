/// What is known of a value: bounds that hold it where it is defined, and whether it is.
package struct Enclosure: Hashable, Sendable {
  /// Whether a value exists.
  package enum Definedness: Sendable {
    /// There is a real value, within the bounds.
    case always
    /// It could not be decided, or depends on the arguments.
    case perhaps
    /// There is none: the logarithm of a negative number, for example.
    case never
    /// There is none because of a division by zero or a logarithm of zero, which evaluation takes for an
    /// infinity that a later step may turn into a number again.
    case infinite
  }

  /// The lower bound.
  package let low: Double
  /// The upper bound.
  package let high: Double
  /// Whether there is a value.
  package let definedness: Definedness

  /// An enclosure from its parts; bounds in the wrong order, or that are no numbers, become infinite.
  package init(_ low: Double, _ high: Double, _ definedness: Definedness = .always) {
    let isSound = low <= high
    self.low = isSound ? low : -.infinity
    self.high = isSound ? high : .infinity
    self.definedness = definedness
  }

  /// Exactly this number.
  package init(_ value: Double) { self.init(value, value) }

  /// All real numbers.
  package static let reals = Enclosure(-.infinity, .infinity)
  /// Nothing is known.
  static let unknown = Enclosure(-.infinity, .infinity, .perhaps)
  static let never = Enclosure(-.infinity, .infinity, .never)
  static let infinite = Enclosure(-.infinity, .infinity, .infinite)

  /// Whether there is but one value.
  var isPoint: Bool { low == high }
  /// Whether there certainly is a value.
  package var isDefined: Bool { definedness == .always }
  /// Whether there certainly is none.
  package var isUndefined: Bool { definedness == .never || definedness == .infinite }

  func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The same bounds where all of `others` have a value as well.
  func defined(with others: Enclosure...) -> Enclosure {
    let isAlways = definedness == .always && others.allSatisfy { $0.definedness == .always }
    return Enclosure(low, high, isAlways ? .always : .perhaps)
  }

  /// Whether both have a value and the values differ.
  package func differs(from other: Enclosure) -> Bool {
    isDefined && other.isDefined && (high < other.low || other.high < low)
  }

  /// The smallest enclosure that holds both; defined where both are.
  func union(_ other: Enclosure) -> Enclosure {
    Enclosure(min(low, other.low), max(high, other.high), definedness).defined(with: other)
  }
}
