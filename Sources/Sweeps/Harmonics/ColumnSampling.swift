import Evaluation
import Foundation
import Randomness

/// How a column was sampled: where it begins, how far it reaches, and whether its values lie at even steps.
///
/// Rows at even steps h cannot tell an angular frequency ω from ω + 2πk/h or from 2πk/h - ω: what they show
/// lies between 0 and π/h, the Nyquist frequency.
package struct ColumnSampling: Sendable, Hashable {
  /// The least value.
  package let first: Double
  /// The greatest value less the least.
  package let range: Double
  /// How many different values there are, at least three.
  package let distinct: Int
  /// The step of the lattice that all values lie on, as far as their digits tell; nil where there is none.
  package let step: Double?

  /// Deviation from the lattice that rounding of printed values may cause, in steps.
  private static let tolerance = 2e-3
  /// Into how many parts the smallest gap is divided at most: rows may leave out points of the lattice.
  private static let mostDivisions = 6
  /// Gaps of fewer values than this show no lattice.
  private static let fewest = 4

  /// The sampling of a column; nil for fewer than three different values, or for some that are not finite.
  ///
  /// - Parameter rows: how many rows the column has, if `values` are some of them only.
  package init?(_ values: [Double], rows: Int? = nil) {
    let sorted = values.sorted()
    guard let least = sorted.first, let most = sorted.last, (most - least).isFinite, most > least else {
      return nil
    }
    let same = 1e-9 * (most - least)
    var kept = [least]
    for value in sorted where value - kept[kept.count - 1] > same { kept.append(value) }
    guard kept.count >= 3 else { return nil }
    first = least
    range = most - least
    let step = ColumnSampling.step(kept)
    self.step = step
    let whole = rows ?? values.count
    if whole > values.count {
      // Of the others nearly all are new, unless there is no room for them on the lattice.
      let room = step.map { ((most - least) / $0).rounded() + 1 } ?? .infinity
      let share = Double(kept.count) / Double(values.count)
      distinct = Int(Swift.min(room, share < 0.5 ? Double(kept.count) : share * Double(whole)))
    } else {
      distinct = kept.count
    }
  }

  /// The highest angular frequency worth looking for: that of Nyquist for even steps; for uneven ones, which
  /// show more (VanderPlas 2018, section 4.1), four times what as many even ones would.
  package var highestFrequency: Double {
    let mean = Double.pi * Double(distinct - 1) / range
    return Swift.min(4 * mean, step.map { Double.pi / $0 } ?? .infinity)
  }

  /// The lattice's step, if the ascending values lie on one.
  private static func step(_ values: [Double]) -> Double? {
    guard values.count >= fewest else { return nil }
    let gaps = zip(values.dropFirst(), values).map { $0 - $1 }
    guard let least = gaps.min() else { return nil }
    for divisions in 1...mostDivisions {
      let trial = least / Double(divisions)
      let counts = gaps.map { ($0 / trial).rounded() }
      // Gaps many steps long say nothing unless the step is known to so many digits.
      let total = counts.reduce(0, +)
      guard zip(gaps, counts).allSatisfy({ abs($0 / trial - $1) < 0.02 * Swift.max(1, $1.squareRoot()) }),
        total < 1e6
      else { continue }
      let step = (values[values.count - 1] - values[0]) / total
      var steps = 0.0
      var fits = true
      for (value, count) in zip(values.dropFirst(), counts) {
        steps += count
        fits = fits && abs((value - values[0]) / step - steps) < tolerance
      }
      if fits { return step }
    }
    return nil
  }
}

extension ColumnSampling {
  /// Rows that suffice to see how a column was sampled.
  private static let mostRows = 4096

  /// The sampling of each feature of `data`, on rows drawn by a stream of the seed where there are many.
  package static func all(_ data: EvaluationData, seed: UInt64) -> [ColumnSampling?] {
    var rows = Array(0..<data.rowCount)
    if data.rowCount > mostRows {
      var random = RandomStream(seed: seed, 8)
      rows = random.sample(mostRows, of: data.rowCount)
    }
    return (0..<data.featureCount).map { feature in
      ColumnSampling(rows.map { data.feature(feature, row: $0) }, rows: data.rowCount)
    }
  }
}
