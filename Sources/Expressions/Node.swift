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

  @inlinable
  public init(opcode: UInt8, arity: UInt8, feature: UInt16, length: UInt32, value: Double) {
    self.opcode = opcode
    self.arity = arity
    self.feature = feature
    self.length = length
    self.value = value
  }
}
