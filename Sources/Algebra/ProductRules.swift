import Expressions

extension Rewriter {
  /// The constant that is a factor of the product at `root`.
  func factor(_ root: Int) -> Slot { slot(root, Opcode.multiply, Opcode.divide) }

  /// Whether a factor may be moved within a product: within these bounds a product of other values overflows
  /// at another order of the factors only beyond 1e200.
  func isMovableFactor(_ value: Double) -> Bool { abs(value) < 1e100 && abs(value) > 1e-100 }

  /// Roots of arguments that a product looks at more closely.
  private static var signsAndInverses: UInt64 {
    1 &<< UInt64(Opcode.negate) | 1 &<< UInt64(Opcode.inverse) | 1 &<< UInt64(Opcode.divide)
  }

  /// Multiplies or divides the last two subtrees.
  mutating func product(_ operation: UInt8) {
    var opcode = operation
    var b = end &- 1
    var a = b &- length(b)
    let roots = 1 &<< UInt64(nodes[a].opcode) | 1 &<< UInt64(nodes[b].opcode)
    if roots & Rewriter.signsAndInverses != 0 {
      takeSigns(&a, &b)
      let count = end
      if takeInverses(&opcode, &a, &b) { return }
      if end != count && (nodes[a].opcode == Opcode.negate || nodes[b].opcode == Opcode.negate) {
        again = true
      }
    }
    // An inverse that could not be folded, as that of 0, may have left two constants.
    if nodes[a].opcode == Opcode.constant && nodes[b].opcode == Opcode.constant
      && foldLast(opcode, arity: 2)
    {
      return
    }

    let inA = factor(a)
    let inB = factor(b)
    if inA.isFound && inB.isFound && gatherFactors(&opcode, &a, &b, inA, inB) { return }

    if nodes[b].opcode == Opcode.constant {
      let value = nodes[b].value
      if value == 1 || value == -1 && endWithNegated(dropping: 1) {
        end = value == 1 ? b : end
        return
      }
      if opcode == Opcode.multiply {
        exchange(first: b &- length(a), second: b)
        b = end &- 1
        a = b &- length(b)
      }
    }
    if nodes[a].opcode == Opcode.constant && constantFirst(opcode, a, b) { return }
    if opcode == Opcode.multiply && allows(Opcode.square) && same(a, b) {
      end = a &+ 1
      unary(Opcode.square)
      return
    }
    pushProduct(opcode, a, b)
  }

  private mutating func pushProduct(_ opcode: UInt8, _ a: Int, _ b: Int) {
    var slot = factor(a)
    if !slot.isFound {
      slot = factor(b)
      slot.inverted = slot.inverted != (opcode == Opcode.divide)
    }
    push(opcode, argumentLength: length(a) &+ length(b), slot: slot)
  }

  /// Drops the signs of two negated arguments, and lets the other argument's constant take the sign of one.
  private mutating func takeSigns(_ a: inout Int, _ b: inout Int) {
    let negatesA = nodes[a].opcode == Opcode.negate
    let negatesB = nodes[b].opcode == Opcode.negate
    if !negatesA && !negatesB { return }
    if negatesB {
      let inA = factor(a)
      if negatesA || inA.isFound {
        if !negatesA {
          nodes[inA.position].value.negate()
          again = inA.position != a || again
        }
        end &-= 1
        b &-= 1
      }
    }
    if negatesA {
      let inB = factor(b)
      if negatesB || inB.isFound {
        if !negatesB {
          nodes[inB.position].value.negate()
          again = inB.position != b || again
        }
        move(from: a &+ 1, to: a, count: b &- a)
        end &-= 1
        b &-= 1
        a &-= 1
      }
    }
  }

