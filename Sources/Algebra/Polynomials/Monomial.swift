/// A product of powers of generators, which are known by number; exponents may be negative or fractions.
package struct Monomial: Hashable, Sendable {
  package struct Power: Hashable, Sendable {
    var generator: Int
    var exponent: Exponent
  }

  /// By ascending generator, none with exponent zero.
  var powers: [Power]

  /// The empty product.
  static let one = Monomial(powers: [])

  init(powers: [Power]) { self.powers = powers }

  init(_ generator: Int, _ exponent: Exponent = .one) {
    powers = exponent.isZero ? [] : [Power(generator: generator, exponent: exponent)]
  }

  var isOne: Bool { powers.isEmpty }

  func exponent(of generator: Int) -> Exponent {
    for power in powers where power.generator == generator { return power.exponent }
    return .zero
  }

  func without(_ generator: Int) -> Monomial { Monomial(powers: powers.filter { $0.generator != generator }) }

  func times(_ other: Monomial) throws(AlgebraLimit) -> Monomial {
    if powers.isEmpty { return other }
    if other.powers.isEmpty { return self }
    var result: [Power] = []
    result.reserveCapacity(powers.count + other.powers.count)
    var i = 0
    var j = 0
    while i < powers.count && j < other.powers.count {
      let a = powers[i]
      let b = other.powers[j]
      if a.generator == b.generator {
        let sum = try a.exponent.plus(b.exponent)
        if !sum.isZero { result.append(Power(generator: a.generator, exponent: sum)) }
        i += 1
        j += 1
      } else if a.generator < b.generator {
        result.append(a)
        i += 1
      } else {
        result.append(b)
        j += 1
      }
    }
    result += powers[i...]
    result += other.powers[j...]
    return Monomial(powers: result)
  }

  func raised(to exponent: Exponent) throws(AlgebraLimit) -> Monomial {
    var result: [Power] = []
    for power in powers {
      let product = try power.exponent.times(exponent)
      if !product.isZero { result.append(Power(generator: power.generator, exponent: product)) }
    }
    return Monomial(powers: result)
  }

  var inverse: Monomial {
    Monomial(powers: powers.map { Power(generator: $0.generator, exponent: -$0.exponent) })
  }

  /// Lexicographic order, generators of lower number first: an order that products keep.
  static func precedes(_ a: Monomial, _ b: Monomial) -> Bool {
    var i = 0
    while i < a.powers.count && i < b.powers.count {
      let x = a.powers[i]
      let y = b.powers[i]
      if x.generator < y.generator { return !x.exponent.isNegative }
      if x.generator > y.generator { return y.exponent.isNegative }
      if x.exponent != y.exponent { return x.exponent > y.exponent }
      i += 1
    }
    if i < a.powers.count { return !a.powers[i].exponent.isNegative }
    if i < b.powers.count { return b.powers[i].exponent.isNegative }
    return false
  }
}
