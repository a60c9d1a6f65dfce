import Expressions

/// The state of one bottom-up pass: a postfix expression whose first `end` nodes are rewritten already.
///
/// The subtrees that wait for their operator stand one after another at the end of those nodes, so a rule
/// finds its arguments by their lengths and rewrites them by moving memory. Every sum and every product
/// remembers, in the `feature` field of its root (which operators do not use), how far back its one constant
/// stands; the top bit says that the constant is subtracted, or divided by. Constants therefore meet through
/// chains of any length without a search for them. ``Simplifier`` clears the field at the end.
struct Rewriter {
  let nodes: UnsafeMutablePointer<Node>
  let scratch: UnsafeMutablePointer<Node>
  let allowed: UInt64
  /// Nodes written so far.
  var end = 0
  /// Set when a change deep inside a subtree may let a rule apply there that has been passed already.
  var again = false

  /// Where the constant of a sum or a product stands, and whether it is subtracted or divided by.
  struct Slot {
    var position: Int
    var inverted: Bool
    var isFound: Bool { position >= 0 }
  }

  func allows(_ opcode: UInt8) -> Bool { (allowed &>> UInt64(opcode)) & 1 != 0 }

  /// Number of nodes in the subtree with this root.
  func length(_ root: Int) -> Int { Int(truncatingIfNeeded: nodes[root].length) }

  /// The constant of the subtree at `root`, seen as a chain of the two given operators.
  func slot(_ root: Int, _ direct: UInt8, _ inverted: UInt8) -> Slot {
    let node = nodes[root]
    if node.opcode == Opcode.constant { return Slot(position: root, inverted: false) }
    if (node.opcode == direct || node.opcode == inverted) && node.feature != 0 {
      return Slot(position: root &- Int(node.feature & 0x7FFF), inverted: node.feature & 0x8000 != 0)
    }
    return Slot(position: -1, inverted: false)
  }

  /// Writes an operator over the last `argumentLength` nodes.
  mutating func push(_ opcode: UInt8, arity: UInt8, argumentLength: Int) {
    nodes[end] = Node(
      opcode: opcode, arity: arity, feature: 0, length: UInt32(truncatingIfNeeded: argumentLength &+ 1),
      value: 0)
    end &+= 1
  }

  /// Writes a binary operator of a chain and remembers where the chain's constant stands.
  mutating func push(_ opcode: UInt8, argumentLength: Int, slot: Slot) {
    let distance = end &- slot.position
    push(opcode, arity: 2, argumentLength: argumentLength)
    if slot.isFound && distance < 0x8000 {
      nodes[end &- 1].feature = UInt16(truncatingIfNeeded: distance) | (slot.inverted ? 0x8000 : 0)
    }
  }

  mutating func pushConstant(_ value: Double) {
    nodes[end] = .constant(value)
    end &+= 1
  }

  /// Moves `count` nodes; the places may overlap.
  func move(from source: Int, to target: Int, count: Int) {
    if source > target {
      for offset in 0..<count { nodes[target &+ offset] = nodes[source &+ offset] }
    } else {
      var offset = count
      while offset > 0 {
        offset &-= 1
        nodes[target &+ offset] = nodes[source &+ offset]
      }
    }
  }

  /// Exchanges two neighbouring runs: the one that ends before `second`, and the one from there to the end.
  func exchange(first: Int, second: Int) {
    let firstCount = second &- first
    let secondCount = end &- second
    for offset in 0..<firstCount { scratch[offset] = nodes[first &+ offset] }
    move(from: second, to: first, count: secondCount)
    for offset in 0..<firstCount { nodes[first &+ secondCount &+ offset] = scratch[offset] }
  }

  /// Whether two subtrees are the same, node by node.
  func same(_ first: Int, _ second: Int) -> Bool {
    let count = length(first)
    if count != length(second) { return false }
    var offset = 0
    while offset < count {
      let a = nodes[first &- offset]
      let b = nodes[second &- offset]
      if a.opcode != b.opcode { return false }
      if a.opcode == Opcode.feature && a.feature != b.feature { return false }
      if a.opcode == Opcode.constant && a.value != b.value { return false }
      offset &+= 1
    }
    return true
  }

  /// The operator of which the leaf at `position` is an argument.
  func parent(of position: Int) -> Int {
    var candidate = position &+ 1
    while candidate &+ 1 &- length(candidate) > position { candidate &+= 1 }
    return candidate
  }

  /// Whether a chain's constant can go and leave its sibling in the operator's place: not so for `c - x`, `c
  /// / x`.
  func isRemovable(_ position: Int, _ parent: Int) -> Bool {
    let opcode = nodes[parent].opcode
    return position &+ 1 == parent || opcode == Opcode.add || opcode == Opcode.multiply
  }

  /// Takes a constant and its operator out of the subtree at `root`, moving what follows.
  ///
  /// - Returns: the root's new place.
  mutating func remove(_ position: Int, _ parent: Int, root: Int) -> Int {
    var ancestor = parent &+ 1
    while ancestor <= root {
      if ancestor &+ 1 &- length(ancestor) <= position {
        nodes[ancestor].length &-= 2
        nodes[ancestor].feature = 0
        // What has met here may follow another rule now.
        again = true
      }
      ancestor &+= 1
    }
    move(from: position &+ 1, to: position, count: parent &- position &- 1)
    move(from: parent &+ 1, to: parent &- 1, count: end &- parent &- 1)
    end &-= 2
    return root &- 2
  }
}
