import Foundation
import Randomness
import Tables
import Testing

@Suite("Numbers read from text are correctly rounded")
struct CellContentTests {
  /// Both readings of a text that has to be a number, ours and that of the C library.
  private func expectSame(_ text: String, _ location: SourceLocation = #_sourceLocation) {
    let reference = strtod(text, nil)
    let expected: CellContent = reference.isFinite ? .number(reference) : .infinite(reference)
    let content = CellContent(text)
    guard case .number(let value) = content else {
      #expect(content == expected, "\(text)", sourceLocation: location)
      return
    }
    #expect(value.bitPattern == reference.bitPattern, "\(text)", sourceLocation: location)
  }

  @Test("random bit patterns, in the fewest digits and in 17")
  func randomBits() {
    var stream = RandomStream(seed: 1)
    for _ in 0..<60_000 {
      let value = Double(bitPattern: stream.next())
      guard value.isFinite else { continue }
      #expect(CellContent(value.description) == .number(value), "\(value)")
      #expect(CellContent(String(format: "%.16e", value)) == .number(value), "\(value)")
    }
  }

  @Test("random digits, points and exponents")
  func randomDigits() {
    var stream = RandomStream(seed: 2)
    for _ in 0..<100_000 {
      var text = stream.chance(0.3) ? "-" : stream.chance(0.1) ? "+" : ""
      let count = 1 + stream.index(stream.chance(0.1) ? 60 : 21)
      let point = stream.index(count + 1)
      for position in 0..<count {
        if position == point { text += "." }
        text += String(stream.chance(0.2) ? 0 : stream.index(10))
      }
      if stream.chance(0.7) {
        text += stream.chance(0.5) ? "e" : "E"
        text += stream.chance(0.5) ? "-" : stream.chance(0.5) ? "+" : ""
        text += String(stream.index(stream.chance(0.3) ? 345 : 30))
      }
      expectSame(text)
    }
  }

  @Test("ties and their neighbours")
  func halfway() {
    var stream = RandomStream(seed: 3)
    for _ in 0..<2_000 {
      // An odd multiple of half a unit in the last place, exactly representable with 54 bits, written out in
      // full.
      let mantissa = stream.next() >> 10 | 1 << 53 | 1
      let exponent = stream.index(60) - 40
      // mantissa · 2^exponent as decimal digits: times 10^40 for the fractional part of at most 40 binary
      // digits.
      var digits = String(mantissa).utf8.reversed().map { Int($0 - 48) }
      func multiply(by factor: Int) {
        var carry = 0
        for index in digits.indices {
          carry += digits[index] * factor
          digits[index] = carry % 10
          carry /= 10
        }
        while carry > 0 {
          digits.append(carry % 10)
          carry /= 10
        }
      }
      for _ in 0..<abs(exponent) { multiply(by: exponent < 0 ? 5 : 2) }
      let text = String(String.UnicodeScalarView(digits.reversed().map { UnicodeScalar(UInt8(48 + $0)) }))
      let scale = exponent < 0 ? "e\(exponent)" : ""
      expectSame(text + scale)
      expectSame(text + ".000000000000000000000000000001" + scale)
      digits[0] -= digits[0] > 0 ? 1 : 0
      let below = String(String.UnicodeScalarView(digits.reversed().map { UnicodeScalar(UInt8(48 + $0)) }))
      expectSame(below + ".999999" + scale)
    }
  }

  @Test(
    "the limits of the format",
    arguments: [
      "0", "-0", "0e999999999999999999999", "5e-324", "2.4703282292062327208e-324", "2.4703282292062328e-324",
      "4.9406564584124654e-324", "2.2250738585072014e-308", "2.2250738585072011e-308",
      "1.7976931348623157e308",
      "1.7976931348623158e308", "1.7976931348623159e308", "1e308", "1e309", "-1e999", "1e-999",
      "9007199254740993",
      "9007199254740992.5", "18446744073709551615", "18446744073709551616", "99999999999999999999999", "1e22",
      "1e23",
      "8.5e22", ".5", "5.", "1E+05", "+3", "0.000000000000000000000000000000000000000000001e45",
      "1000000000000000000000000000000000000000000000e-45", "6.0221407599999999e23",
      "1e-10000000000000000000000",
    ])
  func limits(text: String) { expectSame(text) }

  @Test("a hundred thousand digits")
  func manyDigits() {
    expectSame("0." + String(repeating: "0", count: 100_000) + "1e100000")
    expectSame("1" + String(repeating: "0", count: 100_000) + "e-100000")
    expectSame("1." + String(repeating: "3", count: 100_000))
  }

  @Test(
    "words",
    arguments: ["-", "+", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "1 2", "1,5", "--1", "n/a", "1_000", "１"])
  func words(text: String) { #expect(CellContent(text) == .word) }

  @Test("missing values", arguments: ["", "  ", "NA", "nan", "NaN", "-nan", "null", "NULL"])
  func missing(text: String) { #expect(CellContent(text) == .missing) }

  @Test("infinities")
  func infinities() {
    #expect(CellContent("inf") == .infinite(.infinity))
    #expect(CellContent("-Infinity") == .infinite(-.infinity))
    #expect(CellContent("1e999") == .infinite(.infinity))
  }

  @Test("a decimal comma, where it is said to be one")
  func decimalComma() {
    #expect(CellContent("3,14", decimalMark: ",") == .number(3.14))
    #expect(CellContent("-2,2204460492503130808472633361816e-16", decimalMark: ",") == .number(-.ulpOfOne))
    #expect(CellContent("3.14", decimalMark: ",") == .word)
  }
}
