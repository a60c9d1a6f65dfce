import Algebra
import Randomness
import Testing

@Suite struct RationalTests {
  /// Fractions of one word and of many.
  private static func draw(_ random: inout RandomStream) -> Rational {
    let small = Rational(random.index(2001) - 1000, over: 1 + random.index(500))
    if random.chance(0.5) { return small }
    let large = Rational(Int(truncatingIfNeeded: random.next() >> 2), over: 1 + random.index(1_000_000))
    return random.chance(0.5) ? large : large * large * small
  }

  @Test func `fractions of any size obey the laws of a field`() {
    var random = RandomStream(seed: 3)
    for _ in 0..<2_000 {
      let a = RationalTests.draw(&random)
      let b = RationalTests.draw(&random)
      let c = RationalTests.draw(&random)
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect((a - a).isZero && a - b == -(b - a))
      if !b.isZero {
        #expect(a / b * b == a)
        #expect((a / b).hashValue == (a * b.inverse).hashValue)
      }
      #expect((a < b) == ((a - b).sign < 0))
      let rest = a - a.floor
      #expect(a.floor.isInteger && rest.sign >= 0 && rest < .one)
    }
  }

  @Test(arguments: [
    (0.1, "1/10"), (0.3, "3/10"), (1e-3, "1/1000"), (2.5e10, "25000000000"), (-1.25, "-5/4"),
    (1e22, "10000000000000000000000"),
  ])
  func `a double is the decimal that it prints as`(_ value: Double, _ text: String) {
    #expect(Rational(decimal: value).description == text)
    #expect(Rational(decimal: value).decimal == value)
  }

  @Test func `every double's decimal leads back to it, and bounds hold the value`() {
    var random = RandomStream(seed: 5)
    for _ in 0..<2_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let number = Rational(decimal: value)
      #expect(number.decimal == value)
      let (low, high) = number.bounds
      #expect(low <= value && value <= high && (low == high || low.nextUp == high))
      #expect(Rational(exactly: value).bounds == (value, value))
    }
  }

  @Test func `powers stay within bounds`() {
    #expect(Rational(2).power(10) == Rational(1024))
    #expect(Rational(2, over: 3).power(-2) == Rational(9, over: 4))
    #expect(Rational(2).power(1 << 50) == nil && Rational(3).power(Int.min) == nil)
    #expect(Rational(-1).power(1_000_000_001) == Rational(-1))
    #expect(Rational.zero.power(-1) == nil)
  }

  @Test func `words overflow into large numbers`() {
    let large = Rational(Int.max)
    #expect((large + .one).description == "9223372036854775808")
    #expect(large * large / large == large)
    #expect((large + .one) - .one == large)
    #expect(Rational(Int.min).description == "-9223372036854775808")
  }
}
