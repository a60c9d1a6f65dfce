import Networks

/// Which bodies act on each other, whatever their number.
public enum PairRule: String, Codable, CaseIterable, Sendable {
  /// Every body on every other.
  case complete
  /// Neighbours in a row, as the beads of a string.
  case chain

  /// The edges among a number of bodies.
  public func topology(bodies: Int) -> GraphTopology {
    switch self {
    case .complete: .complete(bodies: bodies)
    case .chain: .chain(bodies: bodies)
    }
  }

  /// The rule that edges follow; nil where it is none of these.
  public init?(_ topology: GraphTopology) {
    for rule in PairRule.allCases where rule.topology(bodies: topology.bodies) == topology {
      self = rule
      return
    }
    return nil
  }
}
