import Networks
import Worlds

/// The edges of graphs that are spread evenly over a simulation: what an edge function is given, and the true
/// forces where the simulation's law is known.
struct SimulatedEdges {
  /// The numbers of the graphs, moments of one simulation after the other.
  let graphs: [Int]
  /// Which bodies have an edge.
  let topology: GraphTopology
  /// Names of the inputs: the receiver's state, ending in 1, and the sender's, ending in 2.
  let names: [String]
  /// The inputs, column by column.
  let inputs: [[Double]]
  /// The force on the receiver, axis by axis; nil when the law is not known.
  let forces: [[Double]]?

  /// The edges of about `count` graphs of `simulation`.
  init(_ simulation: Simulation, graphs count: Int) {
    let (bodies, instants, size) = (simulation.bodies, simulation.times.count, simulation.stateSize)
    let total = simulation.count * instants
    // Odd, so that not the same few instants are visited in each simulation.
    let step = max(1, total / max(1, count)) | 1
    graphs = Array(stride(from: 0, to: total, by: step))
    let isString = simulation.world?.law.isString ?? false
    topology = isString ? .chain(bodies: bodies) : .complete(bodies: bodies)
    names = simulation.stateNames.map { $0 + "1" } + simulation.stateNames.map { $0 + "2" }
    var inputs = Array(repeating: [Double](), count: 2 * size)
    var forces = Array(repeating: [Double](), count: simulation.dimensions)
    for graph in graphs {
      let row = graph * bodies * size
      for ends in zip(topology.receivers, topology.senders) {
        let (receiver, sender) = (Int(ends.0), Int(ends.1))
        for feature in 0..<size {
          inputs[feature].append(simulation.states[row + receiver * size + feature])
          inputs[size + feature].append(simulation.states[row + sender * size + feature])
        }
        let force = simulation.pairForce(
          simulation: graph / instants, time: graph % instants, receiver: receiver, sender: sender)
        for (axis, value) in (force ?? []).enumerated() { forces[axis].append(value) }
      }
    }
    self.inputs = inputs
    self.forces = simulation.world == nil ? nil : forces
  }

  /// The same edges as a network sees them that has learned a mass for each body: of a body's state only the
  /// position counts, and this mass.
  func withMasses(_ masses: [Double], of simulation: Simulation) -> SimulatedEdges {
    let size = simulation.stateSize
    let axes = Array(simulation.stateNames.prefix(simulation.dimensions))
    var (names, inputs): ([String], [[Double]]) = ([], [])
    for (place, ends) in [topology.receivers, topology.senders].enumerated() {
      names += (axes + ["m"]).map { "\($0)\(place + 1)" }
      inputs += self.inputs[(place * size)..<(place * size + simulation.dimensions)]
      inputs.append(graphs.flatMap { _ in ends.map { masses[Int($0)] } })
    }
    return SimulatedEdges(graphs: graphs, topology: topology, names: names, inputs: inputs, forces: forces)
  }

  private init(
    graphs: [Int], topology: GraphTopology, names: [String], inputs: [[Double]], forces: [[Double]]?
  ) {
    self.graphs = graphs
    self.topology = topology
    self.names = names
    self.inputs = inputs
    self.forces = forces
  }
}
