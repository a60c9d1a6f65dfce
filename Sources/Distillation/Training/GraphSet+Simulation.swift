import Networks
import Worlds

extension GraphSet {
  /// Each moment of each simulation as a graph, with the edges that the simulated world has: neighbours only in
  /// a string, all pairs otherwise.
  ///
  /// - Throws: ``NetworkError`` when a number is infinite or beyond the range of 32 bits.
  public init(_ simulation: Simulation) throws(NetworkError) {
    let isString = simulation.world?.law.isString ?? false
    try self.init(
      topology: isString ? .chain(bodies: simulation.bodies) : .complete(bodies: simulation.bodies),
      dimensions: simulation.dimensions, featureNames: simulation.stateNames,
      vectors: [simulation.dimensions], states: simulation.states.map { Float($0) },
      accelerations: simulation.accelerations.map { Float($0) })
  }
}

extension MessageAgreement {
  /// How well the messages of a network agree with the forces of a simulation, on graphs spread evenly over it;
  /// nil when the forces are not known.
  ///
  /// - Parameter graphs: about how many graphs are compared.
  /// - Throws: ``NetworkError`` when the network was made for other bodies or has no messages.
  public init?(of network: Network, with simulation: Simulation, graphs: Int = 1000) throws(NetworkError) {
    guard simulation.world != nil else { return nil }
    let width = network.messageWidth
    let (bodies, instants) = (simulation.bodies, simulation.times.count)
    let total = simulation.count * instants
    let row = bodies * simulation.stateSize
    // Odd, so that not the same few instants are visited in each simulation.
    let step = max(1, total / graphs) | 1
    let chosen = Array(stride(from: 0, to: total, by: step))
    let isString = simulation.world?.law.isString ?? false
    let set = try GraphSet(
      topology: isString ? .chain(bodies: bodies) : .complete(bodies: bodies),
      dimensions: simulation.dimensions, featureNames: simulation.stateNames,
      states: chosen.flatMap { simulation.states[$0 * row..<($0 + 1) * row].map { Float($0) } },
      accelerations: [])
    var forces: [Float] = []
    for graph in chosen {
      for (receiver, sender) in zip(set.topology.receivers, set.topology.senders) {
        let force = simulation.pairForce(
          simulation: graph / instants, time: graph % instants, receiver: Int(receiver), sender: Int(sender))
        forces += (force ?? []).map { Float($0) }
      }
    }
    self.init(
      messages: try network.messages(set, graphs: chosen.count), width: width,
      forces: forces, dimensions: simulation.dimensions)
  }
}
