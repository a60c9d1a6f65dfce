import Expressions

extension Rewriter {
  /// Comparisons and logical tests, which are 1 or 0.
  private static var truths: UInt64 {
    1 &<< UInt64(Opcode.greater) | 1 &<< UInt64(Opcode.greaterOrEqual) | 1 &<< UInt64(Opcode.less)
      | 1 &<< UInt64(Opcode.lessOrEqual) | 1 &<< UInt64(Opcode.logicalOr) | 1 &<< UInt64(Opcode.logicalAnd)
  }
  /// Operators that are never negative.
  private static var neverNegative: UInt64 {
    1 &<< UInt64(Opcode.abs) | 1 &<< UInt64(Opcode.square) | 1 &<< UInt64(Opcode.sqrt)
      | 1 &<< UInt64(Opcode.exp) | 1 &<< UInt64(Opcode.cosh) | 1 &<< UInt64(Opcode.relu) | truths
  }
  /// Operators whose values are whole numbers.
  private static var whole: UInt64 {
    1 &<< UInt64(Opcode.round) | 1 &<< UInt64(Opcode.floor) | 1 &<< UInt64(Opcode.ceil)
      | 1 &<< UInt64(Opcode.sign) | truths
  }

  private func isOne(of opcodes: UInt64, _ root: Int) -> Bool {
    (opcodes &>> UInt64(nodes[root].opcode)) & 1 != 0
  }

  /// Applies an operator of one argument to the last subtree.
  ///
  /// Not here, because they would make rows finite that were not: exp(log x), square(sqrt x), log(exp x).
  mutating func unary(_ opcode: UInt8) {
    let root = end &- 1
    let inner = nodes[root].opcode
    switch opcode {
    case Opcode.negate:
      if negateLast(pushing: true) { return }
    case Opcode.square, Opcode.cos, Opcode.cosh, Opcode.sinc:
      while nodes[end &- 1].opcode == Opcode.negate || nodes[end &- 1].opcode == Opcode.abs { end &-= 1 }
    case Opcode.abs:
      if inner == Opcode.negate { end &-= 1 }
      if isOne(of: Rewriter.neverNegative, end &- 1) { return }
    case Opcode.sqrt:
      if inner == Opcode.square && allows(Opcode.abs) {
        end &-= 1
        unary(Opcode.abs)
        return
      }
    case Opcode.cube:
      if inner == Opcode.cbrt { end &-= 1; return }
    case Opcode.cbrt:
      if inner == Opcode.cube { end &-= 1; return }
    case Opcode.inverse:
      if invertLast() { return }
    case Opcode.relu:
      if isOne(of: Rewriter.neverNegative, root) { return }
    case Opcode.sign:
      if inner == Opcode.sign { return }
    case Opcode.round, Opcode.floor, Opcode.ceil:
      if isOne(of: Rewriter.whole, root) { return }
    default: break
    }
    push(opcode, arity: 1, argumentLength: length(end &- 1))
  }

  /// Negates the last subtree, by a rule or, if that may be, by an operator.
  ///
  /// - Returns: false, with nothing changed, when there was neither.
  mutating func negateLast(pushing: Bool) -> Bool {
    let root = end &- 1
    let node = nodes[root]
    switch node.opcode {
    case Opcode.constant:
      nodes[root].value = -node.value
      return true
    case Opcode.negate:
      end = root
      return true
    case Opcode.subtract:
      // -(x - y) is y - x.
      end = root
      let second = root &- length(root &- 1)
      exchange(first: root &+ 1 &- Int(node.length), second: second)
      sum(Opcode.subtract)
      return true
    case Opcode.add:
      // -(x + c) is -c - x.
      if nodes[root &- 1].opcode == Opcode.constant && allows(Opcode.subtract) {
        end = root
        nodes[root &- 1].value.negate()
        exchange(first: root &+ 1 &- Int(node.length), second: root &- 1)
        sum(Opcode.subtract)
        return true
      }
    case Opcode.multiply, Opcode.divide:
      let found = factor(root)
      if found.isFound {
        nodes[found.position].value.negate()
        settle(found.position)
        return true
      }
    default: break
    }
    if pushing { push(Opcode.negate, arity: 1, argumentLength: Int(node.length)) }
    return pushing
  }

