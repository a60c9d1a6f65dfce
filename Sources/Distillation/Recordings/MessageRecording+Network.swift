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
    let edges = SimulatedEdges(simulation, graphs: graphs)
    let row = simulation.bodies * simulation.stateSize
    let set = try GraphSet(
      topology: edges.topology, dimensions: simulation.dimensions, featureNames: simulation.stateNames,
      states: edges.graphs.flatMap { simulation.states[($0 * row)..<(($0 + 1) * row)].map { Float($0) } },
      accelerations: [])
    let messages = try network.messages(set, graphs: edges.graphs.count)
    let width = network.messageWidth
    guard width > 0 else { throw RecordingError.nothingRecorded }
    let outputs = (0..<width).map { component in
      stride(from: component, to: messages.count, by: width).map { Double(messages[$0]) }
    }
    guard let masses = MessageRecording.relativeMasses(network) else {
      try self.init(edges, of: simulation, outputs: outputs)
      divergences = try network.messageDivergences(set, graphs: edges.graphs.count)
      return
    }
    try self.init(edges.withMasses(masses, of: simulation), of: simulation, outputs: outputs)
    let perGraph = simulation.bodies * width
    try describe(
      names: simulation.names ?? (1...simulation.bodies).map { "body \($0)" }, masses: masses, set.topology,
      found: network.accelerations(set),
      wanted: edges.graphs.map { Array(simulation.accelerations[($0 * perGraph)..<(($0 + 1) * perGraph)]) })
  }

  /// What the edge function of a network returns for these inputs: the receiver's features in the network's order,
  /// then the sender's.
  ///
  /// - Throws: ``NetworkError`` when they are not those of the network; ``RecordingError`` for a network that has
  ///   learned masses, or messages that are not finite.
  public init(of network: Network, names: [String], columns: [[Double]]) throws {
    guard network.logarithmsOfMasses == nil, !columns.isEmpty, columns.count % 2 == 0 else {
      throw RecordingError.noSimulation
    }
    let rows = try MessageRecording.rows(columns[...])
    let features = names.prefix(columns.count / 2).map { String($0.dropLast($0.hasSuffix("1") ? 1 : 0)) }
    // Each row is a graph of two bodies, of which the first receives.
    let set = try GraphSet(
      topology: .complete(bodies: 2), dimensions: network.dimensions, featureNames: features,
      states: rows.map { Float($0) }, accelerations: [])
    let messages = try network.messages(set, graphs: set.count)
    let width = network.messageWidth
    let outputs = (0..<width).map { component in
      (0..<set.count).map { Double(messages[$0 * 2 * width + component]) }
    }
    try self.init(names: names, inputs: columns, outputs: outputs)
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
