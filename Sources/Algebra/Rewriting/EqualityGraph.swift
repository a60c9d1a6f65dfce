import Expressions

/// Expressions that are known to be equal, gathered in classes (an e-graph: Nelson 1980; Willsey and others,
/// egg, POPL 2021).
///
/// A node is an operator over classes, a constant or a feature; equal nodes are kept once. Merging two classes
/// makes nodes over them equal too, which ``rebuild()`` finds. Constants are exact fractions.
final class EqualityGraph {
  /// An operator over classes, or a leaf.
  struct Node: Hashable {
    /// 0 for a constant, 1 for a feature, otherwise the operator's raw value.
    var opcode: UInt8
    /// Index of the constant or the feature, for leaves.
    var leaf = 0
    /// Classes of the arguments, -1 beyond the arity.
    var first = -1
    var second = -1
    var third = -1

    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(opcode) << 56 ^ UInt64(truncatingIfNeeded: first) << 24 ^ UInt64(leaf))
      if second >= 0 { hasher.combine(second << 24 ^ third) }
    }

    var arity: Int { first < 0 ? 0 : second < 0 ? 1 : third < 0 ? 2 : 3 }
    var children: [Int] { arity == 0 ? [] : Array([first, second, third].prefix(arity)) }
  }

  /// A number that a leaf holds.
  enum Constant: Hashable {
    case number(Rational)
    /// The circle's constant, or its negative.
    case pi(isNegative: Bool)
  }

  private(set) var constants: [Constant] = []
  private var constantIndex: [Constant: Int] = [:]
  private var leaders: [Int] = []
  /// Nodes by class; those of classes that were merged into others are empty.
  private(set) var nodes: [[Node]] = []
  private(set) var knowledge: [Knowledge] = []
  private var classOf: [Node: Int] = [:]
  private(set) var nodeCount = 0
  let assumptions: Assumptions
  /// Whether classes were merged since the last ``rebuild()``.
  private(set) var hasMerged = false
  /// Whether more is known of a class than when the classes over it were looked at.
  private var hasLearnt = false
  /// Whether a rule has made classes equal that were not.
  var hasChanged = false

  init(assumptions: Assumptions) { self.assumptions = assumptions }

  /// Classes that stand for themselves.
  var classes: [Int] { leaders.indices.filter { leaders[$0] == $0 } }

  /// The class into which `index` was merged.
  func find(_ index: Int) -> Int {
    var index = index
    while leaders[index] != index { index = leaders[index] }
    return index
  }

  /// Adds a formula.
  ///
  /// - Returns: its class.
  func add(_ formula: Formula) -> Int {
    var stack: [Int] = []
    for node in formula.nodes {
      if node.isConstant {
        stack.append(
          add(
            node.value.magnitude == .pi
              ? .pi(isNegative: node.value < 0) : .number(Rational(decimal: node.value))))
      } else if node.isFeature {
        stack.append(add(Node(opcode: Opcode.feature, leaf: Int(node.feature))))
      } else {
        let arguments = Array(stack.suffix(Int(node.arity)))
        stack.removeLast(arguments.count)
        stack.append(add(node.opcode, arguments))
      }
    }
    return stack[0]
  }

  /// Adds a constant.
  func add(_ constant: Constant) -> Int {
    let index: Int
    if let known = constantIndex[constant] {
      index = known
    } else {
      index = constants.count
      constants.append(constant)
      constantIndex[constant] = index
    }
    return add(Node(opcode: Opcode.constant, leaf: index))
  }

  /// Adds an operator over classes.
  func add(_ opcode: UInt8, _ arguments: [Int]) -> Int {
    var node = Node(opcode: opcode)
    if arguments.count > 0 { node.first = arguments[0] }
    if arguments.count > 1 { node.second = arguments[1] }
    if arguments.count > 2 { node.third = arguments[2] }
    return add(node)
  }

  private func add(_ node: Node) -> Int {
    let node = canonical(node)
    if let known = classOf[node] { return find(known) }
    let index = nodes.count
    leaders.append(index)
    nodes.append([node])
    knowledge.append(Knowledge(of: node, in: self))
    classOf[node] = index
    nodeCount += 1
    settle(index)
    return find(index)
  }

  /// Gives a class whose value is a known number that number as a member.
  private func settle(_ index: Int) {
    guard let value = knowledge[index].constant else { return }
    let number = add(.number(value))
    if find(number) != find(index) { _ = merge(number, index) }
  }

  private func canonical(_ node: Node) -> Node {
    if node.first < 0 { return node }
    var node = node
    node.first = find(node.first)
    if node.second >= 0 { node.second = find(node.second) }
    if node.third >= 0 { node.third = find(node.third) }
    return node
  }

  /// Says that two classes are equal.
  ///
  /// - Returns: whether that is news.
  func merge(_ a: Int, _ b: Int) -> Bool {
    let a = find(a)
    let b = find(b)
    if a == b { return false }
    let (leader, other) = a < b ? (a, b) : (b, a)
    leaders[other] = leader
    nodes[leader] += nodes[other]
    nodes[other] = []
    let joined = knowledge[leader].joined(with: knowledge[other])
    hasLearnt =
      hasLearnt || joined.summary != knowledge[leader].summary || joined.summary != knowledge[other].summary
    knowledge[leader] = joined
    hasMerged = true
    return true
  }

  /// Finds nodes that have become equal, and what has become known, until nothing changes.
  func rebuild() {
    for _ in 0..<20 {
      hasMerged = false
      var seen: [Node: Int] = [:]
      seen.reserveCapacity(nodeCount)
      for index in nodes.indices where leaders[index] == index {
        var kept: [Node] = []
        for node in nodes[index] {
          let node = canonical(node)
          if let other = seen[node] {
            if find(other) != find(index) { _ = merge(other, index) }
          } else {
            seen[node] = index
            kept.append(node)
          }
        }
        // The class may just have been merged into an earlier one.
        if leaders[index] == index {
          nodes[index] = kept
        } else {
          nodes[find(index)] += kept
        }
      }
      classOf = seen.mapValues { find($0) }
      nodeCount = seen.count
      if hasLearnt { learn() }
      if !hasMerged { break }
    }
  }

  /// Works out again what is known of classes whose arguments may be better known now.
  private func learn() {
    hasLearnt = false
    for index in nodes.indices where leaders[index] == index {
      var known = knowledge[index]
      for node in nodes[index] { known = known.joined(with: Knowledge(of: node, in: self)) }
      if known.summary != knowledge[index].summary { hasLearnt = true }
      knowledge[index] = known
      settle(index)
    }
  }
}
