import Foundation

/// Numbers as people read them.
public enum NumberText {
  /// `value` with `digits` significant digits, without trailing zeros.
  public static func rounded(_ value: Double, digits: Int) -> String {
    // Without a locale: with one, even the POSIX one, Foundation writes the exponent as E.
    let text = String(format: "%.\(digits)g", value)
    guard let mark = text.firstIndex(of: "e") else { return text }
    return "\(text[..<mark])e\(Int(text[text.index(after: mark)...]) ?? 0)"
  }

  /// `value` with as few digits as are read back as this very number: 25, 0.6, 1.501e7.
  public static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    // Six are the digits up to which a whole number is written without an exponent.
    for digits in 6..<17 {
      let text = rounded(value, digits: digits)
      if Double(text) == value { return text }
    }
    return rounded(value, digits: 17)
  }

  /// The number nearest to `value` that is written with `digits` significant digits.
  public static func rounding(_ value: Double, digits: Int) -> Double {
    value.isFinite ? Double(String(format: "%.\(digits - 1)e", value)) ?? value : value
  }
}
