/// A number of bodies, the space they move in and the forces between them.
public struct World: Sendable, Equatable {
  /// Which of two readings of the damped worlds and the strings is meant; the others have one.
  public enum Convention: String, Sendable, CaseIterable {
    /// Friction −γ·v with γ = ``World/friction`` acts on every body of a damped world, and gravitation on
    /// every body of a string.
    case uniform
    /// As the paper's program has it: of n bodies number i, from 0, feels friction −(n − 1 − i)/n·v, so the
    /// last feels none; nor does gravitation, or the ball, act on the last body of a string.
    case published
  }

  /// The force between bodies.
  public let law: ForceLaw
  /// 2 or 3.
  public let dimensions: Int
  /// How many bodies there are, two at least.
  public let bodies: Int
  /// Which reading of the law is meant.
  public let convention: Convention

  /// The coefficient γ of friction in a damped world of the uniform convention.
  public static let friction = 0.5
  /// The most bodies.
  public static let mostBodies = 10_000

  /// A world.
  ///
  /// - Throws: ``WorldError/setting(name:reason:)`` unless there are 2 or 3 dimensions, and 2 to
  ///   ``mostBodies`` bodies.
  public init(
    law: ForceLaw, dimensions: Int = 2, bodies: Int = 4, convention: Convention = .uniform
  ) throws(WorldError) {
    guard dimensions == 2 || dimensions == 3 else {
      throw .setting(name: "dimensions", reason: "must be 2 or 3, not \(dimensions)")
    }
    guard (2...World.mostBodies).contains(bodies) else {
      throw .setting(name: "bodies", reason: "must be between 2 and \(World.mostBodies), not \(bodies)")
    }
    self.law = law
    self.dimensions = dimensions
    self.bodies = bodies
    self.convention = convention
  }

  /// The coefficient of friction on body number `body`: the force is this times its velocity, backwards.
  public func friction(on body: Int) -> Double {
    guard law == .damped else { return 0 }
    return convention == .uniform ? World.friction : Double(bodies - 1 - body) / Double(bodies)
  }

  /// Whether gravitation, and the ball, act on body number `body` of a string.
  func isPulled(_ body: Int) -> Bool { law.isString && (convention == .uniform || body < bodies - 1) }

  /// The paper's output times: `frames` from 0 to `frames` times the law's interval, both included, of which
  /// every `every`-th is kept, beginning with the first.
  public func publishedTimes(frames: Int = 1000, every: Int = 5) -> [Double] {
    precondition(frames > 0 && every > 0, "numbers of frames are positive")
    let end = law.publishedInterval * Double(frames)
    return stride(from: 0, to: frames, by: every).map {
      frames == 1 ? 0 : end * Double($0) / Double(frames - 1)
    }
  }
}
