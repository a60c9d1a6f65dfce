/// What kind of network it is, and how large: everything but its parameters.
public enum NetworkArchitecture: Hashable, Sendable {
  /// Messages between bodies, summed.
  case graphNetwork(GraphNetwork)
  /// Energies of pairs, whose derivatives are forces.
  case pairEnergy(PairEnergyNetwork)
  /// Forces of pairs, and masses that are not known.
  case pairForce(PairForceNetwork)

  /// Its name for people.
  public var name: String {
    switch self {
    case .graphNetwork: "graph network"
    case .pairEnergy: "network of pair energies"
    case .pairForce: "network of pair forces"
    }
  }

  /// Names, shapes and places of all parameters.
  public var parameterBlocks: [ParameterBlock] {
    switch self {
    case .graphNetwork(let network): network.parameterBlocks
    case .pairEnergy(let network): network.parameterBlocks
    case .pairForce(let network): network.parameterBlocks
    }
  }

  /// How many parameters there are.
  public var parameterCount: Int { parameterBlocks.reduce(0) { $0 + $1.count } }

  /// How many components of messages can be switched off.
  var maskWidth: Int {
    if case .graphNetwork(let network) = self, network.messages == .pruning { return network.messageWidth }
    return 0
  }

  /// Parts of the parameters that learn at another rate, as factors of it.
  var rateFactors: [(range: Range<Int>, factor: Float)] {
    guard case .pairForce(let network) = self else { return [(0..<parameterCount, 1)] }
    return [(0..<network.slopeRange.upperBound, 1), (network.massRange, Float(network.massRate))]
  }

  func initialize(_ parameters: UnsafeMutablePointer<Float>, seed: UInt64) {
    switch self {
    case .graphNetwork(let network): network.initialize(parameters, seed: seed)
    case .pairEnergy(let network): network.initialize(parameters, seed: seed)
    case .pairForce(let network): network.initialize(parameters, seed: seed)
    }
  }

  func validate() throws(NetworkError) {
    switch self {
    case .graphNetwork(let network): try network.validate()
    case .pairEnergy(let network): try network.validate()
    case .pairForce(let network): try network.validate()
    }
  }

  /// - Throws: ``NetworkError`` when the set's bodies are not what the network was made for.
  func check(_ set: GraphSet) throws(NetworkError) {
    switch self {
    case .graphNetwork(let network):
      try check(set, features: network.features, dimensions: network.dimensions)
      guard !network.isReciprocal || set.topology.reverses != nil else {
        throw .badSetting(
          "messages can be equal and opposite only where each edge has one in the opposite direction")
      }
    case .pairEnergy(let network):
      try check(set, features: network.features, dimensions: network.dimensions)
    case .pairForce(let network):
      try check(set, features: network.features, dimensions: network.dimensions)
      guard network.bodies == set.topology.bodies, set.topology.reverses != nil else {
        throw .badSetting(
          "a network of pair forces is for the \(network.bodies) bodies it was made for, with edges both ways"
        )
      }
    }
  }

  private func check(_ set: GraphSet, features: Int, dimensions: Int) throws(NetworkError) {
    guard set.features == features, set.dimensions == dimensions else {
      throw .badShape(
        "the network was made for bodies with \(features) features in \(dimensions) dimensions, the data have "
          + "\(set.features) in \(set.dimensions)")
    }
  }

  /// - Throws: ``NetworkError`` unless all widths are positive and bearable.
  static func checkWidths(_ widths: [Int], features: Int, _ dimensions: Int) throws(NetworkError) {
    guard dimensions > 0, features >= dimensions else {
      throw .badSetting("a body needs as many features as space has dimensions")
    }
    guard widths.count < 100, widths.allSatisfy({ (1..<100_000).contains($0) }) else {
      throw .badSetting("widths of layers must be positive and below 100000, and layers fewer than 100")
    }
  }
}

extension NetworkArchitecture: Codable {
  private enum Key: String, CodingKey { case kind }
  private enum Kind: String, Codable {
    case graphNetwork = "graph-network"
    case pairEnergy = "pair-energy"
    case pairForce = "pair-force"
  }

  /// Reads the network of the kind that `kind` names.
  public init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
    case .graphNetwork: self = .graphNetwork(try GraphNetwork(from: decoder))
    case .pairEnergy: self = .pairEnergy(try PairEnergyNetwork(from: decoder))
    case .pairForce: self = .pairForce(try PairForceNetwork(from: decoder))
    }
  }

  /// Writes `kind` beside the network's own settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .graphNetwork(let network):
      try container.encode(Kind.graphNetwork, forKey: .kind)
      try network.encode(to: encoder)
    case .pairEnergy(let network):
      try container.encode(Kind.pairEnergy, forKey: .kind)
      try network.encode(to: encoder)
    case .pairForce(let network):
      try container.encode(Kind.pairForce, forKey: .kind)
      try network.encode(to: encoder)
    }
  }
}
