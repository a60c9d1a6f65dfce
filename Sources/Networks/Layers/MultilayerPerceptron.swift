import Randomness

/// Fully connected layers with an activation between them and none after the last.
///
/// It says what the layers are and where their weights are in the parameters of the network they belong to;
/// the numbers are elsewhere. Weights are stored as PyTorch has them: a matrix (outputs, inputs), then the
/// biases.
public struct MultilayerPerceptron: Hashable, Sendable {
  /// One layer: its width on both sides and where its numbers begin.
  public struct Layer: Hashable, Sendable {
    /// Columns of its input.
    public let inputs: Int
    /// Columns of its output.
    public let outputs: Int
    /// Where the matrix of weights (outputs, inputs) begins.
    public let weights: Int
    /// Where the biases begin.
    public var biases: Int { weights + inputs * outputs }
    /// Where the next layer begins.
    public var end: Int { biases + outputs }
  }

  /// The layers, from input to output.
  public let layers: [Layer]
  /// What stands between them.
  public let activation: Activation

  /// Layers of the given widths, input first and output last (at least two, all positive), whose parameters
  /// begin at `offset`.
  public init(widths: [Int], activation: Activation, offset: Int = 0) {
    precondition(widths.count >= 2 && widths.allSatisfy { $0 > 0 }, "a perceptron needs two widths or more")
    var layers: [Layer] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers.append(Layer(inputs: inputs, outputs: outputs, weights: layers.last?.end ?? offset))
    }
    self.layers = layers
    self.activation = activation
  }

  /// Columns of the input.
  public var inputs: Int { layers[0].inputs }
  /// Columns of the output.
  public var outputs: Int { layers[layers.count - 1].outputs }
  /// Where its parameters are.
  public var range: Range<Int> { layers[0].weights..<layers[layers.count - 1].end }

  /// Sets the parameters as PyTorch does by default: weights and biases uniform within ±1/√inputs of the layer
  /// (He, Zhang, Ren and Sun 2015, with a = √5).
  package func initialize(_ parameters: UnsafeMutablePointer<Float>, stream: inout RandomStream) {
    for layer in layers {
      let bound = 1 / Double(layer.inputs).squareRoot()
      for index in layer.weights..<layer.end { parameters[index] = Float(stream.uniform(-bound, bound)) }
    }
  }

  /// Names and shapes of the parameters, named as those of a PyTorch `Sequential` called `prefix`.
  package func blocks(prefix: String) -> [ParameterBlock] {
    layers.enumerated().flatMap { index, layer in
      [
        ParameterBlock(
          name: "\(prefix).\(2 * index).weight", shape: [layer.outputs, layer.inputs], offset: layer.weights),
        ParameterBlock(name: "\(prefix).\(2 * index).bias", shape: [layer.outputs], offset: layer.biases),
      ]
    }
  }
}

/// A named part of a network's parameters.
public struct ParameterBlock: Hashable, Sendable {
  /// Its name, such as `message.0.weight`.
  public let name: String
  /// Its shape, row-major.
  public let shape: [Int]
  /// Where it begins.
  public let offset: Int
  /// How many numbers it has.
  public var count: Int { shape.reduce(1, *) }
}
