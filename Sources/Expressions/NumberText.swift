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
}
