import Foundation

/// With what precision the numbers of a column were written down, as far as their text or bits tell.
///
/// A number that was printed with two decimals may have been up to half of 0.01 more or less. What explains a
/// column up to half a ``step(at:)`` explains all that is known of it.
public struct ColumnPrecision: Sendable, Hashable {
  /// The distance between any two neighbouring numbers, in the column's unit: 0.01 for a fixed number of two
  /// decimals, or the step of a sensor whose values are multiples of more than the last printed digit.
  public var absoluteStep: Double?
  /// The number of significant digits, when that is what is fixed; 17 for numbers that read back bit for bit.
  public var significantDigits: Int?
  /// Whether the values are 32-bit floating point numbers.
  public var isSinglePrecision: Bool
  /// Whether all values are whole numbers, written as such. They may be counts, which are exact, or rounded.
  public var isWhole: Bool
  /// Whether ``absoluteStep`` was found in the values and is larger than the last printed digit.
  public var isQuantised: Bool
  /// Whether the values look chosen rather than measured: evenly spaced, in even ratios, or few that recur.
  ///
  /// Such features are settings, exact as they were written, whatever the step. Of a target it says nothing,
  /// since a coarse instrument gives few values as well.
  public var isGrid: Bool

  /// A precision; without arguments, nothing is known.
  public init(
    absoluteStep: Double? = nil, significantDigits: Int? = nil, isSinglePrecision: Bool = false,
    isWhole: Bool = false, isQuantised: Bool = false, isGrid: Bool = false
  ) {
    self.absoluteStep = absoluteStep
    self.significantDigits = significantDigits
    self.isSinglePrecision = isSinglePrecision
    self.isWhole = isWhole
    self.isQuantised = isQuantised
    self.isGrid = isGrid
  }

  /// The distance, in the column's unit, between the numbers next to `value` that could have been written in
  /// its place; 0 where nothing is known, as of 64-bit numbers in memory.
  public func step(at value: Double) -> Double {
    guard value.isFinite else { return 0 }
    var step = 0.0
    if let absoluteStep {
      // Digits beyond the resolution of a Double say nothing.
      step = max(absoluteStep, value.ulp)
    } else if let significantDigits, value != 0 {
      step = ColumnPrecision.powerOfTen(ColumnPrecision.exponent(of: value) - significantDigits + 1)
    }
    if isSinglePrecision {
      let ulp = Double(Float(value).ulp)
      if ulp.isFinite { step = max(step, ulp) }
    }
    return step
  }

  /// The power of ten of the first digit of `value`, which is not 0.
  private static func exponent(of value: Double) -> Int {
    let magnitude = value.magnitude
    let guess = Int(log10(magnitude).rounded(.down))
    // The logarithm may be rounded across a power of ten.
    if powerOfTen(guess + 1) <= magnitude { return guess + 1 }
    return powerOfTen(guess) > magnitude ? guess - 1 : guess
  }

  /// 10 to the `exponent`, the nearest Double.
  static func powerOfTen(_ exponent: Int) -> Double {
    if (-22...22).contains(exponent) {
      // Both are exact, so the quotient is rounded once.
      return exponent < 0 ? 1 / exactPowers[-exponent] : exactPowers[exponent]
    }
    return Double("1e\(exponent)") ?? (exponent > 0 ? .infinity : 0)
  }

  private static let exactPowers: [Double] = {
    var powers = [1.0]
    for _ in 0..<22 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()
}
