import CVectorKernels

/// What may stand around an expression when it is scored.
package struct AffineMode: OptionSet, Sendable {
  /// One bit for each of the two.
  package let rawValue: Int
  /// A mode of these bits.
  package init(rawValue: Int) { self.rawValue = rawValue }
  /// A factor.
  package static let scale = AffineMode(rawValue: 1)
  /// A term.
  package static let shift = AffineMode(rawValue: 2)
}

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

  /// Adds a tile's sums, which were taken with a shift of their own.
  ///
  /// - Parameters:
  ///   - tile: predictions and targets in units of 1 / `unit`.
  ///   - targetSquares: Σw·y² of the tile.
  @inline(__always)
  mutating func add(_ tile: vk_moments, unit: Double, targetSquares: Double) {
    let offset = (tile.shift_prediction - shift) * unit
    weight += tile.weight
    p += tile.prediction + offset * tile.weight
    pp += tile.prediction_square + 2 * offset * tile.prediction + offset * offset * tile.weight
    py += tile.product + offset * tile.target
    y += tile.target
    yy += targetSquares
  }

  /// Whether every prediction so far is finite, and no sum has overflowed or vanished.
  @inline(__always)
  var isUsable: Bool { (pp + py).isFinite && pp > 1e-280 }

  /// Least squares of y on p and 1, as far as `mode` allows a factor and a term.
  ///
  /// - Parameters:
  ///   - level: what was taken from every prediction, in the unit of p.
  ///   - offset: the term where none is fitted, for unshifted predictions of a centred target: -ȳ in scaled
  ///     units.
  /// - Returns: factor, term and sum of squared residuals. The sum never falls as rows are added.
  @inline(__always)
  func best(_ mode: AffineMode, level: Double, offset: Double) -> (
    factor: Double, term: Double, residualSum: Double
  ) {
    if mode.rawValue == 3 {
      let spread = pp - p * p / weight
      let total = yy - y * y / weight
      // A prediction that is constant to rounding error explains nothing.
      guard spread > 1e-13 * pp, spread > 0 else { return (0, y / weight, total) }
      let shared = py - p * y / weight
      let factor = shared / spread
      return (factor, (y - factor * p) / weight, max(0, total - factor * shared))
    }
    if mode.rawValue == 2 {
      let term = (y - p) / weight
      return (1, term, residuals(1, term))
    }
    // Without a term the shift of the predictions must be undone: p + shift is what they are.
    let q = p + level * weight
    let qq = pp + 2 * level * p + level * level * weight
    let qy = py + level * y
    let factor = mode.rawValue == 1 ? (qy - offset * q) / qq : 1
    let term = factor * level + offset
    return (factor, term, residuals(factor, term))
  }

  /// Σw(factor·p + term - y)².
  private func residuals(_ factor: Double, _ term: Double) -> Double {
    let squares = factor * factor * pp + yy + term * term * weight
    return max(0, squares - 2 * factor * py + 2 * term * (factor * p - y))
  }
}

/// How well an expression explains the target through its best `a·f + b`.
package struct AffineScore {
  /// Mean loss of `a·f + b`: scaled for the squared loss; infinite for an expression that is not finite on
  /// every row.
  package var loss: Double
  /// Factor `a`.
  package var scale: Double
  /// Term `b`.
  package var shift: Double

  /// The score of an expression that is not finite.
  package static let invalid = AffineScore(loss: .infinity, scale: 0, shift: 0)
}
