import Arrays

/// The operators that are known, by their ONNX names.
enum OperatorTable {
  /// The operation that a node stands for; nil when its operator is not known.
  static func operation(
    _ type: String, settings: Settings
  ) throws(OperationFault) -> (any Operation)? {
    if let function = functions[type] { return UnaryOperation(function: function) }
    if let function = pairs[type] { return BinaryOperation(function: function) }
    if let relation = relations[type] { return ComparisonOperation(relation: relation) }
    if let kind = reductions[type] {
      return ReductionOperation(
        kind: kind, axes: try settings.ints("axes"),
        keepsDimensions: try settings.flag("keepdims", default: true),
        emptyMeansNone: try settings.flag("noop_with_empty_axes", default: false))
    }
    if let function = try activation(type, settings) { return UnaryOperation(function: function) }
    if let operation = try shaping(type, settings) { return operation }
    return try arithmetic(type, settings)
  }

  /// Every name that is known.
  static let names: Set<String> = Set(functions.keys).union(pairs.keys).union(relations.keys)
    .union(reductions.keys).union(others)

  private static let functions: [String: UnaryFunction] = [
    "Relu": .relu, "Tanh": .tanh, "Sigmoid": .sigmoid, "Softplus": .softplus, "Softsign": .softsign,
    "Mish": .mish, "HardSwish": .hardSwish, "Exp": .exp, "Log": .log, "Sqrt": .sqrt,
    "Reciprocal": .reciprocal, "Neg": .negative, "Abs": .absolute, "Sign": .sign, "Erf": .erf,
    "Floor": .floor, "Ceil": .ceil, "Round": .round, "Sin": .sin, "Cos": .cos, "Tan": .tan, "Asin": .asin,
    "Acos": .acos, "Atan": .atan, "Sinh": .sinh, "Cosh": .cosh, "Asinh": .asinh, "Acosh": .acosh,
    "Atanh": .atanh,
  ]

  private static let pairs: [String: BinaryFunction] = [
    "Add": .add, "Sub": .subtract, "Mul": .multiply, "Div": .divide, "Pow": .power, "Max": .maximum,
    "Min": .minimum, "Sum": .add, "PRelu": .parametricRelu,
  ]

  private static let relations: [String: ComparisonOperation.Relation] = [
    "Less": .less, "LessOrEqual": .lessOrEqual, "Greater": .greater, "GreaterOrEqual": .greaterOrEqual,
    "Equal": .equal, "And": .and, "Or": .or, "Xor": .exclusiveOr,
  ]

  private static let reductions: [String: ReductionOperation.Kind] = [
    "ReduceSum": .sum, "ReduceMean": .mean, "ReduceMax": .maximum, "ReduceMin": .minimum,
    "ReduceProd": .product, "ReduceSumSquare": .sumOfSquares, "ReduceL2": .norm, "ReduceL1": .sumOfMagnitudes,
  ]

  private static let others: Set<String> = [
    "LeakyRelu", "Elu", "Celu", "Selu", "ThresholdedRelu", "HardSigmoid", "Gelu", "Swish", "Identity",
    "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Shape", "Slice",
    "Gather",
    "Concat", "Split", "Gemm", "MatMul", "Not", "Where", "LayerNormalization", "BatchNormalization",
    "Softmax",
    "LogSoftmax", "Constant", "ConstantOfShape", "Cast", "Clip",
  ]

  private static func activation(
    _ type: String, _ settings: Settings
  ) throws(OperationFault) -> UnaryFunction? {
    switch type {
    case "LeakyRelu": return .leakyRelu(alpha: try settings.float("alpha", default: Double(Float(0.01))))
    case "Elu": return .elu(alpha: try settings.float("alpha", default: 1))
    case "Celu": return .celu(alpha: try settings.float("alpha", default: 1))
    case "ThresholdedRelu": return .thresholdedRelu(alpha: try settings.float("alpha", default: 1))
    case "Swish": return .swish(alpha: try settings.float("alpha", default: 1))
    case "Selu":
      return .selu(
        alpha: try settings.float("alpha", default: Double(Float(1.67326319217681884765625))),
        gamma: try settings.float("gamma", default: Double(Float(1.05070102214813232421875))))
    case "HardSigmoid":
      return .hardSigmoid(
        alpha: try settings.float("alpha", default: Double(Float(0.2))),
        beta: try settings.float("beta", default: 0.5))
    case "Gelu":
      switch try settings.string("approximate", default: "none") {
      case "none": return .gelu
      case "tanh": return .geluByTanh
      case let other:
        throw OperationFault("its attribute \"approximate\" is \(quoted(other)), not none or tanh")
      }
    default: return nil
    }
  }

