import Expressions
import Randomness

/// Whether two formulas are equal wherever both are defined.
public enum Equivalence: String, Hashable, Sendable, CaseIterable {
  /// Algebra shows that they are.
  case equal
  /// They are not: they differ at a point where both are defined, or by algebra.
  case different
  /// Neither could be shown.
  case undecided

  /// Decides the question over the real numbers.
  ///
  /// "Equal" is the word of exact algebra alone: the difference's normal form is zero. "Different" is said
  /// when intervals that hold the values at a point have no number in common, or when the formulas are
  /// different rational functions. Constants mean the decimals that they print as, so that 0.1 + 0.2 is 0.3;
  /// the double nearest the circle's constant means that constant. Work is bounded by counting, so the answer
  /// does not depend on the machine.
  ///
  /// - Parameters:
  ///   - a: a formula.
  ///   - b: another in the same features.
  ///   - assumptions: what is known about the features.
  public static func decide(_ a: Formula, _ b: Formula, assuming assumptions: Assumptions = .init())
    -> Equivalence
  {
    if a == b { return .equal }
    if PointComparison.differ(a, b, assuming: assumptions) { return .different }
    let normalizer = Normalizer(work: 600_000, assumptions: assumptions)
    do throws(AlgebraLimit) {
      return try decide(a, b, normalizer)
    } catch {
      return .undecided
    }
  }

  private static func decide(_ a: Formula, _ b: Formula, _ normalizer: Normalizer) throws(AlgebraLimit)
    -> Equivalence
  {
    // What one formula says about signs is true wherever both are defined, so the other is looked at again.
    for _ in 0..<4 {
      let known = (normalizer.facts.count, normalizer.bases.count)
      let left = try normalizer.normalForm(of: a)
      let right = try normalizer.normalForm(of: b)
      if try normalizer.workspace.areSame(left, right) { return .equal }
      let isRational = normalizer.workspace.generators.allSatisfy {
        if case .feature = $0.kind { true } else { false }
      }
      // Different rational functions agree on a set without interior only, and are defined everywhere else.
      if isRational { return .different }
      if known == (normalizer.facts.count, normalizer.bases.count) { break }
    }
    return .undecided
  }
}

/// Comparison of exact values at points.
enum PointComparison {
  /// Whether there is a point, among those tried, at which both formulas have values that differ.
  static func differ(_ a: Formula, _ b: Formula, assuming assumptions: Assumptions) -> Bool {
    let features = Set(a.featureIndices + b.featureIndices).sorted()
    let count = (features.last ?? -1) + 1
    // A value costs what a formula is long; the whole is bounded.
    let points = features.isEmpty ? 1 : max(4, min(48, 200_000 / (a.complexity + b.complexity)))
    var random = RandomStream(seed: 0x5EED, 17)
    for point in 0..<points {
      var values = [Enclosure](repeating: Enclosure(0), count: count)
      for feature in features {
        values[feature] = Enclosure(
          coordinate(point, isPositive: assumptions.positiveFeatures.contains(feature), &random))
      }
      if a.enclosure(values).differs(from: b.enclosure(values)) { return true }
    }
    return false
  }

  /// Ordinary values of both signs, small and large ones, and whole numbers.
  static func coordinate(_ point: Int, isPositive: Bool, _ random: inout RandomStream) -> Double {
    let value: Double =
      switch point % 6 {
      case 0: random.uniform(0.1, 4)
      case 1: random.uniform(-4, 4)
      case 2: random.uniform(-1, 1)
      case 3: random.logUniform(1e-3, 1e3)
      case 4: Double(random.index(7) - 3)
      default: random.uniform(0, 1)
      }
    return isPositive ? (value == 0 ? 1 : abs(value)) : value
  }
}
