import Expressions

/// A law whose constants are known, and which a search has to find exactly in data made from it.
public struct GroundTruthProblem: Sendable {
  /// Short name, as in commands: the equation's number in its source.
  public let key: String
  /// Name of the target.
  public let target: String
  /// Names of the features, in the order of the law's indices.
  public let features: [String]
  /// The law, with its true constants.
  public let law: Formula
  /// Where the rows come from.
  public let source: Source

  /// How the features of a row come about.
  public enum Source: Sendable {
    /// Each feature independent and uniform on its range.
    case uniform([ClosedRange<Double>])
    /// States met by a dynamical system, of which the target is one rate of change.
    case trajectories(DynamicalSystem)
  }

  /// The law as it is printed in the project's grammar.
  public var lawText: String { law.description(features: features) }
}
