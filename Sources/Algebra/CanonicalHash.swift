import Expressions

/// Hashes that are equal for expressions which are the same by the laws of arithmetic.
///
/// Order and association of sums and products do not count, nor whether a term is subtracted or its negative
/// added, a factor divided by or its inverse multiplied; x * x is square(x), sin(-x) is -sin(x), abs(-x) is
/// abs(x), a > b is b < a, and fma is its sum. Equal hashes mean equal values where both are finite, and no
/// more: x / x hashes as 1 does. The hash is the same in every run and on every machine.
package enum CanonicalHash {
  /// What is known of one subtree; ``hash(_:count:abstractingConstants:stack:)`` asks for room for as many as
  /// there are nodes.
  package struct Entry: Sendable {
    /// The word for products, or, of a sum, the word for sums.
    var word: UInt64
    /// Of a sum, the words of terms whose sign does not count, since a free constant can take it.
    var unsignedTerms: UInt64
    /// Whether this is a sum.
    var isSum: Bool
    /// Whether a constant of any value is a further factor (of a sum: a further term).
    var isFree: Bool
    /// Whether the sign of a product does not count.
    var isUnsigned: Bool

    /// An entry to fill memory with.
    package init() { self.init(factor: 0) }

    init(factor: UInt64, isFree: Bool = false, isUnsigned: Bool = false) {
      word = factor
      unsignedTerms = 0
      isSum = false
      self.isFree = isFree
      self.isUnsigned = isUnsigned || isFree
    }

    init(term: UInt64, unsignedTerms: UInt64 = 0, isFree: Bool = false) {
      word = term
      self.unsignedTerms = unsignedTerms
      isSum = true
      self.isFree = isFree
      // A sum of nothing but terms without a sign has none.
      isUnsigned = term == 0
    }

    /// A constant of any value.
    static var constant: Entry { Entry(factor: 0, isFree: true) }

    /// Whether this is a constant of any value.
    @inline(__always)
    var isConstant: Bool { isFree && word | unsignedTerms == 0 }

    /// The same value seen as a product.
    @inline(__always)
    var product: Entry {
      if !isSum { return self }
      if isConstant { return .constant }
      // A free term is the one word that is its own negative.
      let factor = CanonicalWord.factor(isFree ? word ^ CanonicalWord.signBit : word)
      let others = CanonicalWord.mix(unsignedTerms) & ~CanonicalWord.signBit
      return Entry(factor: factor ^ others, isUnsigned: isUnsigned)
    }

    /// The same value seen as a sum.
    @inline(__always)
    var sum: Entry {
      if isSum { return self }
      if isConstant { return Entry(term: 0, isFree: true) }
      let term = CanonicalWord.term(closed)
      return isUnsigned ? Entry(term: 0, unsignedTerms: term) : Entry(term: term)
    }

    /// One word for the whole, for use as an argument.
    @inline(__always)
    var closed: UInt64 {
      let product = self.product
      let word = product.isUnsigned ? product.word & ~CanonicalWord.signBit : product.word
      return product.isFree ? word &+ Entry.freeFactor : word
    }

    private static var freeFactor: UInt64 { 0x5851_F42D_4C95_7F2D }
  }

  /// The hash of a postfix expression.
  ///
  /// - Parameters:
  ///   - nodes: a valid postfix expression.
  ///   - count: its nodes, at least one.
  ///   - abstractingConstants: whether all constants count the same. Several in one sum, or in one product,
  ///     then count as one, and subtracting or dividing by one as adding or multiplying, so that expressions
  ///     which differ only in what refitting their constants could mend are the same. Otherwise values count,
  ///     bit by bit but for the sign of zero.
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
          : abstractingConstants ? .constant : Entry(factor: constant(node.value))
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
