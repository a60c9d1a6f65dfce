import Arrays

/// A network as a file describes it: values by name and the operators between them, nothing checked yet.
///
/// Operators have the names and meanings of ONNX, whichever file they come from.
package struct GraphDescription: Sendable {
  /// The file, as messages name it.
  package var file: String
  /// The version of ONNX's operators that is meant.
  package var operatorSet: Int
  /// The operators, in any order.
  package var nodes: [NodeDescription]
  /// Weights and other constants by name.
  package var constants: [String: NumericArray]
  /// What the network is given.
  package var inputs: [InputDescription]
  /// The names of what it answers.
  package var outputs: [String]

  /// A description made of its parts.
  package init(
    file: String, operatorSet: Int, nodes: [NodeDescription], constants: [String: NumericArray],
    inputs: [InputDescription], outputs: [String]
  ) {
    self.file = file
    self.operatorSet = operatorSet
    self.nodes = nodes
    self.constants = constants
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// One operator with the names of the values it takes and gives.
package struct NodeDescription: Sendable {
  /// The node's own name, which may be empty.
  package var name: String
  /// The operator: `Gemm`.
  package var type: String
  /// Whose operator it is; empty for ONNX's own.
  package var domain: String
  /// The names of what it takes; an empty name stands for an input that is left out.
  package var inputs: [String]
  /// The names of what it gives; an empty name stands for an output that nobody wants.
  package var outputs: [String]
  /// Its settings by name.
  package var attributes: [String: AttributeValue]

  /// A node made of its parts.
  package init(
    _ type: String, inputs: [String], outputs: [String], attributes: [String: AttributeValue] = [:],
    name: String = "", domain: String = ""
  ) {
    self.type = type
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.name = name
    self.domain = domain
  }

  /// How messages name the node: by its name, else by what it gives.
  package var label: String {
    let own = name.isEmpty ? outputs.first(where: { !$0.isEmpty }) ?? "" : name
    return "node \(quoted(own)) (\(printable(type)))"
  }
}

/// A setting of an operator.
package enum AttributeValue: Sendable, Equatable {
  /// A number.
  case float(Float)
  /// A whole number.
  case int(Int64)
  /// A word.
  case string(String)
  /// An array.
  case tensor(NumericArray)
  /// Numbers.
  case floats([Float])
  /// Whole numbers.
  case ints([Int64])
  /// What no operator here knows, a graph for example; the number is that of its type in ONNX.
  case other(Int)
}

/// What a network is given, as its file declares it.
package struct InputDescription: Sendable, Equatable {
  /// Its name.
  package var name: String
  /// The type of its elements.
  package var type: ElementType
  /// The length of each dimension, nil where any will do.
  package var shape: [Int?]

  /// An input made of its parts.
  package init(name: String, type: ElementType, shape: [Int?]) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}
