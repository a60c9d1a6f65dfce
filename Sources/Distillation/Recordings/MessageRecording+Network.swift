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
    let edges = SimulatedEdges(simulation, graphs: graphs)
    let row = simulation.bodies * simulation.stateSize
    let set = try GraphSet(
      topology: edges.topology, dimensions: simulation.dimensions, featureNames: simulation.stateNames,
      states: edges.graphs.flatMap { simulation.states[($0 * row)..<(($0 + 1) * row)].map { Float($0) } },
      accelerations: [])
    let messages = try network.messages(set, graphs: edges.graphs.count)
    guard let width = network.messageWidth, width > 0 else { throw RecordingError.nothingRecorded }
    let outputs = (0..<width).map { component in
      stride(from: component, to: messages.count, by: width).map { Double(messages[$0]) }
    }
    try self.init(edges, of: simulation, outputs: outputs)
  }

  /// What was returned for the edges of a simulation, component by component.
  init(_ edges: SimulatedEdges, of simulation: Simulation, outputs: [[Double]]) throws {
    try self.init(
      inputs: zip(edges.names, edges.inputs).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
    forces = edges.forces
    reference = simulation.world?.law.rawValue
  }
}
