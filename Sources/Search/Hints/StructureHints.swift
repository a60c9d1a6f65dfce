import Expressions
import Foundation

/// Symmetries and separability that the derivatives of an accurate formula show: what the law it resembles
/// may be built from.
///
/// Udrescu et al. 2020 (AI Feynman 2.0, arXiv 2006.10782) read such properties off the gradients of a trained
/// network; here a member of the hall of fame stands in for it, whose derivatives are exact. An identity
/// counts as held when what it leaves is no larger than the formula's own error suggests.
package struct StructureHints: Equatable, Sendable {
  /// Two features that matter only together.
  package struct Compound: Equatable, Sendable {
    /// How the two features enter.
    package enum Form: CaseIterable, Sendable {
      case difference, sum, quotient, product, overSquare, timesSquare
    }

    /// The feature that stands first.
    package var first: Int
    /// The feature beside it; squared in the last two forms.
    package var second: Int
    /// How they enter.
    package var form: Form
    /// What the identity leaves, relative to the derivatives: 0 where it holds exactly.
    package var residual: Double

    /// A compound of two features.
    package init(first: Int, second: Int, form: Form, residual: Double) {
      self.first = first
      self.second = second
      self.form = form
      self.residual = residual
    }
  }

  /// A feature that is a factor with a constant exponent.
  package struct PowerFactor: Equatable, Sendable {
    /// The feature.
    package var feature: Int
    /// Its exponent.
    package var exponent: Double

    /// A feature with an exponent.
    package init(feature: Int, exponent: Double) {
      self.feature = feature
      self.exponent = exponent
    }
  }

  /// Pairs, the surest first.
  package var compounds: [Compound] = []
  /// Features that are factors.
  package var powerFactors: [PowerFactor] = []
  /// Features the target hardly depends on.
  package var irrelevant: [Int] = []
  /// Groups of features whose parts of the law are added; empty when there are fewer than two.
  package var addedGroups: [[Int]] = []
  /// Groups of features whose parts of the law are multiplied; empty when there are fewer than two.
  package var multipliedGroups: [[Int]] = []

  /// No hints.
  package init() {}

  /// Whether there is nothing to go by.
  package var isEmpty: Bool {
    compounds.isEmpty && powerFactors.isEmpty && addedGroups.isEmpty && multipliedGroups.isEmpty
  }

  /// Largest share of a target's variance that a formula may leave to be taken for the law's likeness.
  static let mostUnexplained = 0.1
  /// Most compounds that are kept.
  static let mostCompounds = 8
  /// Features beyond which pairs are too many to look at.
  static let mostFeatures = 40

  /// What the sample of an accurate formula shows; nothing where the formula is not accurate.
  package init(_ sample: SurrogateSample) {
    guard sample.unexplained <= StructureHints.mostUnexplained,
      sample.used.count <= StructureHints.mostFeatures
    else { return }
    // Derivatives err by several times what values do; noise, which is part of what is unexplained, less.
    let tolerance = min(0.05, max(1e-6, 2 * sample.unexplained))
    let identities = GradientIdentities(sample)
    irrelevant = (0..<sample.features.count).filter { identities.influence($0) < 0.02 * tolerance }
    let features = sample.used.filter { !irrelevant.contains($0) }
    for feature in features {
      if let exponent = identities.exponent(of: feature, tolerance: tolerance) {
        powerFactors.append(PowerFactor(feature: feature, exponent: exponent))
      }
    }
    let factors = Set(powerFactors.map(\.feature))
    // Two factors with constant exponents obey every identity of scale: nothing new.
    let others = features.filter { !factors.contains($0) }
    for (position, first) in others.enumerated() {
      for second in others[(position + 1)...] {
        if let best = identities.compound(first, second), best.residual <= tolerance {
          compounds.append(best)
        }
      }
    }
    compounds.sort { ($0.residual, $0.first, $0.second) < ($1.residual, $1.first, $1.second) }
    compounds.removeLast(max(0, compounds.count - StructureHints.mostCompounds))
    addedGroups = StructureHints.groups(features) { identities.addedInteraction($0, $1) > tolerance }
    let multiplied = StructureHints.groups(others) { identities.multipliedInteraction($0, $1) > tolerance }
    multipliedGroups = multiplied
    if !factors.isEmpty, !others.isEmpty {
      multipliedGroups = [factors.sorted()] + (multiplied.isEmpty ? [others] : multiplied)
    }
  }

  /// The connected components of features that interact; empty when all are connected.
  private static func groups(_ features: [Int], _ interact: (Int, Int) -> Bool) -> [[Int]] {
    var groups: [[Int]] = []
    for feature in features {
      let touched = groups.indices.filter { index in groups[index].contains { interact($0, feature) } }
      let merged = touched.flatMap { groups[$0] } + [feature]
      for index in touched.reversed() { groups.remove(at: index) }
      groups.append(merged.sorted())
    }
    return groups.count > 1 ? groups.sorted { $0[0] < $1[0] } : []
  }
}
