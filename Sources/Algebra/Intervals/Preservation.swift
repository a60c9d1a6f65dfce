import Expressions
import Randomness

/// Whether a rewritten formula has the values of the original, as far as bounds at points tell.
package enum Preservation: Hashable, Sendable {
  /// At every point looked at the bounds allow that; at one of them at least they decide whether there is a
  /// value.
  case kept
  /// The values differ at a point, or one formula has a value where the other has none.
  case violated
  /// No point could be decided.
  case unknown

  /// Compares two formulas at seeded points of ordinary, small, large and whole values.
  ///
  /// - Parameters:
  ///   - before: the original.
  ///   - after: the rewritten formula.
  ///   - assumptions: what is known about the features.
  ///   - points: how many points are looked at.
  ///   - tolerance: how far, relative to itself, a constant that is not whole may have been rounded.
  ///   - seed: which points.
  package init(
    of before: Formula, by after: Formula, assuming assumptions: Assumptions = .init(), points: Int,
    tolerance: Double = 0, seed: UInt64 = 0
  ) {
    let features = Set(before.featureIndices + after.featureIndices).sorted()
    var values = [Enclosure](repeating: Enclosure(0), count: (features.last ?? -1) + 1)
    var random = RandomStream(seed: seed, 18)
    var isDecided = false
    for point in 0..<points {
      for feature in features {
        let isPositive = assumptions.positiveFeatures.contains(feature)
        values[feature] = Enclosure(PointComparison.coordinate(point, isPositive: isPositive, &random))
      }
      let old = before.enclosure(values, tolerance: tolerance)
      let new = after.enclosure(values, tolerance: tolerance)
      if old.differs(from: new) || old.isDefined && new.isUndefined || old.isUndefined && new.isDefined {
        self = .violated
        return
      }
      isDecided = isDecided || (old.isDefined || old.isUndefined) && (new.isDefined || new.isUndefined)
    }
    self = isDecided ? .kept : .unknown
  }
}
