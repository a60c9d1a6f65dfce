/// One element of a postfix expression: a leaf, or an operator that follows its arguments.
///
/// Sixteen bytes, no references: a subtree is a contiguous run of nodes, so crossover and mutation are copies
/// of memory. The constant's value sits in the node itself, so a run can move without renumbering anything.
/// The vector kernels read this layout directly.
public struct Node: Hashable, Sendable {
  /// 0 for a constant, 1 for a feature, otherwise an ``Operator``'s raw value.
  public var opcode: UInt8
  /// How many arguments precede this node: 0 for leaves, else 1 to 3.
  public var arity: UInt8
  /// Index of the feature, for feature leaves; 0 otherwise.
  public var feature: UInt16
  /// Nodes in the subtree that ends here, this one included.
  public var length: UInt32
  /// Value of the constant, for constant leaves; 0 otherwise.
  public var value: Double

  /// A node of exactly these fields; the factory methods below are the usual way.
  @inlinable
  public init(opcode: UInt8, arity: UInt8, feature: UInt16, length: UInt32, value: Double) {
    self.opcode = opcode
    self.arity = arity
    self.feature = feature
    self.length = length
    self.value = value
  }
}

extension Node {
  /// A constant leaf.
  @inlinable
  public static func constant(_ value: Double) -> Node {
    Node(opcode: 0, arity: 0, feature: 0, length: 1, value: value)
  }

  /// A leaf that reads column `index` of the features.
  @inlinable
  public static func feature(_ index: Int) -> Node {
    Node(opcode: 1, arity: 0, feature: UInt16(truncatingIfNeeded: index), length: 1, value: 0)
  }

  /// An operator whose arguments' subtrees take `argumentLength` nodes together.
  @inlinable
  public static func operation(_ operation: Operator, argumentLength: Int) -> Node {
    Node(
      opcode: operation.rawValue, arity: UInt8(truncatingIfNeeded: operation.arity), feature: 0,
      length: UInt32(truncatingIfNeeded: argumentLength + 1), value: 0)
  }

  /// Whether this leaf is a constant.
  @inlinable public var isConstant: Bool { opcode == 0 }
  /// Whether this leaf reads a column.
  @inlinable public var isFeature: Bool { opcode == 1 }
  /// Whether this node is a leaf.
  @inlinable public var isLeaf: Bool { opcode < 2 }
  /// The operator, or nil for a leaf.
  @inlinable public var operation: Operator? { Operator(rawValue: opcode) }
}
