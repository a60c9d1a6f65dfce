import Networks
import Worlds

/// How far the accelerations of a simulator and of the network it comes from are off, on simulations of a known
/// world that neither has seen: like those before, with twice as many bodies, and with twice the distances.
public struct SimulatorComparison: Codable, Hashable, Sendable {
  /// Errors on one kind of simulation.
  public struct Case: Codable, Hashable, Sendable {
    /// Those of the simulator.
    public let simulator: AccelerationError
    /// Those of the network.
    public let network: AccelerationError
    /// Mean magnitude of the true accelerations, of the 99 % smallest.
    public let size: Double

    /// The simulator's error in units of the network's, of the 99 % of the bodies predicted best.
    public var ratio: Double { simulator.trimmed / network.trimmed }
  }

  /// In the range of what the network saw.
  public let inRange: Case
  /// With twice as many bodies.
  public let twiceTheBodies: Case
  /// With all distances doubled.
  public let twiceTheDistances: Case

  /// Compares the two on `count` new simulations of each kind.
  ///
  /// - Parameters:
  ///   - world: whose simulations the network was trained on.
  ///   - times: when they are looked at.
  ///   - seed: of the simulations; not that of those for training.
  /// - Throws: `WorldError`, ``NetworkError`` or ``SymbolicModelError``.
  public init(
    _ simulator: SymbolicSimulator, _ network: Network, world: World, times: [Double], count: Int = 200,
    seed: UInt64
  ) throws {
    func compared(_ world: World, _ simulation: Simulation, stretch: Double) throws -> Case {
      let size = simulation.stateSize
      let states = simulation.states.enumerated().map { index, value in
        index % size < simulation.dimensions ? stretch * value : value
      }
      let accelerations = stretch == 1 ? simulation.accelerations : world.accelerations(states)
      let set = try GraphSet(
        topology: simulator.pairs.topology(bodies: simulation.bodies), dimensions: simulation.dimensions,
        featureNames: simulation.stateNames, vectors: [simulation.dimensions],
        states: states.map { Float($0) }, accelerations: accelerations.map { Float($0) })
      let zero = [Double](repeating: 0, count: accelerations.count)
      return Case(
        simulator: try AccelerationError(of: simulator, on: set),
        network: try AccelerationError(of: network, on: set),
        size: AccelerationError(accelerations, wanted: zero, dimensions: set.dimensions).trimmed)
    }
    let usual = try world.simulate(count: count, times: times, seed: seed)
    inRange = try compared(world, usual, stretch: 1)
    twiceTheDistances = try compared(world, usual, stretch: 2)
    let larger = try World(
      law: world.law, dimensions: world.dimensions, bodies: 2 * world.bodies, convention: world.convention)
    twiceTheBodies = try compared(
      larger, larger.simulate(count: count, times: times, seed: seed), stretch: 1)
  }
}

extension World {
  /// Accelerations of bodies with the states that simulations have: (graphs, bodies, dimensions).
  fileprivate func accelerations(_ states: [Double]) -> [Double] {
    let size = 2 * dimensions + 2
    var result = [Double](repeating: 0, count: states.count / size * dimensions)
    for graph in 0..<states.count / size / bodies {
      let own = (0..<bodies).map { body in
        Array(states[(graph * bodies + body) * size..<(graph * bodies + body + 1) * size])
      }
      let positions = own.flatMap { $0[..<dimensions] }
      let velocities = own.flatMap { $0[dimensions..<2 * dimensions] }
      result.withUnsafeMutableBufferPointer { result in
        accelerations(
          positions: positions, velocities: velocities, masses: own.map { $0[size - 1] },
          charges: own.map { $0[size - 2] }, into: result.baseAddress! + graph * bodies * dimensions)
      }
    }
    return result
  }
}
