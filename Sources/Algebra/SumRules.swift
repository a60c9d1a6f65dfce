import Expressions

extension Rewriter {
  /// Beyond this size constants of a sum are not brought together: below it, adding one cannot overflow a
  /// finite value, in 64-bit or in 32-bit arithmetic, so no row's finiteness depends on the order.
  private static var largestTerm: Double { 1e30 }

  /// The constant that is a term of the sum at `root`.
  func term(_ root: Int) -> Slot { slot(root, Opcode.add, Opcode.subtract) }

  /// Adds or subtracts the last two subtrees.
  mutating func sum(_ operation: UInt8) {
    var opcode = operation
    var b = end &- 1
    var a = b &- length(b)

    if nodes[b].opcode == Opcode.negate {
      // x + -y is x - y, and x - -y is x + y.
      let other = opcode == Opcode.add ? Opcode.subtract : Opcode.add
      if allows(other) {
        opcode = other
        b &-= 1
        end &-= 1
      }
    }
    if nodes[a].opcode == Opcode.negate && opcode == Opcode.add && allows(Opcode.subtract) {
      // -x + y is y - x.
      let start = a &+ 1 &- length(a)
      let count = length(a) &- 1
      exchange(first: start, second: a &+ 1)
      end &-= 1
      b = end &- 1
      a = b &- count
      opcode = Opcode.subtract
    }

    let inA = term(a)
    let inB = term(b)
    if inA.isFound && inB.isFound && gatherTerms(&opcode, &a, &b, inA, inB) { return }

    if nodes[b].opcode == Opcode.constant {
      let value = nodes[b].value
      end &-= 1
      pushTerm(opcode == Opcode.subtract ? -value : value)
      return
    }
    if nodes[a].opcode == Opcode.constant {
      constantFirst(opcode, a, b)
      return
    }
    if sameTerms(opcode, a, b) { return }
    pushSum(opcode, a, b)
  }

  private mutating func pushSum(_ opcode: UInt8, _ a: Int, _ b: Int) {
    var slot = term(a)
    if !slot.isFound {
      slot = term(b)
      slot.inverted = slot.inverted != (opcode == Opcode.subtract)
    }
    push(opcode, argumentLength: length(a) &+ length(b), slot: slot)
  }

  /// `c + x` and `c - x`.
  private mutating func constantFirst(_ opcode: UInt8, _ a: Int, _ b: Int) {
    let value = nodes[a].value
    if opcode == Opcode.add || value == 0 {
      let count = length(b)
      move(from: a &+ 1, to: a, count: count)
      end &-= 1
      if opcode == Opcode.add {
        pushTerm(value)
        return
      }
      if negateLast(pushing: allows(Opcode.negate)) { return }
      move(from: a, to: a &+ 1, count: count)
      nodes[a] = .constant(0)
      end &+= 1
    }
    pushSum(opcode, a, end &- 1)
  }

  /// Adds a constant to the last subtree, as a difference where that reads better.
  mutating func pushTerm(_ value: Double) {
    if value == 0 { return }
    let x = end &- 1
    let count = length(x)
    let inX = term(x)
    if inX.isFound && abs(nodes[inX.position].value) < Rewriter.largestTerm
      && abs(value) < Rewriter.largestTerm
    {
      nodes[inX.position].value += inX.inverted ? -value : value
      settle(inX.position)
      return
    }
    if nodes[x].opcode == Opcode.negate && allows(Opcode.subtract) {
      // -x + c is c - x.
      let start = end &- count
      move(from: start, to: start &+ 1, count: count &- 1)
      nodes[start] = .constant(value)
      sum(Opcode.subtract)
      return
    }
    let subtracts = value < 0 ? allows(Opcode.subtract) : !allows(Opcode.add)
    pushConstant(subtracts ? -value : value)
    push(
      subtracts ? Opcode.subtract : Opcode.add, argumentLength: count &+ 1,
      slot: Slot(position: end &- 1, inverted: subtracts))
  }

