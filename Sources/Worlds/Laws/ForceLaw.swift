import Foundation

/// The forces of the particle worlds of Cranmer et al. (NeurIPS 2020), by the names that paper gives them.
///
/// d is the distance of two bodies and s = d + ``softening``; m and q are masses and charges. Potentials
/// count once for each pair; the gravitational constant is 1, and there are no units.
public enum ForceLaw: String, Sendable, CaseIterable {
  /// (s − 1)²: a spring of rest length 1 between each two bodies.
  case spring
  /// m₁m₂ log s: attraction by m₁m₂/s.
  case r1
  /// −m₁m₂/s: attraction by m₁m₂/s².
  case r2
  /// q₁q₂/s: charges of the same sign repel.
  case charge
  /// (q₁q₂ − m₁m₂)/s: charges and gravitation.
  case superposition
  /// Springs, and friction.
  case damped
  /// No force where s < 2, that of the spring beyond.
  case discontinuous
  /// Springs between neighbours in a row only, and uniform gravitation downwards.
  case string
  /// The string above a ball (in three dimensions a cylinder) of radius 4 that repels it.
  case stringBall = "string-ball"

  /// What is added to distances, so that no force is infinite.
  public static let softening = 0.01

  /// Whether kinetic and potential energy together stay the same. At the distance where the discontinuous
  /// force begins, its potential jumps without doing work.
  public var isConservative: Bool { self != .damped && self != .discontinuous }

  /// Whether only neighbours in the row of bodies act on each other.
  public var isString: Bool { self == .string || self == .stringBall }

  /// Whether charges are +1 or −1 and act; otherwise they are normal numbers without meaning.
  public var hasCharges: Bool { self == .charge || self == .superposition }

  /// The interval between output times that the paper has for the law.
  public var publishedInterval: Double {
    switch self {
    case .r1: 5e-3
    case .r2, .charge, .superposition: 1e-3
    case .spring, .discontinuous, .string, .stringBall: 1e-2
    case .damped: 2e-2
    }
  }

  /// The force on a body that another exerts on it, along the unit vector from the other to it: positive
  /// where it repels. Friction and what acts from outside are no part of it.
  ///
  /// - Parameters:
  ///   - distance: of the two bodies, without softening.
  ///   - massProduct: the product of their masses.
  ///   - chargeProduct: the product of their charges.
  @inline(__always)
  public func pairForce(distance: Double, massProduct: Double, chargeProduct: Double) -> Double {
    let s = distance + ForceLaw.softening
    switch self {
    case .spring, .damped, .string, .stringBall: return -2 * (s - 1)
    case .r1: return -massProduct / s
    case .r2: return -massProduct / (s * s)
    case .charge: return chargeProduct / (s * s)
    case .superposition: return (chargeProduct - massProduct) / (s * s)
    case .discontinuous: return s < 2 ? 0 : -2 * (s - 1)
    }
  }

  /// The potential energy of two bodies; parameters as of
  /// ``pairForce(distance:massProduct:chargeProduct:)``.
  public func pairPotential(distance: Double, massProduct: Double, chargeProduct: Double) -> Double {
    let s = distance + ForceLaw.softening
    switch self {
    case .spring, .damped, .string, .stringBall: return (s - 1) * (s - 1)
    case .r1: return massProduct * log(s)
    case .r2: return -massProduct / s
    case .charge: return chargeProduct / s
    case .superposition: return (chargeProduct - massProduct) / s
    case .discontinuous: return s < 2 ? 0 : (s - 1) * (s - 1)
    }
  }
}
