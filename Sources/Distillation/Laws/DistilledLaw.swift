import Expressions
import Search

/// A force law distilled from messages, and how messages are made of it.
public struct DistilledLaw: Sendable {
  /// Whether the messages are a linear map of a force along the line between two bodies, and the law is
  /// theirs. Where they are not, the law says nothing.
  public let isAligned: Bool
  /// How much of the messages any force along the displacements explains, after the best linear map.
  public let direction: RobustAgreement
  /// How much the chosen law explains.
  public let agreement: RobustAgreement
  /// Strength of the force along the displacement (receiver minus sender), positive where it repels, up to a
  /// factor: what ``matrix`` maps.
  public let front: [Equation]
  /// Index in ``front`` of the chosen law.
  public let best: Int
  /// Names of the displacement's components.
  public let axes: [String]
  /// Numbers of the components of the message that the law explains.
  public let components: [Int]
  /// The linear map: a message's component `k` is Σ `matrix[k][axis]` · direction · strength + the additive
  /// part.
  public let matrix: [[Double]]
  /// What of each component does not depend on the displacement: a constant, then a coefficient for each of
  /// ``additiveNames``.
  public let additive: [[Double]]
  /// Inputs that the additive part is linear in.
  public let additiveNames: [String]

  /// The chosen law.
  public var law: Equation { front[best] }
}
