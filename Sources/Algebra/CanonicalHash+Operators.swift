extension CanonicalHash {
  /// Cubes, roots and functions f with f(-x) = -f(x).
  private static func isOdd(_ opcode: UInt8) -> Bool {
    let opcodes: UInt64 =
      1 &<< UInt64(Opcode.cbrt) | 1 &<< UInt64(Opcode.sign) | 1 &<< UInt64(Opcode.sin)
      | 1 &<< UInt64(Opcode.tan) | 1 &<< UInt64(Opcode.asin) | 1 &<< UInt64(Opcode.atan)
      | 1 &<< UInt64(Opcode.sinh) | 1 &<< UInt64(Opcode.tanh) | 1 &<< UInt64(Opcode.asinh)
      | 1 &<< UInt64(Opcode.atanh) | 1 &<< UInt64(Opcode.erf) | 1 &<< UInt64(Opcode.round)
    return (opcodes &>> UInt64(opcode)) & 1 != 0
  }

  /// Functions f with f(-x) = f(x).
  private static func isEven(_ opcode: UInt8) -> Bool {
    let opcodes: UInt64 =
      1 &<< UInt64(Opcode.abs) | 1 &<< UInt64(Opcode.cos) | 1 &<< UInt64(Opcode.cosh)
      | 1 &<< UInt64(Opcode.sinc)
    return (opcodes &>> UInt64(opcode)) & 1 != 0
  }

  private static func key(_ opcode: UInt8) -> UInt64 { UInt64(opcode) &* 0xD1B5_4A32_D192_ED03 }

  @inline(__always)
  private static func atom(_ opcode: UInt8, _ word: UInt64) -> UInt64 {
    CanonicalWord.mix(word &+ key(opcode)) & ~CanonicalWord.signBit
  }

  @inline(__always)
  static func unary(_ opcode: UInt8, _ x: Entry) -> Entry {
    if x.isConstant { return .constant }
    switch opcode {
    case Opcode.negate: return negated(x)
    case Opcode.square: return multiple(x, 2)
    case Opcode.cube: return multiple(x, 3)
    case Opcode.inverse: return multiple(x, ~0)
    default:
      let word = x.closed
      let magnitude = word & ~CanonicalWord.signBit
      if isOdd(opcode) {
        let sign = word & CanonicalWord.signBit
        return Entry(factor: atom(opcode, magnitude) | sign, isUnsigned: x.isUnsigned)
      }
      return Entry(factor: atom(opcode, isEven(opcode) ? magnitude : word))
    }
  }

  @inline(__always)
  static func binary(_ opcode: UInt8, _ x: Entry, _ y: Entry, _ exponent: Double?) -> Entry {
    switch opcode {
    case Opcode.add, Opcode.subtract: return added(x, y, subtracting: opcode == Opcode.subtract)
    case Opcode.multiply, Opcode.divide: return multiplied(x, y, dividing: opcode == Opcode.divide)
    default: break
    }
    if x.isConstant && y.isConstant { return .constant }
    switch opcode {
    case Opcode.power:
      if let exponent, let power = powered(x, exponent) { return power }
    case Opcode.maximum, Opcode.minimum, Opcode.logicalOr, Opcode.logicalAnd:
      return Entry(factor: atom(opcode, atom(opcode, x.closed) &+ atom(opcode, y.closed)))
    case Opcode.greater: return ordered(Opcode.less, y, x)
    case Opcode.greaterOrEqual: return ordered(Opcode.lessOrEqual, y, x)
    default: break
    }
    return ordered(opcode, x, y)
  }

  static func ternary(_ opcode: UInt8, _ x: Entry, _ y: Entry, _ z: Entry) -> Entry {
    if opcode == Opcode.fma || opcode == Opcode.muladd {
      return added(multiplied(x, y, dividing: false), z, subtracting: false)
    }
    if x.isConstant && y.isConstant && z.isConstant { return .constant }
    if opcode == Opcode.maximum3 || opcode == Opcode.minimum3 {
      let words = atom(opcode, x.closed) &+ atom(opcode, y.closed) &+ atom(opcode, z.closed)
      return Entry(factor: atom(opcode, words))
    }
    let pair = atom(opcode, x.closed) &+ y.closed
    return Entry(factor: atom(opcode, atom(opcode, pair) &+ z.closed))
  }

  @inline(__always)
  private static func ordered(_ opcode: UInt8, _ x: Entry, _ y: Entry) -> Entry {
    Entry(factor: atom(opcode, atom(opcode, x.closed) &+ y.closed))
  }

  @inline(__always)
  private static func added(_ x: Entry, _ y: Entry, subtracting: Bool) -> Entry {
    let a = x.sum
    let b = y.sum
    return Entry(
      term: subtracting ? a.word &- b.word : a.word &+ b.word,
      unsignedTerms: a.unsignedTerms &+ b.unsignedTerms, isFree: a.isFree || b.isFree)
  }

  @inline(__always)
  private static func multiplied(_ x: Entry, _ y: Entry, dividing: Bool) -> Entry {
    let a = x.product
    let b = y.product
    return Entry(
      factor: dividing ? a.word &- b.word : a.word &+ b.word, isFree: a.isFree || b.isFree,
      isUnsigned: a.isUnsigned || b.isUnsigned)
  }

  @inline(__always)
  private static func negated(_ x: Entry) -> Entry {
    x.isSum
      ? Entry(term: 0 &- x.word, unsignedTerms: x.unsignedTerms, isFree: x.isFree)
      : Entry(factor: x.word ^ CanonicalWord.signBit, isFree: x.isFree, isUnsigned: x.isUnsigned)
  }

  /// The power with a whole exponent, as a two's complement word.
  @inline(__always)
  private static func multiple(_ x: Entry, _ exponent: UInt64) -> Entry {
    let product = x.product
    // An even power has no sign to give away, but one that could be given away must not count.
    return Entry(
      factor: (product.isUnsigned ? product.word & ~CanonicalWord.signBit : product.word) &* exponent,
      isFree: product.isFree, isUnsigned: product.isUnsigned && exponent & 1 != 0)
  }

  private static func powered(_ x: Entry, _ exponent: Double) -> Entry? {
    if exponent == 0.5 { return unary(Opcode.sqrt, x) }
    if abs(exponent) <= 16 && exponent == exponent.rounded() {
      return multiple(x, UInt64(bitPattern: Int64(exponent)))
    }
    return nil
  }
}
