import Evaluation
import Expressions
import Foundation

/// Small expressions and their values on a sample of rows, each function once.
///
/// Built from the leaves up: features and the number 1, then everything one operator makes of what is there,
/// by size. Of expressions with equal values the first, and so smallest, is kept. Once grown, a library is only
/// read, by any number of workers.
package final class ValueLibrary: @unchecked Sendable {
  /// What the values are taken on.
  package let sample: SweepSample
  /// Number of expressions.
  package private(set) var count = 0
  /// Number of expressions there is room for.
  let capacity: Int
  /// Values, one row of ``SweepSample/stride`` numbers for each expression.
  package let values: UnsafeMutablePointer<Double>
  private var nodes: [Node] = []
  private var starts: [Int] = [0]
  /// Where the expression with each key of values stands.
  private var places: [UInt64: Int] = [:]
  /// Whether a function such as exp or sin occurs in an expression: those are not nested.
  private var isTranscendental: [Bool] = []
  /// Indices of the expressions that were found by size, for each size from 1 on.
  private var bySize: [[Int]] = []
  private let evaluator: Evaluator
  /// Index of the expression with the values that were last to be added.
  private var newest: Int?

  /// An empty library.
  ///
  /// - Parameter capacity: most expressions it will hold.
  package init(_ sample: SweepSample, capacity: Int) {
    self.sample = sample
    self.capacity = capacity
    values = .allocate(capacity: max(1, capacity * sample.stride))
    values.initialize(repeating: 0, count: max(1, capacity * sample.stride))
    evaluator = Evaluator(capacity: 64, loss: .meanSquaredError)
  }

  deinit { values.deallocate() }

  /// The nodes of expression `index`.
  package func expression(_ index: Int) -> ArraySlice<Node> { nodes[starts[index]..<starts[index + 1]] }

  /// Number of nodes of expression `index`.
  package func size(_ index: Int) -> Int { starts[index + 1] - starts[index] }

  /// The values of expression `index`, padding included.
  package func row(_ index: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: values + index * sample.stride, count: sample.stride)
  }

  // MARK: - Growing

  /// Adds all expressions of up to `largest` nodes over the operators, until `limit` expressions are there.
  ///
  /// Powers are left out but for those of two leaves, as are functions of functions: the first are found by
  /// regression on logarithms, the second are rare in laws and many.
  package func enumerate(_ operators: OperatorSet, largest: Int, limit: Int) {
    let limit = min(limit, capacity)
    if bySize.isEmpty {
      bySize.append([])
      for feature in sample.features.indices { grow([.feature(feature)], transcendental: false) }
      grow([.constant(1)], transcendental: false)
    }
    while bySize.count < largest, count < limit {
      bySize.append([])
      applyUnary(operators, bySize.count, limit)
      applyBinary(operators, bySize.count, limit)
    }
  }

  /// Adds an expression that larger ones may be made of.
  private func grow(_ expression: [Node], transcendental: Bool) {
    if add(expression, transcendental: transcendental) { bySize[bySize.count - 1].append(count - 1) }
  }

  /// Adds an expression if its values are finite, vary and are new.
  ///
  /// - Returns: whether it was added.
  @discardableResult
  func add(_ expression: [Node], transcendental: Bool = true) -> Bool {
    newest = nil
    guard count < capacity, expression.count <= 64 else { return false }
    let start = values + count * sample.stride
    expression.withUnsafeBufferPointer {
      evaluator.write($0.baseAddress!, $0.count, on: sample.data, to: start)
    }
    let isNumber = expression.count == 1 && expression[0].isConstant
    for row in 0..<sample.rowCount where !(abs(start[row]) < 1e150) { return forget(start) }
    if !isNumber, isConstant(start) { return forget(start) }
    let key = ValueKey.exact(UnsafeBufferPointer(start: start, count: sample.rowCount))
    guard places[key] == nil else {
      newest = places[key]
      return forget(start)
    }
    places[key] = count
    newest = count
    nodes += expression
    starts.append(nodes.count)
    isTranscendental.append(transcendental)
    count += 1
    return true
  }

  /// Adds an expression unless one with its values is there.
  ///
  /// - Returns: the index of the expression with its values; nil where they are not finite or do not vary.
  func index(of expression: [Node]) -> Int? {
    add(expression)
    return newest
  }

  private func forget(_ start: UnsafeMutablePointer<Double>) -> Bool {
    start.update(repeating: 0, count: sample.stride)
    return false
  }

  private func isConstant(_ start: UnsafePointer<Double>) -> Bool {
    var (low, high) = (start[0], start[0])
    for row in 1..<max(1, sample.rowCount) {
      low = min(low, start[row])
      high = max(high, start[row])
    }
    return !(high - low > 1e-9 * max(abs(low), abs(high)))
  }

  private func applyUnary(_ operators: OperatorSet, _ size: Int, _ limit: Int) {
    for argument in bySize[size - 2] {
      let inner = Array(expression(argument))
      if inner.count == 1, inner[0].isConstant { continue }
      for operation in operators.unary {
        if count >= limit { return }
        let isFunction = !operation.isAlgebraic
        if isFunction, isTranscendental[argument] { continue }
        grow(
          inner + [.operation(operation, argumentLength: inner.count)],
          transcendental: isFunction || isTranscendental[argument])
      }
    }
  }

  private func applyBinary(_ operators: OperatorSet, _ size: Int, _ limit: Int) {
    guard size >= 3 else { return }
    for leftSize in 1...(size - 2) {
      for left in bySize[leftSize - 1] {
        for right in bySize[size - 2 - leftSize] {
          for operation in operators.binary where !operation.isRare {
            if count >= limit { return }
            if operation.isCommutative, left < right { continue }
            if operation == .power, size > 3 || left == right { continue }
            grow(
              Array(expression(left)) + Array(expression(right))
                + [.operation(operation, argumentLength: size - 1)],
              transcendental: isTranscendental[left] || isTranscendental[right])
          }
        }
      }
    }
  }
}

extension Operator {
  /// Whether roots and powers make up the operator.
  var isAlgebraic: Bool {
    switch self {
    case .negate, .square, .cube, .cbrt, .sqrt, .abs, .inverse: true
    default: false
    }
  }

  /// Whether a binary operator is left out of the library: comparisons and the like.
  fileprivate var isRare: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .power: false
    default: true
    }
  }
}
