import Expressions

extension EqualityGraph {
  /// Bounds on how far rules are followed.
  struct Limits {
    /// Rounds in which all rules are tried.
    var rounds = 10
    /// Nodes beyond which no further round begins.
    var nodes = 2_500
    /// Applications of one rule in one round; what is over waits for the next.
    var applications = 250
  }

  /// Applies all rules until nothing new is found or a limit is reached. The order is fixed, so the same
  /// formula always gives the same graph.
  mutating func saturate(_ limits: Limits) {
    rebuild()
    let roots = Dictionary(grouping: Rule.all.indices, by: { Rule.all[$0].rootOpcode })
    for _ in 0..<limits.rounds {
      let before = nodeCount
      let matched = collect(roots, limits.applications)
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

  /// What every rule matches, before any of them changes the graph.
  private func collect(_ roots: [UInt8: [Int]], _ limit: Int) -> [(Int, Int, [Int])] {
    var matched: [(Int, Int, [Int])] = []
    var counts = [Int](repeating: 0, count: Rule.all.count)
    for index in classes {
      for opcode in Set(nodes[index].map(\.opcode)).sorted() {
        for rule in roots[opcode] ?? [] where counts[rule] < limit {
          for classes in matches(Rule.all[rule].left, in: index, limit: 16)
          where Rule.all[rule].holds(classes, in: self) {
            matched.append((rule, index, classes))
            counts[rule] += 1
          }
        }
      }
    }
    return matched
  }

  /// Conditions that are certain give way to what follows from them.
  private mutating func takeBranches() {
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

extension Rule {
  /// The operator at the root of the pattern.
  var rootOpcode: UInt8 {
    if case .apply(let opcode, _) = left { opcode } else { 0 }
  }
}
