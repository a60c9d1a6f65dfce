import Expressions

extension EqualityGraph {
  /// Bounds on how far rules are followed.
  struct Limits {
    /// Rounds in which all rules are tried.
    var rounds = 10
    /// Nodes beyond which no further round begins.
    var nodes = 1_000
    /// Applications of one rule in one round; what is over waits for the next.
    var applications = 120
  }

  /// Applies all rules until nothing new is found or a limit is reached. The order is fixed, so the same
  /// formula always gives the same graph.
  func saturate(_ limits: Limits) {
    rebuild()
    for _ in 0..<limits.rounds {
      let before = nodeCount
      let matched = collect(limits.applications)
      hasChanged = false
      for (rule, index, classes) in matched {
        let replacement = instantiate(Rule.all[rule].right, classes)
        if merge(replacement, index) { hasChanged = true }
        if nodeCount > 2 * limits.nodes { break }
      }
      takeBranches()
      rebuild()
      if !hasChanged && nodeCount == before || nodeCount > limits.nodes { break }
    }
  }

  /// A rule, the class that its pattern matched, and what its variables stood for.
  private typealias Match = (rule: Int, index: Int, binding: Rule.Binding)

  /// What every rule matches, before any of them changes the graph.
  private func collect(_ limit: Int) -> [Match] {
    var matched: [Match] = []
    var counts = [Int](repeating: 0, count: Rule.all.count)
    for index in classes {
      var opcodes: UInt64 = 0
      for node in nodes[index] { opcodes |= 1 << UInt64(node.opcode) }
      for rule in Rule.all.indices
      where counts[rule] < limit && opcodes >> UInt64(Rule.all[rule].rootOpcode) & 1 != 0 {
        var here = 0
        match(Rule.all[rule].left, index, Rule.Binding()) { binding in
          if here < 16, Rule.all[rule].holds(binding, in: self) {
            matched.append((rule, index, binding))
            here += 1
          }
        }
        counts[rule] += here
      }
    }
    return matched
  }

  /// Conditions that are certain give way to what follows from them.
  private func takeBranches() {
    for index in classes {
      for node in nodes[index] where node.opcode == Opcode.ifElse || node.opcode == Opcode.condition {
        let test = knowledge[find(node.first)]
        guard test.isTotal else { continue }
        if test.isPositive {
          if merge(index, node.second) { hasChanged = true }
        } else if test.enclosure.high <= 0 {
          let other = node.opcode == Opcode.ifElse ? node.third : add(.number(.zero))
          if merge(index, other) { hasChanged = true }
        }
      }
    }
  }
}
