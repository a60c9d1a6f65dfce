import Randomness

/// A graph network whose messages may turn out to be forces.
///
/// For each edge a message is computed from receiver and sender, m = φₑ(receiver, sender); a body's messages
/// are summed, and its acceleration is a = φᵥ(body, Σm) (Battaglia et al. 2018; Cranmer et al. 2020). Both
/// functions are perceptrons, the same for all edges and bodies, so that a network trained with four bodies
/// can be used with any number.
///
/// Published networks leave both functions free, and then much of what they learn is not the force: with ever
/// larger forces φᵥ may undo any compression of the messages. ``isMechanical`` and ``isReciprocal`` give them
/// the shape of Newton's second and third law, after which the messages are the forces up to a constant linear
/// map.
public struct GraphNetwork: Codable, Hashable, Sendable {
  /// Features of a body.
  public var features: Int
  /// Dimensions of space.
  public var dimensions: Int
  /// Whether φₑ sees the difference of the positions, and φᵥ none, instead of the positions themselves. The
  /// network then cannot tell one place from another, as forces between bodies cannot.
  public var isRelative: Bool
  /// Whether messages between two bodies are made equal and opposite, m(i, j) = ½(φₑ(i, j) − φₑ(j, i)), as the
  /// forces between them are by Newton's third law. Otherwise a message may hold any factor that depends on the
  /// receiver, such as one over its mass, which φᵥ undoes; this leaves a constant linear map as its only
  /// freedom.
  public var isReciprocal: Bool
  /// Whether accelerations are linear in the summed messages, a = A(body) Σm + b(body), as by Newton's second
  /// law, where φᵥ gives A and b. Both functions are then also shown logarithms, of the distance and of features
  /// that are always positive, and the direction; and what they give is scaled by an exponential, so that
  /// quantities of any magnitude are learned alike.
  public var isMechanical = false
  /// Columns of features of which logarithms are shown to mechanical networks: they have to be positive.
  public var positive: [Int] = []
  /// What keeps the messages few.
  public var messages: MessageKind
  /// Components of a message.
  public var messageWidth: Int
  /// Widths of the hidden layers of both functions.
  public var hidden: [Int]
  /// Their activation.
  public var activation: Activation
  /// Weight of the penalty on messages, for `l1` and `kl`.
  public var penalty: Double

  /// A network with the published defaults, but for the hidden layers' widths and `isRelative`, which are
  /// smaller and on.
  public init(
    features: Int, dimensions: Int, messages: MessageKind, hidden: [Int] = [128, 128, 128],
    activation: Activation = .relu, isRelative: Bool = true, isReciprocal: Bool = false
  ) {
    self.features = features
    self.dimensions = dimensions
    self.isRelative = isRelative
    self.isReciprocal = isReciprocal
    self.messages = messages
    messageWidth = messages.width(dimensions: dimensions)
    self.hidden = hidden
    self.activation = activation
    penalty = messages.penalty
  }

  /// The network that is trained unless another is wanted: relative, and with the shape of Newton's laws where
  /// each edge of `data` has one in the opposite direction.
  public init(for data: GraphSet, messages: MessageKind, hidden: [Int] = [128, 128, 128]) {
    self.init(
      features: data.features, dimensions: data.dimensions, messages: messages, hidden: hidden,
      isReciprocal: data.topology.reverses != nil)
    isMechanical = true
    // Errors of large accelerations count relative to them, which makes the loss about a tenth of the published.
    if messages == .l1 { penalty = messages.penalty / 10 }
    positive = data.positiveFeatures
  }

  /// Leading columns of which φₑ sees only differences.
  var relative: Int { isRelative ? dimensions : 0 }
  /// Columns of what φₑ reads.
  var pairWidth: Int { relative + 2 * ownWidth }
  /// Columns of a body's own features that φᵥ reads.
  var ownWidth: Int { features - relative }

  /// Columns that mechanical networks are shown besides: the logarithm of the distance and the direction.
  private var geometryWidth: Int { isMechanical ? 1 + dimensions : 0 }
  /// Whether messages are scaled by the exponential of a further output.
  var scalesMessages: Bool { isMechanical && messages != .kl }
  /// Whether accelerations are. A penalty on messages means nothing when another factor can undo it.
  var scalesAccelerations: Bool { isMechanical && messages != .l1 }

  /// φₑ: from (receiver, sender) to a message; with `kl`, means and logarithms of variances alternate.
  public var edgeFunction: MultilayerPerceptron {
    let outputs = messages == .kl ? 2 * messageWidth : messageWidth + (scalesMessages ? 1 : 0)
    let inputs = pairWidth + (isMechanical ? geometryWidth + 2 * positive.count : 0)
    return MultilayerPerceptron(widths: [inputs] + hidden + [outputs], activation: activation)
  }

  /// φᵥ: from a body and its summed messages to its acceleration; of mechanical networks from a body to A, row
  /// by row, b, and the logarithm of a factor of A.
  public var nodeFunction: MultilayerPerceptron {
    let inputs = ownWidth + (isMechanical ? positive.count : messageWidth)
    let outputs =
      isMechanical ? dimensions * (messageWidth + 1) + (scalesAccelerations ? 1 : 0) : dimensions
    return MultilayerPerceptron(
      widths: [max(inputs, 1)] + hidden + [outputs], activation: activation,
      offset: edgeFunction.range.upperBound)
  }

  /// Names, shapes and places of all parameters.
  public var parameterBlocks: [ParameterBlock] {
    edgeFunction.blocks(prefix: "message") + nodeFunction.blocks(prefix: "node")
  }

  func initialize(_ parameters: UnsafeMutablePointer<Float>, seed: UInt64) {
    var stream = RandomStream(seed: seed, 1)
    edgeFunction.initialize(parameters, stream: &stream)
    nodeFunction.initialize(parameters, stream: &stream)
  }

  func validate() throws(NetworkError) {
    try NetworkArchitecture.checkWidths(hidden + [messageWidth, features], features: features, dimensions)
    guard !isMechanical || isRelative else {
      throw .badSetting("a mechanical network sees the differences of positions; make it relative")
    }
    guard positive.allSatisfy({ $0 >= dimensions && $0 < features }) else {
      throw .badSetting("there is no feature of a number in \(positive) beside the position")
    }
    guard penalty.isFinite, penalty >= 0 else { throw .badSetting("a penalty must be 0 or positive") }
  }
}
