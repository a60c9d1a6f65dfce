/// An expression in the columns of a data set: a value, stored as one flat postfix array.
///
/// Features are known by index; their names come from the data set and are given when a formula is parsed or
/// printed. The same sequence of nodes is the same formula: equality is structural, not algebraic.
public struct Formula: Hashable, Sendable {
  /// The nodes in postfix order; the last is the root.
  public let nodes: [Node]

  /// A formula from nodes already known to be in good order.
  package init(unchecked nodes: [Node]) { self.nodes = nodes }

  /// Checks `nodes` and works out the length of every subtree.
  ///
  /// - Returns: nil when the nodes are not one complete postfix expression of finite constants.
  public init?(_ nodes: [Node]) {
    var checked = nodes
    var stack: [Int] = []
    for index in checked.indices {
      let node = checked[index]
      let arity = node.isLeaf ? 0 : (node.operation?.arity ?? 0)
      guard node.isLeaf || arity > 0, stack.count >= arity else { return nil }
      guard !node.isConstant || node.value.isFinite else { return nil }
      let length = 1 + stack.suffix(arity).reduce(0, +)
      stack.removeLast(arity)
      stack.append(length)
      checked[index].arity = UInt8(arity)
      checked[index].length = UInt32(length)
    }
    guard stack.count == 1 else { return nil }
    self.nodes = checked
  }

  /// A formula that is one constant.
  public static func constant(_ value: Double) -> Formula { Formula(unchecked: [.constant(value)]) }

  /// A formula that is one feature.
  public static func feature(_ index: Int) -> Formula { Formula(unchecked: [.feature(index)]) }

  /// `operation` applied to `arguments`, whose number must be the operator's arity.
  public static func apply(_ operation: Operator, _ arguments: Formula...) -> Formula {
    precondition(arguments.count == operation.arity, "\(operation) takes \(operation.arity) arguments")
    let inner = arguments.flatMap(\.nodes)
    return Formula(unchecked: inner + [.operation(operation, argumentLength: inner.count)])
  }

  /// The complexity by which the hall of fame is kept: every node counts one (PySR's default measure).
  public var complexity: Int { nodes.count }

  /// Nodes on the longest path from the root to a leaf.
  public var depth: Int { reduce(leaf: { _ in 1 }, branch: { _, arguments in 1 + (arguments.max() ?? 0) }) }

  /// The constants, in the order of their leaves.
  public var constants: [Double] { nodes.filter(\.isConstant).map(\.value) }

  /// Indices of the features that are used, ascending, each once.
  public var featureIndices: [Int] { Set(nodes.filter(\.isFeature).map { Int($0.feature) }).sorted() }

  /// The operators that are used, each once.
  public var operators: OperatorSet { OperatorSet(nodes.compactMap(\.operation)) }

  /// The same formula with other constants, in the order of ``constants``; `values` must be as many.
  public func withConstants(_ values: [Double]) -> Formula {
    var changed = nodes
    var next = 0
    for index in changed.indices where changed[index].isConstant {
      changed[index].value = values[next]
      next += 1
    }
    return Formula(unchecked: changed)
  }

  /// The same formula in other columns: feature `i` becomes `indices[i]`.
  public func withFeatures(_ indices: [Int]) -> Formula {
    Formula(unchecked: nodes.map { $0.isFeature ? .feature(indices[Int($0.feature)]) : $0 })
  }

  /// Positions of the roots of the arguments of the node at `position`, from first to last.
  public func arguments(of position: Int) -> [Int] {
    var roots: [Int] = []
    var end = position - 1
    for _ in 0..<nodes[position].arity {
      roots.append(end)
      end -= Int(nodes[end].length)
    }
    return roots.reversed()
  }

  /// The subtree whose root stands at `position`.
  public func subformula(at position: Int) -> Formula {
    Formula(unchecked: Array(nodes[(position + 1 - Int(nodes[position].length))...position]))
  }

  /// Folds the tree from its leaves to its root: the one traversal on which the others are built.
  public func reduce<Result>(leaf: (Node) -> Result, branch: (Operator, ArraySlice<Result>) -> Result)
    -> Result
  {
    var stack: [Result] = []
    stack.reserveCapacity(nodes.count)
    for node in nodes {
      guard let operation = node.operation else {
        stack.append(leaf(node))
        continue
      }
      let value = branch(operation, stack.suffix(operation.arity))
      stack.removeLast(operation.arity)
      stack.append(value)
    }
    return stack[0]
  }
}
