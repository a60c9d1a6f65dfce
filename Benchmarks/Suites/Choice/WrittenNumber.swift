import Foundation

/// How numbers are written in a file, and how far what is written is from what was meant.
enum WrittenNumber: Sendable, Hashable {
  /// So many significant digits.
  case significant(Int)
  /// So many decimals.
  case decimals(Int)
  /// The shortest text of a 32-bit number.
  case float32

  /// The text of a number.
  func text(_ value: Double) -> String {
    switch self {
    case .significant(let digits): String(format: "%.\(digits)g", value)
    case .decimals(let digits): String(format: "%.\(digits)f", value)
    case .float32: "\(Float(value))"
    }
  }

  /// Standard deviation of the error of rounding a number of this size: a step over √12.
  func deviation(_ value: Double) -> Double { step(value) / 12.0.squareRoot() }

  private func step(_ value: Double) -> Double {
    guard value.isFinite else { return 0 }
    switch self {
    case .significant(let digits):
      guard value != 0 else { return 0 }
      return max(pow(10, (log10(abs(value))).rounded(.down) - Double(digits - 1)), value.ulp)
    case .decimals(let digits): return pow(10, -Double(digits))
    case .float32: return Double(Float(value).ulp)
    }
  }

  /// Decimals at which a number of this size has three digits, none where it has as many before the point.
  static func decimals(forMedian median: Double) -> WrittenNumber {
    guard median > 0 else { return .decimals(2) }
    return .decimals(max(0, 2 - Int(log10(median).rounded(.down))))
  }
}
