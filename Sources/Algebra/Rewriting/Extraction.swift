import Expressions

extension EqualityGraph {
  /// What an expression costs: its nodes first, then how pleasant they are to read.
  private struct Cost: Comparable {
    var nodes: Int
    var strain: Int

    static func < (a: Cost, b: Cost) -> Bool { (a.nodes, a.strain) < (b.nodes, b.strain) }
  }

  /// The shortest formula of a class that uses none but the allowed operators and constants that a double's
  /// text can say; nil when there is none.
  func shortest(_ root: Int, allowed: OperatorMask) -> Formula? {
    var best: [Int: (cost: Cost, node: Node)] = [:]
    let order = classes
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in order {
        for node in nodes[index] {
          guard let cost = cost(of: node, best, allowed) else { continue }
          if let known = best[index], known.cost <= cost { continue }
          best[index] = (cost, node)
          hasChanged = true
        }
      }
    }
    return formula(find(root), best)
  }

  private func cost(of node: Node, _ best: [Int: (cost: Cost, node: Node)], _ allowed: OperatorMask) -> Cost?
  {
    if node.opcode == Opcode.constant {
      guard let value = value(of: node) else { return nil }
      // One before minus one, two before 0.5.
      return Cost(nodes: 1, strain: (value < 0 ? 2 : 0) + (value == value.rounded() ? 0 : 1))
    }
    if node.opcode == Opcode.feature { return Cost(nodes: 1, strain: 0) }
    guard let operation = Operator(rawValue: node.opcode), allowed.contains(operation) else { return nil }
    var total = Cost(nodes: 1, strain: EqualityGraph.strain(operation))
    for child in node.children {
      guard let inner = best[find(child)]?.cost else { return nil }
      total.nodes += inner.nodes
      total.strain += inner.strain
    }
    return total
  }

  /// Of two forms of one length the one whose operators are easier on the eye is taken.
  private static func strain(_ operation: Operator) -> Int {
    switch operation {
    case .multiply, .square: 1
    case .add, .negate, .divide: 2
    case .subtract: 3
    default: 4
    }
  }

  private func value(of node: Node) -> Double? {
    switch constants[node.leaf] {
    case .number(let number): number.decimal
    case .pi(let isNegative): isNegative ? -.pi : .pi
    }
  }

  private func formula(_ root: Int, _ best: [Int: (cost: Cost, node: Node)]) -> Formula? {
    guard let found = best[root], found.cost.nodes < 100_000 else { return nil }
    // Written backwards, so that no recursion is as deep as the formula.
    var reversed: [Expressions.Node] = []
    var open = [root]
    while let index = open.popLast() {
      guard let node = best[find(index)]?.node else { return nil }
      switch node.opcode {
      case Opcode.constant: reversed.append(.constant(value(of: node) ?? 0))
      case Opcode.feature: reversed.append(.feature(node.leaf))
      default:
        reversed.append(
          Expressions.Node(opcode: node.opcode, arity: UInt8(node.arity), feature: 0, length: 0, value: 0))
        open += node.children
      }
    }
    return Formula(reversed.reversed())
  }

  /// Adds quotients of whole numbers to classes whose number no double's text can say.
  func writeFractions() {
    for index in classes {
      guard let number = knowledge[index].constant, number.decimal == nil else { continue }
      let (numerator, denominator) = number.parts
      guard numerator.decimal != nil, denominator.decimal != nil else { continue }
      let quotient = add(Opcode.divide, [add(.number(numerator)), add(.number(denominator))])
      _ = merge(quotient, index)
    }
    rebuild()
  }
}
