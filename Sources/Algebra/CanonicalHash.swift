import Expressions

/// Hashes that are equal for expressions which are the same by the laws of arithmetic.
///
/// Order and association of sums and products do not count, nor whether a term is subtracted or its negative
/// added, a factor divided by or its inverse multiplied; x * x is square(x), sin(-x) is -sin(x), abs(-x) is abs(x),
/// a > b is b < a, and fma is its sum. Equal hashes mean equal values where both are finite, and no more: x / x
/// hashes as 1 does. The hash is the same in every run and on every machine.
package enum CanonicalHash {
  /// What is known of one subtree; room for as many as there are nodes is what ``hash(_:count:abstractingConstants:stack:)``
  /// asks for.
  package struct Entry: Sendable {
    /// The word for products, or, of a sum, the word for sums.
    var word: UInt64
    /// Whether `word` is one for sums.
    var isSum: Bool
    /// Whether a constant of any value is a further factor (of a sum: a further term).
    var isFree: Bool

    /// An entry to fill memory with.
    package init() {
      word = 0
      isSum = false
      isFree = false
    }

    init(factor: UInt64, isFree: Bool = false) {
      word = factor
      isSum = false
      self.isFree = isFree
    }

    init(term: UInt64, isFree: Bool = false) {
      word = term
      isSum = true
      self.isFree = isFree
    }

    /// A constant of any value.
    var isConstant: Bool { word == 0 && isFree }

    /// The same value seen as a product; the sign of one with a free factor does not count.
    var product: Entry {
      if !isSum { return self }
      if isConstant { return Entry(factor: 0, isFree: true) }
      return Entry(factor: CanonicalWord.factor(isFree ? word ^ CanonicalWord.signBit : word))
    }

    /// The same value seen as a sum.
    var sum: Entry {
      if isSum { return self }
      if isConstant { return Entry(term: 0, isFree: true) }
      return Entry(term: CanonicalWord.term(closed))
    }

    /// One word for the whole, for use as an argument.
    var closed: UInt64 {
      if isSum { return product.word | (isConstant ? Entry.freeFactor : 0) }
      return isFree ? (word & ~CanonicalWord.signBit) &+ Entry.freeFactor : word
    }

    private static var freeFactor: UInt64 { 0x5851_F42D_4C95_7F2D }
  }

  /// The hash of a postfix expression.
  ///
  /// - Parameters:
  ///   - nodes: a valid postfix expression.
  ///   - count: its nodes, at least one.
  ///   - abstractingConstants: whether all constants count the same. Several in one sum, or in one product, then
  ///     count as one, and subtracting or dividing by one as adding or multiplying, so that expressions which
  ///     differ only in what refitting their constants could mend are the same. Otherwise values count, bit by
  ///     bit but for the sign of zero.
  ///   - stack: room for `count` entries.
  package static func hash(
    _ nodes: UnsafePointer<Node>, count: Int, abstractingConstants: Bool, stack: UnsafeMutablePointer<Entry>
  ) -> UInt64 {
    var top = 0
    for index in 0..<count {
      let node = nodes[index]
      switch node.arity {
      case 0:
        stack[top] =
          node.opcode == Opcode.feature
          ? Entry(
            factor: CanonicalWord.mix(UInt64(node.feature) &+ 0x9E37_79B9_7F4A_7C15) & ~CanonicalWord.signBit)
          : abstractingConstants ? Entry(factor: 0, isFree: true) : Entry(factor: constant(node.value))
        top &+= 1
      case 1:
        stack[top &- 1] = unary(node.opcode, stack[top &- 1])
      case 2:
        let last = nodes[index &- 1]
        let exponent = last.isConstant && !abstractingConstants ? last.value : nil
        stack[top &- 2] = binary(node.opcode, stack[top &- 2], stack[top &- 1], exponent)
        top &-= 1
      default:
        stack[top &- 3] = ternary(node.opcode, stack[top &- 3], stack[top &- 2], stack[top &- 1])
        top &-= 2
      }
    }
    return CanonicalWord.mix(stack[0].closed)
  }

  /// The word of a constant whose value counts: 1 is no factor, 0 no term.
  private static func constant(_ value: Double) -> UInt64 {
    let sign = value < 0 ? CanonicalWord.signBit : 0
    if value.magnitude == 1 { return sign }
    if value == 0 { return CanonicalWord.factor(0) }
    return CanonicalWord.mix(value.magnitude.bitPattern) & ~CanonicalWord.signBit | sign
  }
}
