import Expressions
import Foundation
import Search
import Worlds

/// Masses of bodies, and the constants of a law, fitted to motions with the form of the law fixed.
///
/// What is minimised is Σ |aᵢ - Σⱼ F(mᵢ, mⱼ, rᵢⱼ)/mᵢ · Δᵢⱼ/rᵢⱼ|² / σᵢ² over instants and bodies, in the logarithms
/// of the masses, by Levenberg and Marquardt's method with exact derivatives. Each body's σ is what its own
/// residuals say, and found in turn with the fit. Standard errors are those of least squares, or those that
/// the scatter between stretches of time gives (the sandwich estimator over blocks; White 1980), whichever is
/// larger; and residuals that go on for longer than the blocks are taken for an error of the law that may
/// have pushed the masses one way all the time. Noise of velocities or positions makes errors of neighbouring
/// accelerations cancel; stated errors are then too large. What a wrong law shifts without leaving residuals is
/// in none of them.
public struct MassRefit: Sendable {
  /// The bodies, in the order of the trajectory.
  public let bodies: [BodyMass]
  /// The law with its constants refitted, in the features of the law that was given.
  public let law: Formula
  /// Standard errors of the law's constants, in their order; nil where the motions do not tell them.
  public let constantErrors: [Double?]
  /// For each body the root mean square of its residual relative to that of its acceleration.
  public let relativeResiduals: [Double]
  /// How many instants were used.
  public let instants: Int

  /// Most instants that are used, spread evenly.
  static let mostInstants = 1500
  /// How often σ is found anew.
  private static let rounds = 8

  /// The refit of a law that was distilled from a network's messages.
  ///
  /// - Parameters:
  ///   - law: the law; it may depend on the distance `r` and the masses `m1` of the receiver and `m2` of the
  ///     sender.
  ///   - simulation: the motions with their accelerations, as `Trajectory.simulation` gives them.
  ///   - start: masses to begin with, for instance those that the network learned; nil to begin with what
  ///     the accelerations suggest.
  /// - Throws: ``MassRefitError``.
  public init(_ law: DistilledLaw, simulation: Simulation, start: [Double]? = nil) throws(MassRefitError) {
    // Messages leave the law's factor open; motions do not.
    try self.init(
      .apply(.multiply, .constant(1), law.law.formula), features: law.law.features, simulation: simulation,
      start: start, hasFactor: true)
  }

  /// The refit of a formula in `features`, of which those it uses must be `r`, `m1` or `m2`: the strength of
  /// the force along the line between two bodies, positive where they repel.
  public init(
    _ formula: Formula, features: [String], simulation: Simulation, start: [Double]? = nil
  ) throws(MassRefitError) {
    try self.init(formula, features: features, simulation: simulation, start: start, hasFactor: false)
  }

  /// - Parameter hasFactor: whether the first constant is a factor of which nothing is known.
  private init(
    _ formula: Formula, features: [String], simulation: Simulation, start: [Double]?, hasFactor: Bool
  ) throws(MassRefitError) {
    let model = try PullModel(formula, features: features, simulation, mostInstants: MassRefit.mostInstants)
    var state = try model.start(masses: start)
    if hasFactor, let found = model.accelerations(state) { state.constants[0] *= model.factor(found) }
    var unit = MassRefit.heaviest(state)
    guard var fit = MassRefit.fit(model, state, unit: unit) else { throw .noFit }
    var errors = fit.standardErrors()
    let heaviest = MassRefit.heaviest(fit.state)
    if heaviest != unit, errors.masses[heaviest] < BodyMass.leastError {
      // Another body turned out to be the heaviest, so it becomes the unit.
      state = fit.state
      state.logarithms = state.logarithms.map { $0 - fit.state.logarithms[heaviest] }
      unit = heaviest
      guard let again = MassRefit.fit(model, state, unit: unit) else { throw .noFit }
      fit = again
      errors = fit.standardErrors()
    }
    let names = simulation.names ?? (1...model.bodies).map { "body \($0)" }
    bodies = names.indices.map { body in
      BodyMass(name: names[body], logarithm: fit.state.logarithms[body], standardError: errors.masses[body])
    }
    self.law = formula.withConstants(fit.state.constants)
    constantErrors = errors.constants
    relativeResiduals = zip(fit.residuals, model.typicalAccelerations).map { $0 / $1 }
    instants = model.instants
  }

  /// The fit with each body's noise as its own residuals tell it.
  private static func fit(_ model: PullModel, _ start: PullModel.State, unit: Int) -> MassFit? {
    var noise = model.typicalAccelerations
    var best: MassFit?
    for _ in 0..<rounds {
      guard let fit = MassFit(model, best?.state ?? start, noise: noise, unit: unit) else { return best }
      best = fit
      let isSteady = zip(fit.residuals, noise).allSatisfy { abs($0 - $1) < 0.01 * $1 }
      noise = fit.residuals
      if isSteady { break }
    }
    return best
  }

  private static func heaviest(_ state: PullModel.State) -> Int {
    state.logarithms.indices.max { state.logarithms[$0] < state.logarithms[$1] } ?? 0
  }
}

/// Why masses cannot be refitted.
public enum MassRefitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The law depends on a column that is neither the distance nor a mass.
  case otherFeature(String)
  /// The law does not depend on masses.
  case noMasses
  /// Another number of masses to begin with than bodies, or one that is not positive.
  case badStart
  /// Fewer instants than can tell the unknowns, or several simulations.
  case fewInstants(Int)
  /// A body that stays at rest or moves uniformly throughout.
  case noAcceleration(body: Int)
  /// The law has no finite value, or no derivative, where it is needed.
  case noFit

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .otherFeature(let name):
      "masses can be refitted with a law of r, m1 and m2; this one depends on \"\(name)\" as well: restrict "
        + "it with --features m1,m2"
    case .noMasses: "the law does not depend on m1 or m2, so motions tell no masses"
    case .badStart: "the masses to begin with must be positive, one for each body of the trajectory"
    case .fewInstants(let count):
      "\(count) instants are too few, or motions are more than one: masses are refitted to one trajectory of "
        + "at least 10 instants"
    case .noAcceleration(let body):
      "body number \(body), counted from 0, is never accelerated: leave it out of the trajectory"
    case .noFit: "the law has no finite value for some distances or masses, so masses cannot be refitted"
    }
  }
}
