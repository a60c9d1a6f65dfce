import Algebra
import Expressions
import Testing

@Suite struct RewritingRuleTests {
  private static let names = ["a", "b", "c"]

  @Test func `both sides of every rule are equal`() {
    var undecided: [String] = []
    for rule in RewritingRule.all {
      let text =
        "\(rule.left.description(features: Self.names)) -> \(rule.right.description(features: Self.names))"
      let answer = Equivalence.decide(
        rule.left, rule.right, assuming: Assumptions(positiveFeatures: rule.guarded))
      #expect(answer != .different, "\(text)")
      if answer == .undecided { undecided.append(text) }
    }
    #expect(RewritingRule.all.count > 150)
    // Extrema of three, for which magnitudes have no law here.
    #expect(undecided.allSatisfy { $0.contains("max(") || $0.contains("min(") }, "\(undecided)")
    #expect(undecided.count <= 2)
  }

  @Test func `both sides of every rule have values at the same points`() {
    for (index, rule) in RewritingRule.all.enumerated() where !rule.isSpecial {
      let text =
        "\(rule.left.description(features: Self.names)) -> \(rule.right.description(features: Self.names))"
      let verdict = Preservation(
        of: rule.left, by: rule.right, assuming: Assumptions(positiveFeatures: rule.guarded), points: 300,
        seed: UInt64(index))
      #expect(verdict == .kept, "\(text)")
    }
  }
}
