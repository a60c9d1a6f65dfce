import Foundation
import Randomness

/// Where a law is compared with a candidate: on the range of the data, and well beyond it.
public enum Domain: Sendable {
  /// Independent features, each drawn from its axis.
  case box([Axis])
  /// Fixed rows, for features that are whole numbers bound to each other.
  case rows(on: [[Double]], beyond: [[Double]])

  /// The span of one positive feature.
  public struct Axis: Sendable {
    /// What the data cover.
    public let range: ClosedRange<Double>
    /// What the judge covers; contains ``range``.
    public let wideRange: ClosedRange<Double>

    /// An axis whose wide range goes a factor of `beyond` past both ends of `range`, which must be positive.
    public init(_ range: ClosedRange<Double>, beyond: Double) {
      self.range = range
      wideRange = range.lowerBound / beyond...range.upperBound * beyond
    }
  }

  /// Rows on the range of the data, the same for every call; log-uniform along each axis.
  public func rowsOnRange(count: Int = 200) -> [[Double]] { rows(count, wide: false) }

  /// Rows beyond the range of the data: in at least one feature, except by chance of a wide draw.
  public func rowsBeyondRange(count: Int = 200) -> [[Double]] { rows(count, wide: true) }

  private func rows(_ count: Int, wide: Bool) -> [[Double]] {
    switch self {
    case .rows(let on, let beyond): return wide ? beyond : on
    case .box(let axes):
      var stream = RandomStream(seed: 20_230_502, wide ? 1 : 0)
      return (0..<count).map { _ in
        axes.map { axis in
          let span = wide ? axis.wideRange : axis.range
          return stream.logUniform(span.lowerBound, span.upperBound)
        }
      }
    }
  }
}
