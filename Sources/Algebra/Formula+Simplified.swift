import Expressions

extension Formula {
  /// The formula with constants folded and gathered and identities removed, using its own operators and `+ -
  /// * /`.
  ///
  /// It is never longer, and its values are the same up to rounding wherever they are finite.
  public var simplified: Formula {
    simplified(using: OperatorSet(operators.all + [.add, .subtract, .multiply, .divide]))
  }

  /// The formula simplified, where rewriting introduces none but the `allowed` operators.
  public func simplified(using allowed: OperatorSet) -> Formula {
    let count = nodes.count
    let result = withUnsafeTemporaryAllocation(of: Node.self, capacity: 2 * count) { memory -> [Node] in
      guard let start = memory.baseAddress else { return nodes }
      start.initialize(from: nodes, count: count)
      let length = Simplifier.simplify(
        start, count: count, allowed: OperatorMask(allowed), scratch: start + count)
      return Array(UnsafeBufferPointer(start: start, count: length))
    }
    return Formula(unchecked: result)
  }

  /// The formula's value for one row, by ``Operator/value(_:_:_:)``.
  ///
  /// - Parameter features: the row's values, by the features' indices.
  package func value(_ features: [Double]) -> Double {
    reduce(
      leaf: { $0.isConstant ? $0.value : features[Int($0.feature)] },
      branch: { operation, arguments in
        let first = arguments.startIndex
        return operation.value(
          arguments[first], arguments.count > 1 ? arguments[first + 1] : 0,
          arguments.count > 2 ? arguments[first + 2] : 0)
      })
  }
}
