import Foundation

/// Simple numbers for fitted exponents.
enum ExponentChoices {
  /// Sets of exponents to try in place of fitted ones, most faithful last: rounded to whole numbers, to
  /// halves, to what simple fraction their errors allow, and as they are.
  static func variants(_ exponents: [Double], errors: [Double]) -> [[Double]] {
    guard exponents.allSatisfy({ $0.isFinite && abs($0) < 50 }) else { return [] }
    var variants: [[Double]] = []
    func add(_ variant: [Double]) {
      if !variants.contains(variant), variant.contains(where: { $0 != 0 }) { variants.append(variant) }
    }
    add(exponents.map { $0.rounded() })
    add(exponents.map { ($0 * 2).rounded() / 2 })
    add(zip(exponents, errors).map(simplest))
    if exponents.count <= 3 { add(exponents) }
    return variants
  }

  /// The simplest fraction within three standard errors, else the number itself.
  private static func simplest(_ exponent: Double, _ error: Double) -> Double {
    let allowed = max(3 * error, 1e-7)
    for denominator in [1.0, 2, 3, 4, 5, 6] {
      let fraction = (exponent * denominator).rounded() / denominator
      if abs(fraction - exponent) <= allowed { return fraction }
    }
    return exponent
  }
}
