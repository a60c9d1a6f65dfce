import Expressions

/// Turns the sign of a subtree's value without a node more.
enum SignAbsorption {
  /// The nodes of a formula of the same value, in which the subtree at `position` is going to have the
  /// opposite sign; nil where no constant or difference around it can take the sign. Positions stay.
  static func turned(_ nodes: [Node], at position: Int, operators: OperatorSet) -> [Node]? {
    var changed = nodes
    var fallback: Int?
    var place = position
    while let parent = parent(of: place, in: changed) {
      let isRight = parent == place + 1
      let other = isRight ? place - Int(changed[place].length) : parent - 1
      switch changed[parent].operation {
      case .multiply, .divide:
        if changed[other].isConstant {
          if changed[other].value < 0 { return negated(other) }
          fallback = fallback ?? other
        }
      // A difference in place of a sum reads better than a negative constant.
      case .add where isRight && operators.contains(.subtract): return replaced(parent, .subtract)
      case .subtract where isRight && operators.contains(.add): return replaced(parent, .add)
      default: return fallback.map(negated)
      }
      place = parent
    }
    return fallback.map(negated)

    func negated(_ constant: Int) -> [Node] {
      changed[constant].value.negate()
      return changed
    }

    func replaced(_ parent: Int, _ operation: Operator) -> [Node] {
      changed[parent] = .operation(operation, argumentLength: Int(changed[parent].length) - 1)
      return changed
    }
  }

  /// Whether the value of the subtree enters the formula with a negative sign: a negative constant among its
  /// factors, or as what is taken away.
  static func isNegative(_ nodes: [Node], at position: Int) -> Bool {
    var sign = 1.0
    var place = position
    while let parent = parent(of: place, in: nodes) {
      let isRight = parent == place + 1
      let other = isRight ? place - Int(nodes[place].length) : parent - 1
      switch nodes[parent].operation {
      case .multiply, .divide: if nodes[other].isConstant, nodes[other].value < 0 { sign.negate() }
      case .subtract: return isRight ? sign > 0 : sign < 0
      default: return sign < 0
      }
      place = parent
    }
    return sign < 0
  }

  private static func parent(of position: Int, in nodes: [Node]) -> Int? {
    nodes.indices.dropFirst(position + 1).first { $0 + 1 - Int(nodes[$0].length) <= position }
  }
}
