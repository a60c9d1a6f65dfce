import Expressions

extension Formula {
  /// The shortest formula that exact rewriting finds, with the same value wherever this one has one, and a
  /// value nowhere else.
  ///
  /// Constants mean the decimals that they print as, and are folded only where the result is such a decimal:
  /// 0.1 + 0.2 becomes 0.3, 1 / 3 stays. Mathematics decides what is defined, not the range of doubles:
  /// log(exp(x)) is x. The rewriting is bounded; of long formulas only the parts are looked at.
  ///
  /// - Parameters:
  ///   - allowed: operators that the result may use; when it cannot do with them, the formula's own are
  ///     allowed too.
  ///   - assumptions: what is known about the features.
  public func shortest(allowed: OperatorSet, assuming assumptions: Assumptions = .init()) -> Formula {
    var result = self
    for _ in 0..<3 {
      let next = result.shortened(allowed: allowed, assumptions)
      if next == result { break }
      result = next
    }
    return result
  }

  private func shortened(allowed: OperatorSet, _ assumptions: Assumptions) -> Formula {
    if complexity > Formula.longestRewritten { return partsShortened(allowed: allowed, assumptions) }
    let graph = EqualityGraph(assumptions: assumptions)
    let root = graph.add(self)
    graph.saturate(.init())
    graph.writeFractions()
    let found =
      graph.shortest(root, allowed: OperatorMask(allowed))
      ?? graph.shortest(root, allowed: OperatorMask(allowed.all + operators.all))
    guard let found else { return self }
    let result = found.tidied(allowed: allowed)
    guard result.complexity < complexity || !operators.all.allSatisfy(allowed.contains) else {
      return tidied(allowed: allowed)
    }
    return Preservation(of: self, by: result, assuming: assumptions, points: 12) == .violated ? self : result
  }

  /// Formulas of more nodes are rewritten in parts.
  private static var longestRewritten: Int { 120 }

  /// The largest subtrees that are short enough, each rewritten by itself.
  private func partsShortened(allowed: OperatorSet, _ assumptions: Assumptions) -> Formula {
    var result: [Node] = []
    var budget = 30
    func write(_ root: Int) {
      // Of a long formula, one of the many parts after another while the work lasts.
      let length = Int(nodes[root].length)
      if length <= Formula.longestRewritten {
        let part = subformula(at: root)
        budget -= 1
        result += budget > 0 && length > 2 ? part.shortened(allowed: allowed, assumptions).nodes : part.nodes
      }
    }
    var pending: [(root: Int, isDone: Bool)] = [(nodes.count - 1, false)]
    while let (root, isDone) = pending.popLast() {
      if isDone {
        result.append(nodes[root])
      } else if nodes[root].length <= Formula.longestRewritten {
        write(root)
      } else {
        pending.append((root, true))
        for argument in arguments(of: root).reversed() { pending.append((argument, false)) }
      }
    }
    return Formula(result) ?? self
  }
}
