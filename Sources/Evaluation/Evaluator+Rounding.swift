import Expressions
import Foundation

extension Evaluator {
  /// Whether a loss is owed to how a formula's values are rounded: moving its constants to their neighbours
  /// among the floating point numbers makes it worse (Stott Parker 1997, Monte Carlo arithmetic).
  ///
  /// Terms of 1e15 that cancel leave a pattern of rounding errors, and constants can be fitted to make that
  /// pattern follow the noise. So can those of a power whose base is a constant next to 1, which has too few
  /// digits left for what it says.
  ///
  /// - Parameter loss: the expression's loss on `data`.
  package func dependsOnRounding(
    _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData, loss: Double
  ) -> Bool {
    var hasConstants = false
    extended.update(from: nodes, count: count)
    for index in 0..<count where nodes[index].isConstant {
      hasConstants = true
      let value = nodes[index].value
      if value != 1, abs(value - 1) < 1e-7, isBase(nodes, count, index) { return true }
    }
    guard hasConstants else { return false }
    // All up, all down, and one against the other: what one move leaves in place by chance another does not.
    for pattern in 0..<4 {
      for index in 0..<count where nodes[index].isConstant {
        // A power of a negative number has no neighbour: exponents stay.
        let next = index + 1
        if next < count, nodes[next].opcode == Operator.power.rawValue { continue }
        let goesUp = pattern < 2 ? pattern == 0 : (index & 2 == 0) == (pattern == 2)
        extended[index].value = goesUp ? nodes[index].value.nextUp : nodes[index].value.nextDown
      }
      let moved = self.loss(extended, count, on: data)
      guard moved <= 1.001 * loss + 1e-12 * data.costUnit else { return true }
    }
    return false
  }

  /// Whether the leaf at `index` is the base of a power.
  private func isBase(_ nodes: UnsafePointer<Node>, _ count: Int, _ index: Int) -> Bool {
    var root = index + 1
    // The exponent's subtree follows the base; its operator follows that.
    while root < count {
      if nodes[root].opcode == Operator.power.rawValue {
        let right = root - 1
        if right - Int(nodes[right].length) == index { return true }
      }
      root += 1
    }
    return false
  }
}
