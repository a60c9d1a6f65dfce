import Algebra
import Expressions

/// All small expressions over the operators and columns, each structure once: the exact small laws come from
/// here at once, and the first populations are drawn from it.
///
/// Constants do not occur: the outer factor and term are solved for, and evolution brings in the others.
package struct Enumeration {
  private var nodes: [Node] = []
  private var starts: [Int] = [0]
  /// First expression of each size; sizes count from 1.
  private var sizeStarts: [Int] = [0, 0]
  private var hashes: Set<UInt64> = []

  /// Number of expressions.
  package var count: Int { starts.count - 1 }

  /// Enumerates by size until `limit` expressions are found or `largest` is reached; a size is finished or
  /// cut at the limit.
  ///
  /// - Parameter units: for each feature of very large or very small numbers the factor that brings it near
  ///   1: expressions of such columns are then added a second time with the factors in place.
  package init(
    operators: OperatorSet, featureCount: Int, largest: Int, limit: Int, units: [Double?] = []
  ) {
    for feature in 0..<min(featureCount, limit) { add([.feature(feature)]) }
    sizeStarts.append(count)
    var size = 2
    while size <= largest, count < limit, count > 0 {
      extend(to: size, operators, limit)
      sizeStarts.append(count)
      size += 1
    }
    if operators.contains(.multiply), units.contains(where: { $0 != nil }) { addScaled(operators, units) }
  }

  private mutating func addScaled(_ operators: OperatorSet, _ units: [Double?]) {
    for index in 0..<count {
      let formula = Formula(unchecked: Array(slice(index)))
      let scaled = formula.reduce(leaf: { node -> [Node] in
        guard let unit = units[Int(node.feature)] else { return [node] }
        return [node, .constant(unit), .operation(.multiply, argumentLength: 2)]
      }) { operation, arguments in
        let inner = arguments.flatMap { $0 }
        return inner + [.operation(operation, argumentLength: inner.count)]
      }
      let simple = Formula(unchecked: scaled).simplified(using: operators)
      // A single constant is most often the factor of the whole, which is solved for in any case.
      if simple.nodes.last?.operation == .multiply, simple.constants.count == 1 { continue }
      if simple.complexity > formula.complexity { add(simple.nodes) }
    }
  }

  /// The nodes of expression `index`.
  package func withNodes(_ index: Int, _ body: (UnsafeBufferPointer<Node>) -> Void) {
    nodes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[starts[index]..<starts[index + 1]]))
    }
  }

  /// Number of nodes of expression `index`.
  package func size(_ index: Int) -> Int { starts[index + 1] - starts[index] }

  private func slice(_ index: Int) -> ArraySlice<Node> { nodes[starts[index]..<starts[index + 1]] }

  private func range(_ size: Int) -> Range<Int> {
    size + 1 < sizeStarts.count ? sizeStarts[size]..<sizeStarts[size + 1] : 0..<0
  }

  private mutating func add(_ candidate: [Node]) {
    let hash = Formula(unchecked: candidate).canonicalHash(abstractingConstants: false)
    guard hashes.insert(hash).inserted else { return }
    nodes += candidate
    starts.append(nodes.count)
  }

  private mutating func extend(to size: Int, _ operators: OperatorSet, _ limit: Int) {
    for argument in range(size - 1) {
      for operation in operators.unary {
        if count >= limit { return }
        add(slice(argument) + [.operation(operation, argumentLength: size - 1)])
      }
    }
    for leftSize in 1..<max(size - 1, 2) where size - 1 - leftSize >= 1 {
      for left in range(leftSize) {
        for right in range(size - 1 - leftSize) {
          for operation in operators.binary {
            if count >= limit { return }
            if operation.isCommutative, left < right { continue }
            if left == right, operation == .subtract || operation == .divide { continue }
            add(slice(left) + slice(right) + [.operation(operation, argumentLength: size - 1)])
          }
        }
      }
    }
  }
}
