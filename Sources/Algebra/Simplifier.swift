import Expressions

/// Rewriting that keeps values, fast enough for every step of a search.
///
/// Constants are folded and gathered through sums and products, identities and double operators go, equal
/// terms are counted. On every row the value stays the same up to rounding, or it is not finite before and
/// after; only where an intermediate value is beyond 1e100 or below 1e-100 may a row become finite or cease
/// to be, because moved factors, sqrt(square x) and cbrt(cube x) overflow and underflow at other values. The
/// sign of a zero may change. What is cancelled away could not have been infinite or NaN: x - x goes for a
/// column, which holds finite numbers, not for exp(x) - exp(x), and x / x always stays.
package enum Simplifier {
  /// Rewrites a postfix expression in place.
  ///
  /// Each pass is linear but for moves of memory; a second pass follows only when a constant was taken out of
  /// the depth of a chain. Nothing is allocated.
  ///
  /// - Parameters:
  ///   - nodes: a valid postfix expression with finite constants.
  ///   - count: its nodes, at least one.
  ///   - allowed: operators a rewrite may introduce; those already there may stay.
  ///   - scratch: room for `count` nodes.
  /// - Returns: the new number of nodes, never more than `count`.
  package static func simplify(
    _ nodes: UnsafeMutablePointer<Node>, count: Int, allowed: OperatorMask,
    scratch: UnsafeMutablePointer<Node>
  ) -> Int {
    // What stands somewhere in the expression already is not introduced by a rewrite.
    var operators = allowed.bits
    for index in 0..<count { operators |= 1 &<< UInt64(nodes[index].opcode) }
    var rewriter = Rewriter(nodes: nodes, scratch: scratch, allowed: operators)
    var length = count
    for _ in 0..<8 {
      rewriter.end = 0
      rewriter.again = false
      rewriter.pass(length)
      length = rewriter.end
      for index in 0..<length where nodes[index].opcode >= 2 { nodes[index].feature = 0 }
      if !rewriter.again { break }
    }
    return length
  }
}

extension Rewriter {
  /// Takes the first `count` nodes one by one, each operator by its rules.
  fileprivate mutating func pass(_ count: Int) {
    for index in 0..<count {
      let node = nodes[index]
      if node.opcode < 2 {
        nodes[end] = node
        end &+= 1
      } else if !fold(node) {
        switch node.opcode {
        case Opcode.add, Opcode.subtract: sum(node.opcode)
        case Opcode.multiply, Opcode.divide: product(node.opcode)
        default:
          switch node.arity {
          case 1: unary(node.opcode)
          case 2: binary(node.opcode)
          default: ternary(node.opcode)
          }
        }
      }
    }
  }

  /// Replaces an operator of constants by its value when that is finite.
  private mutating func fold(_ node: Node) -> Bool {
    if nodes[end &- 1].opcode != Opcode.constant { return false }
    let arity = Int(node.arity)
    if arity >= 2 && nodes[end &- 2].opcode != Opcode.constant { return false }
    if arity >= 3 && nodes[end &- 3].opcode != Opcode.constant { return false }
    return foldLast(node.opcode, arity: arity)
  }

  /// Applies an operator to the last `arity` nodes, all constants, if its value is finite.
  mutating func foldLast(_ opcode: UInt8, arity: Int) -> Bool {
    guard let operation = Operator(rawValue: opcode) else { return false }
    let first = end &- arity
    let value = operation.value(
      nodes[first].value, arity >= 2 ? nodes[first &+ 1].value : 0, arity >= 3 ? nodes[first &+ 2].value : 0)
    if !value.isFinite { return false }
    nodes[first].value = value
    end = first &+ 1
    return true
  }
}
