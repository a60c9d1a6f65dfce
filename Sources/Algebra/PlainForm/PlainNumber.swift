import Expressions
import Foundation

/// What is a number to write, and which of two is the shorter.
enum PlainNumber {
  /// Significant digits beyond which a number counts as long, whatever their number.
  private static let long = 13

  /// The decimal of at most twelve digits that a computed constant is within rounding of, else the constant.
  static func tidied(_ value: Double) -> Double {
    let short = NumberText.rounding(value, digits: 15)
    return value.isFinite && value != 0 && digits(short) < long ? short : value
  }

  /// Significant digits of a number, at most thirteen; a short multiple of π counts as short.
  static func digits(_ value: Double) -> Int {
    for multiple in [value / .pi, value * .pi] {
      let count = decimals(NumberText.rounding(multiple, digits: 15), upTo: 2)
      if count <= 2 { return count + 2 }
    }
    return decimals(value, upTo: long - 1)
  }

  private static func decimals(_ value: Double, upTo most: Int) -> Int {
    guard value.isFinite else { return long }
    for count in 1...most where NumberText.rounding(value, digits: count) == value { return count }
    return long
  }

  /// A constant that changes by being moved; nil where that makes it much longer, or absurdly large or small.
  ///
  /// - Parameter digits: how many times as many digits it may have.
  static func moved(_ value: Double, from before: Double, digits factor: Double) -> Double? {
    guard value.isFinite, value != 0 else { return nil }
    let size = abs(log10(abs(value)))
    guard size <= 30 || size <= abs(log10(abs(before))) else { return nil }
    let moved = tidied(value)
    let most = Swift.max(6, factor * Double(digits(before)))
    return Double(digits(moved)) <= most || digits(before) >= long ? moved : nil
  }

  /// The number by which to divide rather than multiply by `factor`: one of two digits less.
  static func shortDivisor(_ factor: Double) -> Double? {
    let divisor = tidied(1 / factor)
    guard divisor.isFinite, digits(divisor) + 2 <= digits(factor) else { return nil }
    return divisor
  }
}
