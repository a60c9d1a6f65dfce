import Foundation

/// Operations of arithmetic rounded down and up, exact where the result is a double.
///
/// The error of a sum, product, quotient or root of doubles is found without error (Dekker 1971, Knuth), so
/// that its sign says to which side the rounded result must move.
enum Directed {
  static func sum(_ x: Double, _ y: Double) -> (Double, Double) {
    let sum = x + y
    if !sum.isFinite { return beyond(sum) }
    let part = sum - x
    let error = (x - (sum - part)) + (y - part)
    return moved(sum, error)
  }

  static func product(_ x: Double, _ y: Double) -> (Double, Double) {
    // Zero times an unbounded end is zero: the end itself is no value.
    if x == 0 || y == 0 { return (0, 0) }
    let product = x * y
    if !product.isFinite { return x.isFinite && y.isFinite ? beyond(product) : (product, product) }
    if abs(product) < 1e-290 { return (product.nextDown, product.nextUp) }
    return moved(product, (-product).addingProduct(x, y))
  }

  /// `y` must not be zero.
  static func quotient(_ x: Double, _ y: Double) -> (Double, Double) {
    if x == 0 { return (0, 0) }
    if y.isInfinite { return x.isFinite ? (0, 0) : (-.infinity, .infinity) }
    let quotient = x / y
    if !quotient.isFinite { return x.isFinite ? beyond(quotient) : (quotient, quotient) }
    if abs(quotient) < 1e-290 || abs(x) < 1e-290 { return (quotient.nextDown, quotient.nextUp) }
    let remainder = x.addingProduct(-quotient, y)
    return moved(quotient, y > 0 ? remainder : -remainder)
  }

  static func squareRoot(_ x: Double) -> (Double, Double) {
    let root = x.squareRoot()
    if root == 0 || root.isInfinite { return (root, root) }
    if x < 1e-290 { return (root.nextDown, root.nextUp) }
    return moved(root, x.addingProduct(-root, root))
  }

  /// Moves a result of the C library by the few units in the last place that it may be off.
  static func library(_ value: Double) -> (Double, Double) {
    if value.isInfinite { return beyond(value) }
    let margin = 8 * value.ulp
    return (value - margin, value + margin)
  }

  private static func moved(_ value: Double, _ error: Double) -> (Double, Double) {
    if error.isNaN { return (value.nextDown, value.nextUp) }
    return error == 0 ? (value, value) : error > 0 ? (value, value.nextUp) : (value.nextDown, value)
  }

  private static func beyond(_ value: Double) -> (Double, Double) {
    value > 0
      ? (.greatestFiniteMagnitude, .infinity)
      : value < 0 ? (-.infinity, -.greatestFiniteMagnitude) : (-.infinity, .infinity)
  }
}
