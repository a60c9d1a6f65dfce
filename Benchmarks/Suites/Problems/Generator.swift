import Foundation
import Randomness

/// Makes the data of a problem whose inputs are drawn at random and whose target carries relative noise.
public struct Generator: Sendable {
  /// Rows of a data set.
  public let rowCount: Int
  /// Standard deviation of the noise, as a fraction of the quantity (before its logarithm is taken).
  public let relativeNoise: Double
  /// Draws the features of one row.
  public let drawRow: @Sendable (inout RandomStream) -> [Double]

  /// A generator from its parts.
  public init(
    rowCount: Int, relativeNoise: Double, drawRow: @escaping @Sendable (inout RandomStream) -> [Double]
  ) {
    self.rowCount = rowCount
    self.relativeNoise = relativeNoise
    self.drawRow = drawRow
  }

  /// Independent features, each uniform or log-uniform between its ends.
  public static func features(_ axes: [Spread]) -> @Sendable (inout RandomStream) -> [Double] {
    { stream in
      axes.map { axis in
        switch axis {
        case .linear(let low, let high): stream.uniform(low, high)
        case .logarithmic(let low, let high): stream.logUniform(low, high)
        }
      }
    }
  }

  /// How one feature is spread.
  public enum Spread: Sendable {
    /// Uniform between two ends.
    case linear(Double, Double)
    /// Log-uniform between two positive ends.
    case logarithmic(Double, Double)
  }

  /// The data set of `seed` for a law whose target is the natural logarithm of the noisy quantity.
  ///
  /// The quantity is multiplied by 1 + (relative noise) z with z standard normal; a factor that is not
  /// positive is drawn again. Working with the logarithm keeps quantities such as e⁻⁴⁸⁰⁰, which no double
  /// holds.
  ///
  /// - Returns: rows of features, each followed by the target.
  public func rows(law: Law, seed: UInt64) -> [[Double]] {
    var inputs = RandomStream(seed: seed, 0)
    var noise = RandomStream(seed: seed, 1)
    let constants = law.constants.map(\.value)
    return (0..<rowCount).map { _ in
      let row = drawRow(&inputs)
      var factor = 0.0
      while factor <= 0 { factor = 1 + relativeNoise * noise.normal() }
      return row + [law.value(row, constants) + log(factor)]
    }
  }
}
