import Expressions

/// An expression in memory that an island owns: what mutation and crossover read and write.
///
/// The memory behind `nodes` has room for the island's longest expression; nothing here allocates.
package struct Genome {
  /// The nodes, in postfix order.
  package let nodes: UnsafeMutablePointer<Node>
  /// Number of nodes in use.
  package var count: Int

  /// An expression of the first `count` nodes of the memory.
  package init(nodes: UnsafeMutablePointer<Node>, count: Int) {
    self.nodes = nodes
    self.count = count
  }

  /// First node of the subtree whose root stands at `root`.
  @inline(__always)
  package func start(of root: Int) -> Int { root + 1 - Int(nodes[root].length) }

  /// Copies `other` into this memory.
  @inline(__always)
  package mutating func copy(_ other: Genome) {
    nodes.update(from: other.nodes, count: other.count)
    count = other.count
  }

  /// Appends a node.
  @inline(__always)
  package mutating func append(_ node: Node) {
    nodes[count] = node
    count += 1
  }

  /// Appends nodes `start ..< end` of another genome.
  @inline(__always)
  package mutating func append(_ other: Genome, _ start: Int, _ end: Int) {
    (nodes + count).update(from: other.nodes + start, count: end - start)
    count += end - start
  }

  /// Works out the subtree lengths again, after nodes were spliced.
  @inline(__always)
  package func relength() {
    for index in 0..<count {
      var length = 1
      var child = index - 1
      for _ in 0..<nodes[index].arity {
        let step = Int(nodes[child].length)
        length += step
        child -= step
      }
      nodes[index].length = UInt32(truncatingIfNeeded: length)
    }
  }

  /// Nodes on the longest path from root to leaf; `depths` has room for `count` values.
  package func depth(_ depths: UnsafeMutablePointer<Int32>) -> Int {
    for index in 0..<count {
      var deepest: Int32 = 0
      var child = index - 1
      for _ in 0..<nodes[index].arity {
        deepest = max(deepest, depths[child])
        child -= Int(nodes[child].length)
      }
      depths[index] = deepest + 1
    }
    return Int(depths[count - 1])
  }

  /// Number of constants.
  package var constantCount: Int {
    var found = 0
    for index in 0..<count where nodes[index].isConstant { found += 1 }
    return found
  }

  /// The genome as a value of its own.
  package var formula: Formula { Formula(unchecked: Array(UnsafeBufferPointer(start: nodes, count: count))) }
}
