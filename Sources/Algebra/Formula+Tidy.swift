import Expressions

extension Formula {
  /// The same formula as people write it: factors that are constants first, terms that are constants last,
  /// and no negative constant where adding and subtracting can trade places. Every value and the complexity
  /// stay.
  ///
  /// - Parameter allowed: operators that may be brought in.
  public func tidied(allowed: OperatorSet) -> Formula {
    let trades = allowed.contains(.add) && allowed.contains(.subtract)
    let nodes = reduce(leaf: { [$0] }) { operation, arguments -> [Node] in
      var parts = Array(arguments)
      var operation = operation
      switch operation {
      case .multiply where parts[1].isConstant && !parts[0].isConstant,
        .add where parts[0].isConstant && !parts[1].isConstant:
        parts.swapAt(0, 1)
      default: break
      }
      if trades, operation == .add || operation == .subtract, let positive = parts[1].withoutLeadingMinus {
        parts[1] = positive
        operation = operation == .add ? .subtract : .add
      }
      let inner = parts.flatMap { $0 }
      return inner + [.operation(operation, argumentLength: inner.count)]
    }
    return Formula(unchecked: nodes)
  }
}

extension [Node] {
  fileprivate var isConstant: Bool { count == 1 && self[0].isConstant }

  /// The same expression with the other sign, if it begins with a negative factor; nil otherwise.
  fileprivate var withoutLeadingMinus: [Node]? {
    guard let first, first.isConstant, first.value < 0 else { return nil }
    // The first node is the leftmost leaf: a factor of the whole if only products and left sides of quotients
    // lie above.
    var start = count - 1
    while start > 0 {
      let root = self[start]
      guard root.opcode == Operator.multiply.rawValue || root.opcode == Operator.divide.rawValue else {
        return nil
      }
      start -= 1 + Int(self[start - 1].length)
    }
    var changed = self
    changed[0].value = -first.value
    return changed
  }
}
