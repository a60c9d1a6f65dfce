import Foundation

/// Rows' errors under a noise model: how large its scale is, how many nats the residuals take, how much each row
/// says.
///
/// The variance of a row is scale² · spread + floor. The scale is fitted by expectation and maximisation
/// (Dempster, Laird and Rubin 1977), heavy tails as a mixture of scales (Lange, Little and Taylor 1989).
struct Likelihood {
  /// Square of the scale; 0 where the floor explains the residuals.
  let scaleSquared: Double
  /// Negative logarithm of the residuals' density, lengths in units of the target's scale.
  let nats: Double
  /// Rows' variances; of Student's distribution the squares of its scale.
  let variances: [Double]
  private let residuals: [Double]
  private let tails: NoiseModel.Tails
  private let censored: [Int8]

  /// Degrees of freedom of Student's distribution.
  static let freedom = 3.0
  /// Nats by which an error beside rounding has to explain the residuals better than rounding alone.
  private static let priceOfScale = 2.5

  /// - Parameters:
  ///   - residuals: predictions minus target.
  ///   - spread: variances up to the factor that is fitted.
  ///   - floor: variances that are added.
  ///   - isKnown: whether that factor is 1.
  ///   - cutOff: for each row 1 or -1 where the target is at its upper or lower limit, else 0; empty for none.
  ///   - step: logarithm of the length that stands for one value of the target.
  init(
    residuals: [Double], spread: [Double], floor: [Double], tails: NoiseModel.Tails, isKnown: Bool,
    cutOff: [Int8], step: Double
  ) {
    self.residuals = residuals
    self.tails = tails
    censored = cutOff
    var found = Likelihood.outcome(residuals, spread, floor, 0, tails, cutOff)
    if isKnown {
      found = Likelihood.outcome(residuals, spread, floor, 1, tails, cutOff)
    } else {
      let scale = Likelihood.scale(residuals, spread, floor, tails, cutOff)
      let fitted = Likelihood.outcome(residuals, spread, floor, scale, tails, cutOff)
      // That rounding explains everything is the simpler account.
      if fitted.nats + Likelihood.priceOfScale < found.nats {
        found = (fitted.scale, fitted.nats + Likelihood.priceOfScale, fitted.variances)
      }
    }
    (scaleSquared, variances) = (found.scale, found.variances)
    // Probabilities of values at a limit and densities elsewhere are compared by the step of the target.
    nats = found.nats + Double(cutOff.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }) * step
  }

  /// The same for variances that are known.
  init(residuals: [Double], variances: [Double], tails: NoiseModel.Tails, cutOff: [Int8]) {
    self.residuals = residuals
    self.variances = variances
    self.tails = tails
    censored = cutOff
    scaleSquared = 1
    nats = Likelihood.outcome(residuals, variances, [], 1, tails, cutOff).nats
  }

  /// How much each row says of the constants, up to a common factor: weights for least squares.
  var weights: [Double] {
    residuals.indices.map { row in
      if isBeyond(row) { return 0 }
      return Likelihood.share(residuals[row] * residuals[row] / variances[row], tails) / variances[row]
    }
  }

  /// Residuals in units of their own standard error; 0 for a row that is rightly beyond a limit.
  var standardised: [Double] {
    residuals.indices.map { isBeyond($0) ? 0 : residuals[$0] / variances[$0].squareRoot() }
  }

  /// Whether a row is cut off and predicted beyond the limit, where it belongs.
  private func isBeyond(_ row: Int) -> Bool {
    !censored.isEmpty && censored[row] != 0 && Double(censored[row]) * residuals[row] > 0
  }

  private static func share(_ z2: Double, _ tails: NoiseModel.Tails) -> Double {
    tails == .gaussian ? 1 : (freedom + 1) / (freedom + z2)
  }

  private static func scale(
    _ residuals: [Double], _ spread: [Double], _ floor: [Double], _ tails: NoiseModel.Tails,
    _ cutOff: [Int8]
  ) -> Double {
    let rows = residuals.indices.filter { cutOff.isEmpty || cutOff[$0] == 0 }
    guard !rows.isEmpty else { return 0 }
    let count = Double(rows.count)
    var squares = rows.map { residuals[$0] * residuals[$0] / spread[$0] }
    if tails == .student {
      // The middle of the squares, where a few far rows do not matter.
      squares.sort()
      squares = [squares[squares.count / 2] * count]
    }
    var scale = squares.reduce(0, +) / count
    guard scale > 0 else { return 0 }
    for _ in 0..<40 {
      var sum = 0.0
      for row in rows {
        let ofScale = scale * spread[row]
        let variance = ofScale + floor[row]
        let r2 = residuals[row] * residuals[row]
        let part = ofScale / variance
        sum +=
          (ofScale * floor[row] / variance + part * part * r2 * share(r2 / variance, tails)) / spread[row]
      }
      let next = sum / count
      let isSettled = abs(next - scale) <= 1e-4 * scale
      scale = next
      if isSettled || !(scale > 0) { break }
    }
    return scale
  }

  private static func outcome(
    _ residuals: [Double], _ spread: [Double], _ floor: [Double], _ scale: Double,
    _ tails: NoiseModel.Tails, _ cutOff: [Int8]
  ) -> (scale: Double, nats: Double, variances: [Double]) {
    var nats = 0.0
    let variances = floor.isEmpty ? spread : spread.indices.map { scale * spread[$0] + floor[$0] }
    let normalising: Double =
      tails == .gaussian
      ? Foundation.log(2 * Double.pi) / 2
      : lgamma(freedom / 2) + Foundation.log(freedom * Double.pi) / 2 - lgamma((freedom + 1) / 2)
    for row in residuals.indices {
      let z2 = residuals[row] * residuals[row] / variances[row]
      if !cutOff.isEmpty, cutOff[row] != 0 {
        nats += beyond(Double(cutOff[row]) * residuals[row] / variances[row].squareRoot())
        continue
      }
      let ofDistance: Double =
        tails == .gaussian ? z2 / 2 : (freedom + 1) / 2 * Foundation.log1p(z2 / freedom)
      nats += normalising + Foundation.log(variances[row]) / 2 + ofDistance
    }
    return (scale, nats.isNaN ? .infinity : nats, variances)
  }

  /// -ln of the probability that a normal error carries a prediction, z of its errors beyond the limit, to or
  /// beyond it.
  private static func beyond(_ z: Double) -> Double {
    if z < -30 { return 0.5 * z * z + Foundation.log(-z) + 0.5 * Foundation.log(2 * Double.pi) }
    return -Foundation.log(0.5 * erfc(-z / 2.0.squareRoot()))
  }
}
