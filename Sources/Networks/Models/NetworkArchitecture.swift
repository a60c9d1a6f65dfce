/// What kind of network it is, and how large: everything but its parameters.
public enum NetworkArchitecture: Codable, Hashable, Sendable {
  /// Messages between bodies, summed.
  case graphNetwork(GraphNetwork)

  /// Its name.
  public var name: String {
    switch self {
    case .graphNetwork: "graph network"
    }
  }

  /// Names, shapes and places of all parameters.
  public var parameterBlocks: [ParameterBlock] {
    switch self {
    case .graphNetwork(let network): network.parameterBlocks
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
  var rateFactors: [(range: Range<Int>, factor: Float)] { [(0..<parameterCount, 1)] }

  func initialize(_ parameters: UnsafeMutablePointer<Float>, seed: UInt64) {
    switch self {
    case .graphNetwork(let network): network.initialize(parameters, seed: seed)
    }
  }

  func validate() throws(NetworkError) {
    switch self {
    case .graphNetwork(let network): try network.validate()
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
    }
  }

  private func check(_ set: GraphSet, features: Int, dimensions: Int) throws(NetworkError) {
    guard set.features == features, set.dimensions == dimensions else {
      throw .badShape(
        "the network was made for bodies with \(features) features in \(dimensions) dimensions, the data have "
          + "\(set.features) in \(set.dimensions)")
    }
  }
}
