/// A network: what it is, and its parameters.
public final class Network: Sendable {
  /// What kind of network it is, and how large.
  public let architecture: NetworkArchitecture
  /// All weights, biases and scalars, one after the other as `architecture.parameterBlocks` says;
  /// then those of formulas that stand for messages.
  public let parameters: FloatBuffer
  /// Which components of the messages are switched on, 1 or 0; empty unless messages are pruned.
  public let mask: FloatBuffer
  /// What gives components of the messages in the network's place; their constants' parameters follow those of
  /// the architecture.
  package let formulas: (any MessageFormulas)?

  /// A network with random parameters, the same for the same seed.
  ///
  /// - Throws: ``NetworkError`` when the architecture makes no sense.
  public init(_ architecture: NetworkArchitecture, seed: UInt64) throws(NetworkError) {
    try architecture.validate()
    self.architecture = architecture
    parameters = FloatBuffer(count: architecture.parameterCount)
    mask = FloatBuffer([Float](repeating: 1, count: architecture.maskWidth))
    formulas = nil
    architecture.initialize(parameters.base, seed: seed)
  }

  /// A network with the given parameters.
  ///
  /// - Parameter mask: nil for all components.
  /// - Throws: ``NetworkError`` when there are too many or too few, or one is no finite number.
  public init(_ architecture: NetworkArchitecture, parameters: [Float], mask: [Float]? = nil)
    throws(NetworkError)
  {
    try architecture.validate()
    let mask = mask ?? [Float](repeating: 1, count: architecture.maskWidth)
    guard parameters.count == architecture.parameterCount else {
      throw .badShape("there are \(parameters.count) parameters, not \(architecture.parameterCount)")
    }
    guard mask.count == architecture.maskWidth else {
      throw .badShape("the mask of messages has \(mask.count) numbers, not \(architecture.maskWidth)")
    }
    if let index = parameters.firstIndex(where: { !$0.isFinite }) {
      throw .badShape("parameter \(index) is infinite or no number")
    }
    self.architecture = architecture
    self.parameters = FloatBuffer(parameters)
    self.mask = FloatBuffer(mask)
    formulas = nil
  }

  /// A network with the architecture's parameters of another, and formulas of its own.
  init(copying other: Network, formulas: (any MessageFormulas)?) {
    architecture = other.architecture
    mask = FloatBuffer(other.mask.values)
    self.formulas = formulas
    let own = other.architecture.parameterCount
    parameters = FloatBuffer(count: own + (formulas?.constants.count ?? 0))
    parameters.base.update(from: other.parameters.base, count: own)
  }

  /// Memory for up to `graphs` graphs of a topology.
  package func makePass(topology: GraphTopology, graphs: Int) -> any GraphPass {
    switch architecture {
    case .graphNetwork(let network):
      GraphNetworkPass(
        network, parameters: parameters, mask: mask, formulas: formulas, topology: topology, graphs: graphs)
    case .pairEnergy(let network):
      PairEnergyPass(network, parameters: parameters, topology: topology, graphs: graphs)
    case .pairForce(let network):
      PairForcePass(network, parameters: parameters, topology: topology, graphs: graphs)
    }
  }

  /// Accelerations of all graphs of a set: (graphs, bodies, dimensions).
  ///
  /// - Throws: ``NetworkError`` when the set's features are not those of the network.
  public func accelerations(_ set: GraphSet) throws(NetworkError) -> [Float] {
    try architecture.check(set)
    let block = min(set.count, 256)
    let pass = makePass(topology: set.topology, graphs: block)
    var result: [Float] = []
    result.reserveCapacity(set.count * set.accelerationStride)
    for start in stride(from: 0, to: set.count, by: block) {
      let graphs = min(block, set.count - start)
      pass.states.base.update(
        from: set.states.base + start * set.stateStride, count: graphs * set.stateStride)
      result += UnsafeBufferPointer(
        start: pass.predict(graphs: graphs), count: graphs * set.accelerationStride)
    }
    return result
  }

  /// Dimensions of space.
  public var dimensions: Int {
    switch architecture {
    case .graphNetwork(let network): network.dimensions
    case .pairEnergy(let network): network.dimensions
    case .pairForce(let network): network.dimensions
    }
  }

  /// Components of what ``messages(_:graphs:)`` gives for an edge.
  public var messageWidth: Int {
    switch architecture {
    case .graphNetwork(let network): network.messageWidth
    case .pairEnergy(let network): network.dimensions
    case .pairForce(let network): network.dimensions
    }
  }

  /// For each component of random messages (`kl`) the mean divergence of its distribution from the standard normal
  /// one, ½(exp(v) + μ² − v − 1), on the first `graphs` graphs of a set, in nats: what a component tells. Nil for
  /// networks whose messages are not random.
  ///
  /// - Throws: ``NetworkError`` when the set's features are not those of the network.
  public func messageDivergences(_ set: GraphSet, graphs: Int) throws(NetworkError) -> [Double]? {
    guard case .graphNetwork(let network) = architecture, network.messages == .kl else { return nil }
    try architecture.check(set)
    let total = min(graphs, set.count)
    guard total > 0, set.topology.edges > 0,
      let pass = makePass(topology: set.topology, graphs: min(total, 256)) as? GraphNetworkPass
    else { return nil }
    var sums = [Double](repeating: 0, count: network.messageWidth)
    for start in stride(from: 0, to: total, by: 256) {
      let graphs = min(256, total - start)
      pass.states.base.update(
        from: set.states.base + start * set.stateStride, count: graphs * set.stateStride)
      _ = pass.messages(graphs: graphs)
      for (component, sum) in pass.divergences(graphs: graphs).enumerated() { sums[component] += sum }
    }
    return sums.map { $0 / Double(total * set.topology.edges) }
  }

  /// What the first `graphs` graphs of a set send along each edge: (graphs, edges, components). For graph
  /// networks the messages, of which pruned components are 0 and random ones their means; for networks of
  /// energies or forces the force on the receiver, where masses are learned in units of accelerations times
  /// the largest mass.
  ///
  /// - Throws: ``NetworkError`` when the set's features are not those of the network, or it has no messages.
  public func messages(_ set: GraphSet, graphs: Int) throws(NetworkError) -> [Float] {
    try architecture.check(set)
    guard set.topology.reverses != nil || !isPairEnergy else {
      throw .badSetting("a \(architecture.name) has no messages along these edges")
    }
    let total = min(graphs, set.count)
    let block = min(total, 256)
    let pass = makePass(topology: set.topology, graphs: block)
    var result: [Float] = []
    for start in stride(from: 0, to: total, by: max(block, 1)) {
      let graphs = min(block, total - start)
      pass.states.base.update(
        from: set.states.base + start * set.stateStride, count: graphs * set.stateStride)
      if let pass = pass as? GraphNetworkPass {
        let count = graphs * set.topology.edges * messageWidth
        result += UnsafeBufferPointer(start: pass.messages(graphs: graphs), count: count)
      } else if let pass = pass as? PairEnergyPass {
        result += pass.pairForces(graphs: graphs)
      } else if let pass = pass as? PairForcePass {
        result += pass.forces(graphs: graphs, topology: set.topology)
      }
    }
    return result
  }

  private var isPairEnergy: Bool { if case .pairEnergy = architecture { true } else { false } }

  /// Decimal logarithms of the masses that a network of pair forces has learned, by body; they are determined
  /// up to a common summand. Nil for other networks.
  public var logarithmsOfMasses: [Float]? {
    guard case .pairForce(let network) = architecture else { return nil }
    return Array(parameters.values[network.massRange])
  }
}
