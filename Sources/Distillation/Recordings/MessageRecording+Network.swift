import Foundation
import Networks
import Worlds

extension MessageRecording {
  /// What the edge function of a network was given and returned on graphs spread evenly over a simulation,
  /// with the true forces where the simulation's law is known.
  ///
  /// Inputs are the receiver's state, its names ending in 1, and the sender's, ending in 2. For a network that
  /// has learned masses they are positions and these masses, relative to the largest.
  ///
  /// - Parameter graphs: about how many graphs are recorded.
  /// - Throws: ``NetworkError`` when the network was made for other bodies or has no messages;
  ///   ``RecordingError`` for messages that are not finite.
  public init(of network: Network, with simulation: Simulation, graphs: Int = 1000) throws {
    let (bodies, instants) = (simulation.bodies, simulation.times.count)
    let total = simulation.count * instants
    let row = bodies * simulation.stateSize
    // Odd, so that not the same few instants are visited in each simulation.
    let step = max(1, total / max(1, graphs)) | 1
    let chosen = Array(stride(from: 0, to: total, by: step))
    let isString = simulation.world?.law.isString ?? false
    let set = try GraphSet(
      topology: isString ? .chain(bodies: bodies) : .complete(bodies: bodies),
      dimensions: simulation.dimensions, featureNames: simulation.stateNames,
      states: chosen.flatMap { simulation.states[($0 * row)..<(($0 + 1) * row)].map { Float($0) } },
      accelerations: [])
    let messages = try network.messages(set, graphs: chosen.count)
    let width = network.messageWidth
    guard width > 0 else { throw RecordingError.nothingRecorded }
    let edges = set.topology.edges
    let size = simulation.stateSize
    let masses = MessageRecording.relativeMasses(network)
    let columns = masses == nil ? Array(0..<size) : Array(0..<simulation.dimensions) + [size - 1]
    func state(_ graph: Int, _ body: Int, _ column: Int) -> Double {
      if let masses, column == size - 1 { return masses[body] }
      return simulation.states[graph * row + body * size + column]
    }
    var inputs = Array(repeating: [Double](), count: 2 * columns.count)
    var outputs = Array(repeating: [Double](), count: width)
    var forces = Array(repeating: [Double](), count: simulation.dimensions)
    for (number, graph) in chosen.enumerated() {
      for (edge, ends) in zip(set.topology.receivers, set.topology.senders).enumerated() {
        let (receiver, sender) = (Int(ends.0), Int(ends.1))
        for (place, column) in columns.enumerated() {
          inputs[place].append(state(graph, receiver, column))
          inputs[columns.count + place].append(state(graph, sender, column))
        }
        for component in 0..<width {
          outputs[component].append(Double(messages[(number * edges + edge) * width + component]))
        }
        if simulation.world != nil {
          let force = simulation.pairForce(
            simulation: graph / instants, time: graph % instants, receiver: receiver, sender: sender)
          for (axis, value) in (force ?? []).enumerated() { forces[axis].append(value) }
        }
      }
    }
    let features = columns.map { simulation.stateNames[$0] }
    let names = features.map { $0 + "1" } + features.map { $0 + "2" }
    try self.init(
      inputs: zip(names, inputs).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
    if let world = simulation.world {
      self.forces = forces
      reference = world.law.rawValue
    }
    if let masses {
      let names = simulation.names ?? (1...bodies).map { "body \($0)" }
      self.bodies = zip(names, masses).map { RecordedBody(name: $0, mass: $1) }
      let errors = try MessageRecording.errors(
        of: network, set,
        chosen.map { graph in
          Array(simulation.accelerations[(graph * bodies * width)..<((graph + 1) * bodies * width)])
        })
      weights = MessageRecording.weights(
        outputs, zip(masses, errors).map { $0 * $1 }, topology: set.topology)
    }
  }

  /// The masses that a network has learned, relative to the largest; nil when it has learned none.
  static func relativeMasses(_ network: Network) -> [Double]? {
    guard let logarithms = network.logarithmsOfMasses, let most = logarithms.max() else { return nil }
    return logarithms.map { pow(10, Double($0 - most)) }
  }

  /// Root mean square error of each body's acceleration on some graphs.
  private static func errors(
    of network: Network, _ set: GraphSet, _ accelerations: [[Double]]
  ) throws(NetworkError) -> [Double] {
    let found = try network.accelerations(set)
    let bodies = set.topology.bodies
    var squares = Array(repeating: 0.0, count: bodies)
    for (graph, wanted) in accelerations.enumerated() {
      for (index, value) in wanted.enumerated() {
        let error = Double(found[graph * wanted.count + index]) - value
        squares[index / (wanted.count / bodies)] += error * error
      }
    }
    return squares.map { ($0 / Double(max(1, accelerations.count))).squareRoot() }
  }

  /// Part of a force that no network gets right.
  private static let relativeError = 0.01

  /// The inverse squared error of each edge's force. Forces of bodies may differ by twenty orders of magnitude,
  /// and what a network says of those that hardly accelerate either body is made up: a force is known within a
  /// part of itself, and within the force that corresponds to the error of an acceleration.
  ///
  /// - Parameter floors: mass times error of acceleration, by body.
  private static func weights(_ forces: [[Double]], _ floors: [Double], topology: GraphTopology) -> [Double] {
    let edges = topology.edges
    let inverse = (0..<(forces.first?.count ?? 0)).map { row -> Double in
      let square = forces.reduce(0) { $0 + $1[row] * $1[row] } * relativeError * relativeError
      let (one, other) = (Int(topology.receivers[row % edges]), Int(topology.senders[row % edges]))
      let floor = min(floors[one], floors[other])
      return square + floor * floor
    }
    // The middle one is 1.
    let unit = inverse.sorted()[inverse.count / 2]
    return inverse.map { unit / max($0, unit * 1e-300, .leastNormalMagnitude) }
  }
}