  private static func shaping(
    _ type: String, _ settings: Settings
  ) throws(OperationFault) -> (any Operation)? {
    switch type {
    case "Identity": return ShapeOperation.identity
    case "Dropout":
      guard settings.outputs == 1 else { throw OperationFault("a trained network drops nothing out") }
      return FirstInput()
    case "Reshape":
      return ShapeOperation.reshape(
        shape: try settings.ints("shape"), zeroIsLength: try settings.flag("allowzero", default: false))
    case "Flatten": return ShapeOperation.flatten(axis: try settings.int("axis", default: 1))
    case "Squeeze": return ShapeOperation.squeeze(axes: try settings.ints("axes"))
    case "Unsqueeze": return ShapeOperation.unsqueeze(axes: try settings.ints("axes"))
    case "Transpose": return TransposeOperation(order: try settings.ints("perm"))
    case "Expand": return ExpandOperation()
    case "Shape":
      return LengthsOperation(
        start: try settings.int("start", default: 0), end: settings.has("end") ? try settings.int("end") : nil
      )
    case "Slice":
      return SliceOperation(
        starts: try settings.ints("starts"), ends: try settings.ints("ends"), axes: try settings.ints("axes"))
    case "Gather": return GatherOperation(axis: try settings.int("axis", default: 0))
    case "Concat": return ConcatOperation(axis: try settings.int("axis"))
    case "Split":
      return SplitOperation(
        axis: try settings.int("axis", default: 0), lengths: try settings.ints("split"),
        parts: settings.outputs)
    default: return nil
    }
  }

  private static func arithmetic(
    _ type: String, _ settings: Settings
  ) throws(OperationFault) -> (any Operation)? {
    switch type {
    case "Gemm":
      return GeneralMatrixProduct(
        alpha: try settings.float("alpha", default: 1), beta: try settings.float("beta", default: 1),
        transposesLeft: try settings.flag("transA", default: false),
        transposesRight: try settings.flag("transB", default: false))
    case "MatMul": return MatrixMultiplication()
    case "Not": return NotOperation()
    case "Where": return WhereOperation()
    case "LayerNormalization":
      return LayerNormalization(
        axis: try settings.int("axis", default: -1),
        epsilon: try settings.float("epsilon", default: Double(Float(1e-5))))
    case "BatchNormalization":
      guard try !settings.flag("training_mode", default: false) else {
        throw OperationFault("the network was exported while it is trained; call model.eval() before")
      }
      return BatchNormalization(epsilon: try settings.float("epsilon", default: Double(Float(1e-5))))
    case "Softmax", "LogSoftmax":
      // Up to version 12, all axes from the one named on count as one; the last alone means the same today.
      let axis = try settings.int("axis", default: settings.operatorSet < 13 ? 1 : -1)
      return SoftmaxOperation(
        axis: axis, isLogarithm: type == "LogSoftmax", onlyLast: settings.operatorSet < 13)
    case "Constant": return ConstantOperation(value: try constant(settings))
    case "ConstantOfShape":
      if case .tensor(let value) = settings.attributes["value"] { return FillOperation(value: value) }
      return FillOperation(value: NumericArray(shape: [1], elements: .float32([0])))
    case "Cast":
      let number = try settings.int("to")
      guard let type = ElementType(number: number) else {
        throw OperationFault("numbers are not cast to the type \(number)")
      }
      return CastOperation(type: type)
    case "Clip":
      return ClipOperation(
        lower: try settings.float("min", default: -.infinity),
        upper: try settings.float("max", default: .infinity))
    default: return nil
    }
  }

  private static func constant(_ settings: Settings) throws(OperationFault) -> NumericArray {
    for (name, value) in settings.attributes {
      switch (name, value) {
      case ("value", .tensor(let array)): return array
      case ("value_float", .float(let number)): return NumericArray(shape: [], elements: .float32([number]))
      case ("value_int", .int(let number)): return NumericArray(shape: [], elements: .int64([number]))
      case ("value_floats", .floats(let numbers)): return NumericArray(float32: numbers)
      case ("value_ints", .ints(let numbers)):
        return NumericArray(shape: [numbers.count], elements: .int64(numbers))
      default: continue
      }
    }
    throw OperationFault("its value is missing, or of a kind that is not read")
  }
}

/// The first input as it is, whatever the others are.
struct FirstInput: Operation {
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] { [try inputs[0]] }
}
