/// Weighted sums over the rows from which the best `a·p + b` and its loss follow in closed form.
///
/// Targets are centred by their mean and divided by the data's scale before they are summed, predictions are
/// shifted by their value in the first row: both keep the differences below from cancelling.
struct Moments {
  /// What was taken from every prediction.
  let shift: Double
  /// Σw.
  var weight = 0.0
  /// Σw·p of the shifted predictions.
  var p = 0.0
  /// Σw·p².
  var pp = 0.0
  /// Σw·p·y with the centred, scaled targets.
  var py = 0.0
  /// Σw·y.
  var y = 0.0
  /// Σw·y².
  var yy = 0.0

  init(shift: Double) { self.shift = shift }

  /// Whether every prediction so far is finite, and no sum has overflowed.
  @inline(__always)
  var isFinite: Bool { (pp + py).isFinite }

  /// Sum of squared residuals of the best fit to these rows: never more than that of the best fit to these rows and others.
  @inline(__always)
  var residualSum: Double { best.residualSum }

  /// Least squares of y on p and 1.
  @inline(__always)
  var best: (factor: Double, term: Double, residualSum: Double) {
    let spread = pp - p * p / weight
    let total = yy - y * y / weight
    // A prediction that is constant to rounding error explains nothing.
    guard spread > 1e-13 * pp, spread > 0 else { return (0, y / weight, total) }
    let shared = py - p * y / weight
    let factor = shared / spread
    return (factor, (y - factor * p) / weight, max(0, total - factor * shared))
  }
}

/// How well an expression explains the target through its best `a·f + b`.
package struct AffineScore {
  /// Mean loss of `a·f + b`: scaled for the squared loss; infinite for an expression that is not finite on every row.
  package var loss: Double
  /// Factor `a`.
  package var scale: Double
  /// Term `b`.
  package var shift: Double

  /// The score of an expression that is not finite.
  package static let invalid = AffineScore(loss: .infinity, scale: 0, shift: 0)
}
