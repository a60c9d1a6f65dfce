import Expressions
import Networks
import Search
import Tables

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

  /// For each of ``components`` an equation for the message itself, in the displacement and the law's columns:
  /// one for each member of ``front``.
  public let componentFronts: [[Equation]]
  /// R² of the best linear map from the true forces to the messages, where those are known.
  public let messageForce: MessageAgreement?
  /// The law those forces have.
  public let reference: String?
  /// The search's own report.
  public let search: SearchResult
  /// What was searched.
  public let dataset: Dataset

  /// Robust R² that was asked of both agreements.
  public let leastAgreement: Double

  /// The chosen law.
  public var law: Equation { front[best] }

  /// Why what was found does not count as a law; nil where it does.
  public var reason: String? {
    guard !isAligned else { return nil }
    func share(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
    let needed = "of which \(share(leastAgreement)) is needed"
    return direction.robust < leastAgreement
      ? "not aligned with a force: a force along the displacements explains robust R² "
        + "\(share(direction.robust)) of the messages, \(needed)"
      : "the messages are a force, but no law was found that explains more of it than robust R² "
        + "\(share(agreement.robust)), \(needed)"
  }
}