  /// Products with `1 / x` become quotients, quotients by `1 / x` products.
  ///
  /// - Returns: whether the product is complete.
  private mutating func takeInverses(_ opcode: inout UInt8, _ a: inout Int, _ b: inout Int) -> Bool {
    let other = opcode == Opcode.multiply ? Opcode.divide : Opcode.multiply
    if nodes[b].opcode == Opcode.inverse && allows(other) {
      end &-= 1
      b &-= 1
      opcode = other
    } else if isReciprocal(b, a &+ 1) && allows(other) {
      move(from: a &+ 2, to: a &+ 1, count: b &- a &- 2)
      end &-= 2
      b &-= 2
      opcode = other
    }
    guard opcode == Opcode.multiply && allows(Opcode.divide) else { return false }
    let start = a &+ 1 &- length(a)
    let spare: Int
    if nodes[a].opcode == Opcode.inverse {
      spare = 1
    } else if isReciprocal(a, start) {
      spare = 2
    } else {
      return false
    }
    // The root of a goes with the end of its run; the 1 of 1 / x stands before it.
    let count = length(a) &- spare
    exchange(first: start, second: a &+ 1)
    if spare == 2 { move(from: end &- length(end &- 1) &+ 1, to: end &- length(end &- 1), count: count) }
    end &-= spare
    product(Opcode.divide)
    return true
  }

  private func isReciprocal(_ root: Int, _ start: Int) -> Bool {
    nodes[root].opcode == Opcode.divide && nodes[start].opcode == Opcode.constant && nodes[start].value == 1
      && start &+ 1 &+ length(root &- 1) == root
  }

  /// `c * x` and `c / x`.
  ///
  /// - Returns: whether the product is complete.
  private mutating func constantFirst(_ opcode: UInt8, _ a: Int, _ b: Int) -> Bool {
    let value = nodes[a].value
    if opcode == Opcode.divide {
      if value != 1 { return false }
      if nodes[b].opcode == Opcode.divide || allows(Opcode.inverse) {
        move(from: a &+ 1, to: a, count: b &- a)
        end &-= 1
        unary(Opcode.inverse)
        return true
      }
      return false
    }
    if value == 0 && nodes[b].opcode == Opcode.feature {
      end &-= 1
      return true
    }
    if value != 1 && value != -1 { return false }
    let count = b &- a
    move(from: a &+ 1, to: a, count: count)
    end &-= 1
    if value == 1 || negateLast(pushing: allows(Opcode.negate)) { return true }
    move(from: a, to: a &+ 1, count: count)
    nodes[a] = .constant(value)
    end &+= 1
    return false
  }

  /// Negates what stands before the last `count` nodes and drops those, if a rule for that is at hand.
  private mutating func endWithNegated(dropping count: Int) -> Bool {
    end &-= count
    if negateLast(pushing: allows(Opcode.negate)) { return true }
    end &+= count
    return false
  }

  /// Brings the constants of both arguments of a product together.
  ///
  /// - Returns: whether the product is complete; if not, the arguments, perhaps changed, are still to be
  ///   joined.
  private mutating func gatherFactors(
    _ opcode: inout UInt8, _ a: inout Int, _ b: inout Int, _ inA: Slot, _ inB: Slot
  ) -> Bool {
    let ofA = nodes[inA.position].value
    let ofB = nodes[inB.position].value
    if !isMovableFactor(ofA) || !isMovableFactor(ofB) { return false }
    let divides = opcode == Opcode.divide
    let alike = inA.inverted == (inB.inverted != divides)
    let newA = alike ? ofA * ofB : ofA / ofB
    let newB = alike ? newA : ofB / ofA

    if inB.position == b {
      nodes[inA.position].value = newA
      end = a &+ 1
      settle(inA.position)
      return true
    }
    if inA.position == a && !divides {
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
    let other = divides ? Opcode.multiply : Opcode.divide
    if parentB == b && allows(other) {
      // x / (d / y) is (x / d) * y, and x has a constant to take d.
      nodes[inA.position].value = newA
      let count = length(b) &- 2
      move(from: a &+ 2, to: a &+ 1, count: count)
      end = a &+ 1 &+ count
      product(other)
      again = true
      return true
    }
    if inA.position == a { return false }
    let parentA = parent(of: inA.position)
    if isRemovable(inA.position, parentA) {
      nodes[inB.position].value = newB
      a = remove(inA.position, parentA, root: a)
      b &-= 2
      again = true
    }
    return false
  }
}
