/// A share of successes, with its uncertainty.
public struct Proportion: Sendable, Hashable, Codable {
  /// Successes.
  public let successes: Int
  /// Trials.
  public let trials: Int
  /// Lower end of the 95 % interval.
  public let low: Double
  /// Upper end of the 95 % interval.
  public let high: Double

  /// The share with its 95 % score interval (Wilson, J. Am. Stat. Assoc. 22, 209, 1927), which keeps its
  /// coverage for a few trials and for shares of 0 and 1. No trials give the interval from 0 to 1.
  ///
  /// - Parameters:
  ///   - successes: between 0 and `trials`; what is outside is clamped.
  ///   - trials: not negative.
  public init(successes: Int, trials: Int) {
    let trials = max(trials, 0)
    let successes = min(max(successes, 0), trials)
    self.successes = successes
    self.trials = trials
    guard trials > 0 else {
      (low, high) = (0, 1)
      return
    }
    let quantile = 1.959963984540054
    let count = Double(trials)
    let share = Double(successes) / count
    let shrink = 1 / (1 + quantile * quantile / count)
    let centre = (share + quantile * quantile / (2 * count)) * shrink
    let variance = share * (1 - share) / count + quantile * quantile / (4 * count * count)
    let half = quantile * shrink * variance.squareRoot()
    low = successes == 0 ? 0 : max(0, centre - half)
    high = successes == trials ? 1 : min(1, centre + half)
  }

  /// Successes over trials; NaN without trials.
  public var share: Double { Double(successes) / Double(trials) }

  /// The 95 % interval of the difference `self - other` of two independent shares, from the two score
  /// intervals (Newcombe, Stat. Med. 17, 873, 1998, method 10).
  public func difference(from other: Proportion) -> ClosedRange<Double> {
    guard trials > 0, other.trials > 0 else { return -1...1 }
    let difference = share - other.share
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let below = length(share - low, other.high - other.share)
    let above = length(high - share, other.share - other.low)
    return max(-1, difference - below)...min(1, difference + above)
  }
}
