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
      let accelerations = chosen.map { graph in
        Array(simulation.accelerations[(graph * bodies * width)..<((graph + 1) * bodies * width)])
      }
      try describe(
        names: simulation.names ?? (1...bodies).map { "body \($0)" }, masses: masses, set.topology,
        found: network.accelerations(set), wanted: accelerations)
    }
  }
}