  /// One over the last subtree, by a rule.
  private mutating func invertLast() -> Bool {
    let root = end &- 1
    let node = nodes[root]
    switch node.opcode {
    case Opcode.inverse:
      end = root
      return true
    case Opcode.divide:
      // 1 / (x / y) is y / x.
      end = root
      let second = root &- length(root &- 1)
      exchange(first: root &+ 1 &- Int(node.length), second: second)
      product(Opcode.divide)
      return true
    case Opcode.multiply:
      // 1 / (c * x) is (1 / c) / x.
      let start = root &+ 1 &- Int(node.length)
      if nodes[start].opcode == Opcode.constant && start &+ 1 &+ length(root &- 1) == root
        && allows(Opcode.divide) && isMovableFactor(nodes[start].value)
      {
        nodes[start].value = 1 / nodes[start].value
        end = root
        product(Opcode.divide)
        return true
      }
      return false
    default:
      return false
    }
  }

  /// Applies an operator of two arguments that has no chain of its own.
  mutating func binary(_ opcode: UInt8) {
    let b = end &- 1
    let a = b &- length(b)
    switch opcode {
    case Opcode.power:
      if power(a, b) { return }
    case Opcode.maximum, Opcode.minimum:
      if extremum(opcode, a, b) { return }
    case Opcode.condition:
      // The branch that is dropped must be a leaf, or it might have been non-finite.
      if nodes[a].opcode == Opcode.constant && nodes[b].opcode < 2 {
        nodes[a] = nodes[a].value > 0 ? nodes[b] : .constant(0)
        end = b
        return
      }
    default: break
    }
    push(opcode, arity: 2, argumentLength: length(end &- 1) &+ length(end &- 1 &- length(end &- 1)))
  }

  private mutating func power(_ a: Int, _ b: Int) -> Bool {
    if nodes[a].opcode == Opcode.constant && nodes[a].value == 1 && nodes[b].opcode == Opcode.feature {
      end = b
      return true
    }
    guard nodes[b].opcode == Opcode.constant else { return false }
    let opcode: UInt8
    switch nodes[b].value {
    case 1:
      end = b
      return true
    case 0:
      guard nodes[a].opcode == Opcode.feature else { return false }
      nodes[a] = .constant(1)
      end = b
      return true
    case 2: opcode = Opcode.square
    case 3: opcode = Opcode.cube
    case 0.5:
      // Of minus infinity the power is infinite, the root NaN.
      guard nodes[a].opcode == Opcode.feature else { return false }
      opcode = Opcode.sqrt
    case -1: opcode = Opcode.inverse
    default: return false
    }
    guard allows(opcode) else { return false }
    end = b
    unary(opcode)
    return true
  }

  private mutating func extremum(_ opcode: UInt8, _ a: Int, _ b: Int) -> Bool {
    if same(a, b) {
      end = a &+ 1
      return true
    }
    if nodes[a].opcode == Opcode.constant { exchange(first: a, second: b &+ 1 &- length(b)) }
    let last = end &- 1
    guard nodes[last].opcode == Opcode.constant else { return false }
    let other = last &- 1
    if nodes[other].opcode == opcode && nodes[other &- 1].opcode == Opcode.constant {
      let first = nodes[other &- 1].value
      let second = nodes[last].value
      nodes[other &- 1].value = (first > second) == (opcode == Opcode.maximum) ? first : second
      end = last
      return true
    }
    return false
  }

  /// Applies an operator of three arguments.
  mutating func ternary(_ opcode: UInt8) {
    let c = end &- 1
    let b = c &- length(c)
    let a = b &- length(b)
    if opcode == Opcode.ifElse && nodes[a].opcode == Opcode.constant {
      let holds = nodes[a].value > 0
      if nodes[holds ? c : b].opcode < 2 {
        move(from: holds ? a &+ 1 : b &+ 1, to: a, count: holds ? b &- a : c &- b)
        end = a &+ (holds ? b &- a : c &- b)
        return
      }
    }
    push(opcode, arity: 3, argumentLength: length(a) &+ length(b) &+ length(c))
  }
}
