import Foundation

/// A number that people write down rather than measure: a small integer or fraction, a multiple of π, a root
/// of a small integer, a short decimal.
package struct NiceNumber: Hashable, Sendable {
  /// The number.
  package let value: Double
  /// How many numbers at least as simple would be expected as near to the estimate, had they nothing to do
  /// with it.
  package let coincidence: Double

  private init(_ value: Double, _ coincidence: Double) {
    self.value = value
    self.coincidence = coincidence
  }

  /// A set of numbers that are about equally simple.
  private struct Family: Sendable {
    /// Members for each unit of length, simpler families included.
    let density: Double
    /// The coincidence above which nearness says nothing.
    let limit: Double
    let nearest: @Sendable (Double) -> Double?
  }

  /// The simplest number that an estimate is within error of, if its nearness is unlikely to be chance.
  ///
  /// - Parameters:
  ///   - estimate: the fitted constant.
  ///   - error: its standard error; nil where the rows do not determine it.
  ///   - isExponent: exponents are small fractions more often than other constants are.
  /// - Returns: nil where there is none, or `estimate` is such a number already.
  package static func nearest(_ estimate: Double, error: Double?, isExponent: Bool) -> NiceNumber? {
    guard estimate.isFinite, estimate != 0 else { return nil }
    let deviation = 2 * (error ?? 0)
    // What is so small is zero or a constant of nature, which the loss tells.
    if abs(estimate) < 1e-9, abs(estimate) <= max(deviation, 1e-12) { return NiceNumber(0, 0) }
    // Whether so small a difference is rounding error is for the loss to say.
    let reach = max(deviation, 1e-8 * abs(estimate))
    for family in isExponent ? exponents + families : families {
      guard let value = family.nearest(estimate), value != 0, value.isFinite else { continue }
      if value == estimate { return nil }
      let distance = abs(value - estimate)
      let coincidence = 2 * max(distance, deviation) * family.density
      if distance <= reach, coincidence <= family.limit {
        return NiceNumber(value, coincidence)
      }
    }
    guard let decimal = shortDecimal(near: estimate, deviation: deviation, reach: reach),
      decimal.value != estimate
    else {
      return nil
    }
    return decimal
  }

  /// Nats to write `value` down as the number it is: numerator and denominator, or the digits; nil for one of
  /// more than six digits.
  package static func descriptionLength(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let sign = Foundation.log(2.0)
    if let simple = shortestFraction(value) { return sign + simple }
    for scale in [Double.pi, 1 / Double.pi] {
      if let factor = shortestFraction(value / scale) { return 2 * sign + factor }
    }
    for radicand in 2...5 where shortestFraction(value / Double(radicand).squareRoot()) != nil {
      return 2 * sign + Foundation.log(Double(radicand)) + shortestFraction(
        value / Double(radicand).squareRoot())!
    }
    guard let (digits, exponent) = digits(value) else { return nil }
    return 2 * sign + Double(digits) * Foundation.log(10.0) + Foundation.log(Double(abs(exponent) + 1))
  }

  // MARK: - Families

  private static let exponents = [
    Family(density: 2, limit: 0.5) { fraction($0, of: 1, denominators: 1...2) },
    Family(density: 6, limit: 0.2) { fraction($0, of: 1, denominators: 3...4) },
  ]

  private static let families = [
    Family(density: 1, limit: 0.1) { fraction($0, of: 1, denominators: 1...1) },
    Family(density: 2, limit: 0.1) { fraction($0, of: 1, denominators: 2...2) },
    Family(density: 6, limit: 0.1) { fraction($0, of: 1, denominators: 3...4) },
    Family(density: 12, limit: 0.02) { fraction($0, of: .pi, denominators: 1...4) },
    Family(density: 20, limit: 0.02) { fraction($0, of: 1 / .pi, denominators: 1...4) },
    Family(density: 40, limit: 0.02) { value in
      [2.0, 3, 5].lazy.compactMap { fraction(value, of: $0.squareRoot(), denominators: 1...4) }
        .min { abs($0 - value) < abs($1 - value) }
    },
    Family(density: 60, limit: 0.02) { fraction($0, of: exp(1), denominators: 1...2) },
    Family(density: 100, limit: 0.05) { fraction($0, of: 1, denominators: 5...12) },
  ]

  /// The multiple of `unit` by a fraction up to twenty that is nearest to `value`.
  private static func fraction(_ value: Double, of unit: Double, denominators: ClosedRange<Int>) -> Double? {
    var best: Double?
    for denominator in denominators {
      let numerator = (value / unit * Double(denominator)).rounded()
      guard numerator != 0, abs(numerator) <= 20 * Double(denominator) else { continue }
      let nice = numerator * unit / Double(denominator)
      if best.map({ abs(nice - value) < abs($0 - value) }) ?? true { best = nice }
    }
    return best
  }

  /// The decimal of fewest digits, six at most, within reach.
  private static func shortDecimal(near value: Double, deviation: Double, reach: Double) -> NiceNumber? {
    let exponent = Int(Foundation.log10(abs(value)).rounded(.down))
    for digits in 1...6 {
      guard let rounded = Double(String(format: "%.\(digits - 1)e", value)), rounded != 0 else { return nil }
      let distance = abs(rounded - value)
      let spacing = Foundation.pow(10, Double(exponent - digits + 1))
      let coincidence = 2 * max(distance, deviation) / spacing
      if distance <= reach { return coincidence <= 1e-3 ? NiceNumber(rounded, coincidence) : nil }
    }
    return nil
  }

  private static func shortestFraction(_ value: Double) -> Double? {
    for denominator in 1...12 {
      let numerator = value * Double(denominator)
      guard abs(numerator) <= 1000, abs(numerator - numerator.rounded()) <= 2e-15 * abs(numerator) else {
        continue
      }
      return Foundation.log((abs(numerator.rounded()) + 1) * Double(denominator))
    }
    return nil
  }

  private static func digits(_ value: Double) -> (digits: Int, exponent: Int)? {
    guard value != 0 else { return (1, 0) }
    for digits in 1...6 where Double(String(format: "%.\(digits - 1)e", value)) == value {
      return (digits, Int(Foundation.log10(abs(value)).rounded(.down)))
    }
    return nil
  }
}
