/// The arithmetic of canonical hashes: 64-bit words that add where values are multiplied.
///
/// A value is known by a word m. The word of a product is the sum of its factors' words, that of a quotient
/// the difference, and a sign is the top bit, so that products of any order and association agree, also with
/// their quotients, powers and signs. For sums a bijection takes m to a second word, the words of the terms
/// are added there, and the inverse takes the total back. The bijection is odd: a sign in m becomes a sign of
/// the second word. Thus a - b + c and c - (b - a) meet, with two multiplications and a few shifts a term.
enum CanonicalWord {
  static var signBit: UInt64 { 1 << 63 }
  private static var magnitude: UInt64 { signBit - 1 }
  private static var first: UInt64 { 0xBF58_476D_1CE4_E5B9 }
  private static var second: UInt64 { 0x94D0_49BB_1331_11EB }
  // Keeps the word of no factors, 0, from being the word of no terms.
  private static var offset: UInt64 { 0x2545_F491_4F6C_DD1D }
  // Inverses modulo 2⁶⁴ of the two.
  private static var firstInverse: UInt64 { 0x96DE_1B17_3F11_9089 }
  private static var secondInverse: UInt64 { 0x3196_42B2_D24D_8EC3 }

  /// The finaliser of SplitMix64, for words that need no way back.
  @inline(__always)
  static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* first
    z = (z ^ (z >> 27)) &* second
    return z ^ (z >> 31)
  }

  /// The word for sums of a word for products.
  @inline(__always)
  static func term(_ factor: UInt64) -> UInt64 {
    var u = (factor & magnitude) ^ offset
    u = ((u ^ (u >> 32)) &* first) & magnitude
    u = ((u ^ (u >> 32)) &* second) & magnitude
    u ^= u >> 32
    return factor & signBit == 0 ? u : 0 &- u
  }

  /// The word for products of a word for sums.
  @inline(__always)
  static func factor(_ term: UInt64) -> UInt64 {
    let sign = term & signBit
    var u = (sign == 0 ? term : 0 &- term) & magnitude
    u ^= u >> 32
    u = (u &* secondInverse) & magnitude
    u ^= u >> 32
    u = (u &* firstInverse) & magnitude
    u ^= u >> 32
    return (u ^ offset) | sign
  }
}
