/// Motions of bodies in several simulations of one world, at the same times, with the accelerations.
public struct Simulation: Sendable, Equatable {
  /// The world; nil when a file does not say which it was.
  public let world: World?
  /// What the simulations were drawn from; nil when a file does not say it.
  public let seed: UInt64?
  /// How many simulations there are.
  public let count: Int
  /// The times, ascending, the same in all simulations.
  public let times: [Double]
  /// How many bodies there are.
  public let bodies: Int
  /// 2 or 3.
  public let dimensions: Int
  /// ``stateSize`` numbers for each body, time and simulation, in the order of the shape (simulations, times,
  /// bodies, state): coordinates, velocities, charge, mass.
  public let states: [Double]
  /// The accelerations that follow from the law at each state: the shape is (simulations, times, bodies,
  /// dimensions).
  public let accelerations: [Double]
  /// Names of the bodies, where a file has them.
  public internal(set) var names: [String]?
  /// Whether charges and masses are known; where they are not, the states have zeros and ones.
  public internal(set) var knowsProperties = true

  /// The numbers that tell the state of a body: 2·``dimensions`` + 2.
  public var stateSize: Int { 2 * dimensions + 2 }

  /// The names of these numbers: `x`, `y`, (`z`,) `vx`, `vy`, (`vz`,) `q`, `m`.
  public var stateNames: [String] { Simulation.stateNames(dimensions: dimensions) }

  static func stateNames(dimensions: Int) -> [String] {
    let axes = ["x", "y", "z"].prefix(dimensions)
    return axes + axes.map { "v\($0)" } + ["q", "m"]
  }

  /// The numbers that tell the state of body `body` at time number `time` of simulation `simulation`.
  public func state(simulation: Int, time: Int, body: Int) -> ArraySlice<Double> {
    let begin = ((simulation * times.count + time) * bodies + body) * stateSize
    return states[begin..<(begin + stateSize)]
  }

  /// The acceleration of body `body` at time number `time` of simulation `simulation`.
  public func acceleration(simulation: Int, time: Int, body: Int) -> ArraySlice<Double> {
    let begin = ((simulation * times.count + time) * bodies + body) * dimensions
    return accelerations[begin..<(begin + dimensions)]
  }

  /// The force that `sender` exerts on `receiver`, by component; nil when the world is not known. Zero where
  /// the two do not act on each other.
  public func pairForce(simulation: Int, time: Int, receiver: Int, sender: Int) -> [Double]? {
    guard let world else { return nil }
    let zero = Array(repeating: 0.0, count: dimensions)
    if receiver == sender || (world.law.isString && abs(receiver - sender) > 1) { return zero }
    let a = Array(state(simulation: simulation, time: time, body: receiver))
    let b = Array(state(simulation: simulation, time: time, body: sender))
    let differences = (0..<dimensions).map { a[$0] - b[$0] }
    let distance = differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if distance == 0 { return zero }
    let charge = 2 * dimensions
    let force = world.law.pairForce(
      distance: distance, massProduct: a[charge + 1] * b[charge + 1], chargeProduct: a[charge] * b[charge])
    return differences.map { $0 * force / distance }
  }
}
