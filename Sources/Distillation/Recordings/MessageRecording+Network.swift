import Networks
import Worlds

extension MessageRecording {
  /// What the edge function of a network was given and returned on graphs spread evenly over a simulation,
  /// with the true forces where the simulation's law is known.
  ///
  /// Inputs are the receiver's state, its names ending in 1, and the sender's, ending in 2.
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
    guard let width = network.messageWidth, width > 0 else { throw RecordingError.nothingRecorded }
    let edges = set.topology.edges
    let size = simulation.stateSize
    var inputs = Array(repeating: [Double](), count: 2 * size)
    var outputs = Array(repeating: [Double](), count: width)
    var forces = Array(repeating: [Double](), count: simulation.dimensions)
    for (number, graph) in chosen.enumerated() {
      for (edge, ends) in zip(set.topology.receivers, set.topology.senders).enumerated() {
        let (receiver, sender) = (Int(ends.0), Int(ends.1))
        for feature in 0..<size {
          inputs[feature].append(simulation.states[graph * row + receiver * size + feature])
          inputs[size + feature].append(simulation.states[graph * row + sender * size + feature])
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
    let names = simulation.stateNames.map { $0 + "1" } + simulation.stateNames.map { $0 + "2" }
    try self.init(
      inputs: zip(names, inputs).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
    if let world = simulation.world {
      self.forces = forces
      reference = world.law.rawValue
    }
  }
}