  /// Brings the constants of both arguments of a sum together.
  ///
  /// - Returns: whether the sum is complete; if not, the arguments, perhaps changed, are still to be joined.
  private mutating func gatherTerms(
    _ opcode: inout UInt8, _ a: inout Int, _ b: inout Int, _ inA: Slot, _ inB: Slot
  ) -> Bool {
    let subtractsB = opcode == Opcode.subtract
    let ofA = inA.inverted ? -nodes[inA.position].value : nodes[inA.position].value
    let ofB = inB.inverted != subtractsB ? -nodes[inB.position].value : nodes[inB.position].value
    if !(abs(ofA) < Rewriter.largestTerm && abs(ofB) < Rewriter.largestTerm) { return false }
    let total = ofA + ofB
    let newA = inA.inverted ? -total : total
    let newB = inB.inverted != subtractsB ? -total : total

    if inB.position == b {
      nodes[inA.position].value = newA
      end = a &+ 1
      settle(inA.position)
      return true
    }
    if inA.position == a && !subtractsB {
      nodes[inB.position].value = newB
      move(from: a &+ 1, to: a, count: b &- a)
      end &-= 1
      settle(inB.position &- 1)
      return true
    }
    let parentB = parent(of: inB.position)
    if isRemovable(inB.position, parentB) {
      nodes[inA.position].value = newA
      b = remove(inB.position, parentB, root: b)
      again = true
      return false
    }
    if inA.position == a {
      guard parentB == b else { return false }
      // c - (d - y) is y + (c - d).
      let count = length(b) &- 2
      move(from: a &+ 2, to: a, count: count)
      end = a &+ count
      pushTerm(total)
      return true
    }
    let parentA = parent(of: inA.position)
    if isRemovable(inA.position, parentA) {
      nodes[inB.position].value = newB
      a = remove(inA.position, parentA, root: a)
      b &-= 2
      again = true
      return false
    }
    let other = subtractsB ? Opcode.add : Opcode.subtract
    if parentB == b && allows(other) {
      // x + (d - y) is (x + d) - y, and x has a constant to take d.
      nodes[inA.position].value = newA
      let count = length(b) &- 2
      move(from: a &+ 2, to: a &+ 1, count: count)
      end = a &+ 1 &+ count
      b = end &- 1
      opcode = other
      again = true
    }
    return false
  }

  /// Lets the last sum or product follow the rules again after its constant at `position` has changed.
  mutating func settle(_ position: Int) {
    let root = end &- 1
    if parent(of: position) == root {
      end = root
      let opcode = nodes[root].opcode
      opcode == Opcode.add || opcode == Opcode.subtract ? sum(opcode) : product(opcode)
    } else {
      again = true
    }
  }

  /// `x + x`, `c x + d x` and the like, and `x - x` of a column.
  private mutating func sameTerms(_ opcode: UInt8, _ a: Int, _ b: Int) -> Bool {
    let start = a &+ 1 &- length(a)
    let scaledA = hasCoefficient(a, start)
    let scaledB = hasCoefficient(b, a &+ 1)
    let innerA = length(a) &- (scaledA ? 2 : 0)
    let innerB = length(b) &- (scaledB ? 2 : 0)
    if innerA != innerB { return false }
    let rootA = scaledA ? a &- 1 : a
    if !same(rootA, scaledB ? b &- 1 : b) { return false }

    let ofA = scaledA ? nodes[start].value : 1
    let ofB = scaledB ? nodes[a &+ 1].value : 1
    let total = opcode == Opcode.add ? ofA + ofB : ofA - ofB
    if total == 0 && nodes[rootA].opcode == Opcode.feature {
      end = start
      pushConstant(0)
      return true
    }
    if !allows(Opcode.multiply) || !isMovableFactor(total) { return false }
    move(from: start &+ (scaledA ? 1 : 0), to: start &+ 1, count: innerA)
    nodes[start] = .constant(total)
    end = start &+ 1 &+ innerA
    product(Opcode.multiply)
    return true
  }

  private func hasCoefficient(_ root: Int, _ start: Int) -> Bool {
    nodes[root].opcode == Opcode.multiply && nodes[start].opcode == Opcode.constant
      && start &+ 1 &+ length(root &- 1) == root
  }
}
