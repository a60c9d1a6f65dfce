import Arrays

/// Builds the graph that an architecture and its weights describe, out of ONNX's operators.
struct ArchitectureBuilder {
  private let document: ArchitectureDocument
  private let file: String
  private let weights: WeightsFile
  private var nodes: [NodeDescription] = []
  private var constants: [String: NumericArray] = [:]
  /// The name of the value that the next layer takes, and the numbers in a row of it.
  private var current = ""
  private var width = 0
  private var place: String?

  init(_ document: ArchitectureDocument, file: String, weights: WeightsFile) {
    self.document = document
    self.file = file
    self.weights = weights
  }

  /// The whole graph.
  func description() throws(ImportedNetworkError) -> GraphDescription {
    var builder = self
    return try builder.build()
  }

  private mutating func build() throws(ImportedNetworkError) -> GraphDescription {
    try joinInputs()
    try normalize()
    guard !document.layers.isEmpty else { throw fault("it has no layers", "list them under \"layers\"") }
    for (index, layer) in document.layers.enumerated() {
      place = "layer \(index) (\(printable(layer.type)))"
      try add(layer)
    }
    place = "output"
    let outputs = try finish()
    let type: ElementType = constants.values.contains { $0.elementType == .float64 } ? .float64 : .float32
    for (name, array) in constants where array.elementType == .float32 || array.elementType == .float64 {
      constants[name] = array.converted(to: type)
    }
    return GraphDescription(
      file: file, operatorSet: 20, nodes: nodes, constants: constants,
      inputs: document.inputs.map { InputDescription(name: $0.name, type: type, shape: [nil, $0.dim]) },
      outputs: outputs)
  }

  private mutating func joinInputs() throws(ImportedNetworkError) {
    place = "inputs"
    var widths: [String: Int] = [:]
    for input in document.inputs {
      let isTaken = input.name.hasPrefix("#") || ["output", "mu", "logvar"].contains(input.name)
      guard !input.name.isEmpty, !isTaken, (1...1_000_000).contains(input.dim) else {
        throw fault(
          "\(quoted(input.name)) with \(input.dim) numbers cannot be",
          "give each input a name (not output, mu or logvar, nor one that begins with #) and its numbers")
      }
      guard widths.updateValue(input.dim, forKey: input.name) == nil else {
        throw fault("two are called \(quoted(input.name))", "names must differ")
      }
    }
    let order = document.concat?.names ?? document.inputs.map(\.name)
    guard !order.isEmpty, Set(order) == Set(widths.keys), order.count == widths.count else {
      throw fault(
        "\"concat\" names \(listed(order)), and the inputs are \(listed(document.inputs.map(\.name)))",
        "name each input once")
    }
    current = order[0]
    width = order.reduce(0) { $0 + (widths[$1] ?? 0) }
    if order.count > 1 { append("Concat", inputs: order, attributes: ["axis": .int(-1)]) }
  }

  private mutating func normalize() throws(ImportedNetworkError) {
    guard let norm = document.inputNorm, !(norm.mean.isEmpty && norm.std.isEmpty) else { return }
    place = "input_norm"
    guard norm.mean.count == width, norm.std.count == width else {
      throw fault(
        "it has \(norm.mean.count) means and \(norm.std.count) deviations", "the inputs have \(width) numbers"
      )
    }
    guard norm.mean.allSatisfy(\.isFinite), norm.std.allSatisfy({ $0.isFinite && $0 != 0 }) else {
      throw fault("a mean or deviation is not finite, or a deviation is zero", "give each a number")
    }
    let mean = constant(NumericArray(float32: norm.mean.map { Float($0) }))
    append("Sub", inputs: [current, mean])
    let deviation = constant(NumericArray(float32: norm.std.map { Float($0) }))
    append("Div", inputs: [current, deviation])
  }

  private mutating func add(_ layer: ArchitectureDocument.Layer) throws(ImportedNetworkError) {
    func alpha(_ usual: Double) -> [String: AttributeValue] { ["alpha": .float(Float(layer.alpha ?? usual))] }
    switch layer.type.lowercased().filter({ $0 != "_" }) {
    case "linear", "dense": try addLinear(layer)
    case "layernorm", "layernormalization": try addNormalization(layer)
    case "relu": append("Relu")
    case "tanh": append("Tanh")
    case "sigmoid": append("Sigmoid")
    case "softplus": append("Softplus")
    case "softsign": append("Softsign")
    case "mish": append("Mish")
    case "selu": append("Selu")
    case "sin": append("Sin")
    case "cos": append("Cos")
    case "exp": append("Exp")
    case "silu", "swish":
      let before = current
      append("Sigmoid")
      append("Mul", inputs: [before, current])
    case "gelu":
      append("Gelu", inputs: [current], attributes: ["approximate": .string(layer.approximate ?? "none")])
    case "elu": append("Elu", inputs: [current], attributes: alpha(1))
    case "leakyrelu": append("LeakyRelu", inputs: [current], attributes: alpha(0.01))
    case "identity", "dropout": break
    default:
      throw fault(
        "layers of this type are not known",
        "known are linear, layer_norm, relu, leaky_relu, elu, selu, gelu, silu, mish, tanh, sigmoid, softplus, "
          + "softsign, sin, cos, exp and identity; export others to ONNX")
    }
  }

