import Foundation

/// A seeded stream of random numbers that gives the same values on every machine and Swift version.
///
/// xoshiro256++ 1.0 (Blackman and Vigna, ACM Trans. Math. Softw. 47, 2021), its state filled by SplitMix64.
/// Streams are split by key: ``init(seed:_:)`` derives an independent stream from a seed and a path such as
/// (island, epoch), so that what one worker draws never depends on what another did. Doubles and ranges are
/// drawn here rather than by the standard library, which does not promise the same mapping in every release.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64

  /// The stream of `seed` that belongs to the given path of keys.
  public init(seed: UInt64, _ path: UInt64...) {
    var state = seed
    for key in path {
      state = RandomStream.mix(state &+ 0x9E37_79B9_7F4A_7C15) ^ key &* 0xD1B5_4A32_D192_ED03
    }
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return RandomStream.mix(state)
    }
    s0 = next()
    s1 = next()
    s2 = next()
    s3 = next()
  }

  /// The finaliser of SplitMix64: a bijection of 64-bit words in which every input bit moves every output
  /// bit.
  @inlinable
  public static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = ((sum << 23) | (sum >> 41)) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// Uniform in [0, 1), a multiple of 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in [low, high).
  @inlinable
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// Log-uniform in [low, high); both positive.
  public mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    exp(uniform(log(low), log(high)))
  }

  /// Uniform in 0 ..< bound; `bound` must be positive and below 2³². Lemire's multiplication, without the
  /// rejection step: the bias is below bound / 2³².
  @inlinable
  public mutating func index(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(bound)) >> 32)
  }

  /// True with the given probability.
  @inlinable
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// Standard normal, by the polar method (Marsaglia and Bray 1964); one of its two values is thrown away so
  /// that the stream carries no hidden state.
  public mutating func normal() -> Double {
    while true {
      let u = uniform(-1, 1)
      let v = uniform(-1, 1)
      let s = u * u + v * v
      if s > 0 && s < 1 { return u * (-2 * log(s) / s).squareRoot() }
    }
  }

  /// Poisson with the given mean, by multiplication of uniforms (Knuth), in parts that exp(-mean) does not
  /// underflow for; takes time in proportion to the mean.
  public mutating func poisson(_ mean: Double) -> Int {
    let part = 500.0
    if mean > part { return poisson(part) + poisson(mean - part) }
    let limit = exp(-mean)
    var product = uniform()
    var count = 0
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }

  /// Permutes `elements` uniformly (Fisher and Yates).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    var last = elements.count - 1
    while last > 0 {
      elements.swapAt(last, index(last + 1))
      last -= 1
    }
  }

  /// `count` different numbers below `total`, ascending (Floyd's algorithm: Bentley and Floyd, CACM 30,
  /// 1987).
  public mutating func sample(_ count: Int, of total: Int) -> [Int] {
    var chosen = Set<Int>(minimumCapacity: count)
    for last in (total - count)..<total {
      let drawn = index(last + 1)
      if !chosen.insert(drawn).inserted { chosen.insert(last) }
    }
    return chosen.sorted()
  }
}
