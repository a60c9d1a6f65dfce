import Foundation

/// A body's mass as ``MassRefit`` finds it.
public struct BodyMass: Encodable, Hashable, Sendable {
  /// What the body is called.
  public let name: String
  /// Decimal logarithm of its mass relative to that of the heaviest.
  public let logarithm: Double
  /// Standard error of ``logarithm``; 0 for the heaviest, which is the unit.
  public let standardError: Double

  /// Its mass relative to that of the heaviest.
  public var mass: Double { Foundation.pow(10, logarithm) }
  /// Whether the motions tell the mass within a factor of 2.
  public var isConstrained: Bool { standardError < BodyMass.leastError }

  /// Standard error, as decimal logarithm, from which a mass counts as not constrained.
  public static let leastError = 0.3

  enum CodingKeys: String, CodingKey {
    case name, mass
    case logarithm = "log10_mass"
    case standardError = "standard_error_dex"
    case isConstrained = "constrained"
  }

  /// Writes all that is known, and what follows from it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(mass, forKey: .mass)
    try container.encode(logarithm, forKey: .logarithm)
    try container.encode(standardError, forKey: .standardError)
    try container.encode(isConstrained, forKey: .isConstrained)
  }
}
