/// The search for the least value of a function of one minimum by sections in the golden ratio (Kiefer 1953).
enum GoldenSection {
  /// Where, between two points, the function is least, and what it is there.
  ///
  /// - Parameters:
  ///   - refinements: how often the interval is cut; each takes one value and leaves 0.618 of it.
  static func minimum(
    _ low: Double, _ high: Double, refinements: Int, _ function: (Double) -> Double
  ) -> (point: Double, value: Double) {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var inner = (high - ratio * (high - low), low + ratio * (high - low))
    var values = (function(inner.0), function(inner.1))
    for _ in 0..<refinements {
      if values.0 < values.1 {
        high = inner.1
        inner = (high - ratio * (high - low), inner.0)
        values = (function(inner.0), values.0)
      } else {
        low = inner.0
        inner = (inner.1, low + ratio * (high - low))
        values = (values.1, function(inner.1))
      }
    }
    return values.0 < values.1 ? (inner.0, values.0) : (inner.1, values.1)
  }
}
