import Foundation

/// Coefficients of a fitted sum, as they are and made simple.
enum LinearCoefficients {
  /// Sets of coefficients to write, the constant first: with what is zero within its error left out, and
  /// ratios that are whole within theirs made so.
  ///
  /// - Parameter isScaleFree: whether all may be divided by a common factor.
  static func variants(_ fit: LeastSquares.Fit, isScaleFree: Bool) -> [[Double]] {
    guard fit.coefficients.allSatisfy(\.isFinite) else { return [] }
    var coefficients = fit.coefficients
    var errors = fit.errors
    if isScaleFree, coefficients.count > 1 {
      // Divided by the coefficient that is known best.
      var reference = 1
      for index in 2..<max(2, coefficients.count)
      where errors[index] / abs(coefficients[index]) < errors[reference] / abs(coefficients[reference]) {
        reference = index
      }
      let unit = abs(coefficients[reference])
      guard unit > 0 else { return [] }
      for index in coefficients.indices {
        coefficients[index] /= unit
        errors[index] /= unit
      }
    }
    var variants = [coefficients]
    func add(_ variant: [Double]) {
      if !variants.contains(variant), variant.dropFirst().contains(where: { $0 != 0 }) {
        variants.append(variant)
      }
    }
    let size = coefficients.map(abs).max() ?? 1
    let simple = zip(coefficients, errors).map { value, error in
      let allowed = max(3 * error, 1e-7 * size)
      return abs(value - value.rounded()) <= allowed && abs(value) < 20 ? value.rounded() : value
    }
    add(simple)
    // Without the constant: sums of two terms seldom carry a third.
    if simple.count > 2 || !isScaleFree {
      add([0] + simple.dropFirst())
      add([0] + coefficients.dropFirst())
    }
    add(simple.map { $0.rounded() })
    return variants
  }
}
