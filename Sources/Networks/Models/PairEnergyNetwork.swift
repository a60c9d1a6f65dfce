import Randomness

/// A network of energies: each pair of bodies has one, and the forces are its derivatives by the positions,
/// F = −∂ΣE/∂x, a = F/m (after Greydanus et al. 2019; Cranmer et al. 2020 call theirs "FlatHGN").
///
/// Energies are conserved by construction. Training goes through the derivatives of derivatives, which are
/// exact, so the activation should be smooth.
public struct PairEnergyNetwork: Codable, Hashable, Sendable {
  /// Features of a body.
  public var features: Int
  /// Dimensions of space.
  public var dimensions: Int
  /// The column of a body's features that holds its mass; nil where all masses are 1.
  public var massColumn: Int?
  /// Whether the energy sees the difference of the positions instead of the positions themselves.
  public var isRelative: Bool
  /// Widths of the hidden layers.
  public var hidden: [Int]
  /// Their activation.
  public var activation: Activation
  /// Weight of the squares of the energies in the loss.
  public var penalty: Double

  /// A network with the published activation and penalty.
  public init(
    features: Int, dimensions: Int, massColumn: Int?, hidden: [Int] = [128, 128, 128],
    activation: Activation = .softplus, isRelative: Bool = true
  ) {
    self.features = features
    self.dimensions = dimensions
    self.massColumn = massColumn
    self.hidden = hidden
    self.activation = activation
    self.isRelative = isRelative
    penalty = 1e-6
  }

  var relative: Int { isRelative ? dimensions : 0 }
  var pairWidth: Int { 2 * features - relative }

  /// From (receiver, sender) to an energy.
  public var energyFunction: MultilayerPerceptron {
    MultilayerPerceptron(widths: [pairWidth] + hidden + [1], activation: activation)
  }

  /// Names, shapes and places of all parameters.
  public var parameterBlocks: [ParameterBlock] { energyFunction.blocks(prefix: "energy") }

  func initialize(_ parameters: UnsafeMutablePointer<Float>, seed: UInt64) {
    var stream = RandomStream(seed: seed, 1)
    energyFunction.initialize(parameters, stream: &stream)
  }

  func validate() throws(NetworkError) {
    try NetworkArchitecture.checkWidths(hidden + [features, dimensions], features: features, dimensions)
    if let massColumn, !(dimensions..<max(features, dimensions)).contains(massColumn) {
      throw .badSetting("the mass must be one of the features behind the position, not number \(massColumn)")
    }
    guard penalty.isFinite, penalty >= 0 else { throw .badSetting("a penalty must be 0 or positive") }
  }
}