  private mutating func addLinear(_ layer: ArchitectureDocument.Layer) throws(ImportedNetworkError) {
    guard let name = layer.weight else { throw fault("it names no \"weight\"", "name the array of weights") }
    let matrix = try array(name)
    let isOutIn = (layer.layout ?? .outIn) == .outIn
    guard matrix.rank == 2, matrix.count > 0, matrix.shape[isOutIn ? 1 : 0] == width else {
      throw fault(
        "the weights \(quoted(name)) are \(written(matrix.shape)), and each row that comes in has \(width) numbers",
        "check \"layout\": out_in for PyTorch, in_out for JAX and Keras")
    }
    width = matrix.shape[isOutIn ? 0 : 1]
    var inputs = [current, constant(matrix)]
    if let name = layer.bias {
      let bias = try array(name)
      guard bias.shape == [width] else {
        throw fault("the bias \(quoted(name)) is \(written(bias.shape))", "it must have \(width) numbers")
      }
      inputs.append(constant(bias))
    }
    append("Gemm", inputs: inputs, attributes: ["transB": .int(isOutIn ? 1 : 0)])
  }

  private mutating func addNormalization(_ layer: ArchitectureDocument.Layer) throws(ImportedNetworkError) {
    guard let name = layer.weight else { throw fault("it names no \"weight\"", "name the array of factors") }
    var inputs = [current]
    for name in [name] + (layer.bias.map { [$0] } ?? []) {
      let array = try array(name)
      guard array.shape == [width] else {
        throw fault("the array \(quoted(name)) is \(written(array.shape))", "it must have \(width) numbers")
      }
      inputs.append(constant(array))
    }
    append(
      "LayerNormalization", inputs: inputs, attributes: ["epsilon": .float(Float(layer.epsilon ?? 1e-5))])
  }

  /// Splits what comes out into means and variances if need be.
  private mutating func finish() throws(ImportedNetworkError) -> [String] {
    let kind = document.output?.kind ?? .deterministic
    let last = current
    guard kind != .deterministic else {
      nodes.append(NodeDescription("Identity", inputs: [last], outputs: ["output"]))
      return ["output"]
    }
    guard width % 2 == 0 else {
      throw fault("means and variances cannot be told apart in \(width) numbers", "check \"kind\"")
    }
    let axis = constant(whole(-1))
    let isSplit = kind == .split
    let step = constant(whole(isSplit ? 1 : 2))
    for (index, name) in ["mu", "logvar"].enumerated() {
      let start = constant(whole(isSplit ? index * width / 2 : index))
      let end = constant(whole(isSplit ? (index + 1) * width / 2 : width))
      nodes.append(NodeDescription("Slice", inputs: [last, start, end, axis, step], outputs: [name]))
    }
    return ["mu", "logvar"]
  }

  private func whole(_ value: Int) -> NumericArray {
    NumericArray(shape: [1], elements: .int64([Int64(value)]))
  }

  private mutating func append(
    _ type: String, inputs: [String]? = nil, attributes: [String: AttributeValue] = [:]
  ) {
    let output = "#\(nodes.count)"
    nodes.append(
      NodeDescription(
        type, inputs: inputs ?? [current], outputs: [output], attributes: attributes, name: place ?? ""))
    current = output
  }

  private mutating func constant(_ array: NumericArray) -> String {
    let name = "#constant \(constants.count)"
    constants[name] = array
    return name
  }

  private func array(_ name: String) throws(ImportedNetworkError) -> NumericArray {
    let array = try weights.array(name)
    guard array.doubles?.allSatisfy(\.isFinite) == true else {
      throw fault(
        "the array \(quoted(name)) holds a value that is infinite or no number", "train the network anew")
    }
    return array
  }

  private func fault(_ reason: String, _ remedy: String) -> ImportedNetworkError {
    .invalid(file: file, place: place, reason: reason, remedy: remedy)
  }
}
