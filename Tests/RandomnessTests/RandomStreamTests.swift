import Foundation
import Randomness
import Testing

@Suite struct RandomStreamTests {
  @Test func `streams are those of an independent implementation`() {
    var stream = RandomStream(seed: 1_234_567)
    let expected: [UInt64] = [
      437_095_814_655_224_680, 8_127_161_015_984_454_572, 18_128_670_339_019_551_454, 254_746_599_813_523_466,
    ]
    #expect(expected.map { _ in stream.next() } == expected)
    var split = RandomStream(seed: 7, 3, 1)
    let ofPath: [UInt64] = [15_017_690_767_079_857_350, 2_050_135_149_764_157_542, 8_174_952_967_271_285_299]
    #expect(ofPath.map { _ in split.next() } == ofPath)
    #expect(RandomStream.mix(1_234_567 &+ 0x9E37_79B9_7F4A_7C15) == 6_457_827_717_110_365_317)
  }

  @Test func `paths give different streams, equal paths the same`() {
    var firsts: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      var plain = RandomStream(seed: seed)
      firsts.insert(plain.next())
      for a in 0..<20 as Range<UInt64> {
        var one = RandomStream(seed: seed, a)
        var again = RandomStream(seed: seed, a)
        let first = one.next()
        #expect(first == again.next())
        firsts.insert(first)
        for b in 0..<20 as Range<UInt64> {
          var two = RandomStream(seed: seed, a, b)
          firsts.insert(two.next())
        }
      }
    }
    #expect(firsts.count == 20 * (1 + 20 + 400))
  }

  @Test func `copies go on alike and apart`() {
    var stream = RandomStream(seed: 3)
    _ = stream.next()
    var copy = stream
    #expect((0..<10).map { _ in stream.next() } == (0..<10).map { _ in copy.next() })
    _ = copy.next()
    #expect(stream.next() != copy.next())
  }

  @Test func `uniform numbers fill their interval evenly`() {
    var stream = RandomStream(seed: 5)
    let count = 200_000
    var bins = [Int](repeating: 0, count: 100)
    for _ in 0..<count {
      let value = stream.uniform()
      #expect(value >= 0 && value < 1)
      bins[Int(value * 100)] += 1
    }
    #expect(chiSquare(bins) < 160)  // 99 degrees of freedom: beyond it once in 10,000
    #expect((0..<1000).allSatisfy { _ in (-3..<5).contains(stream.uniform(-3, 5)) })
    #expect((0..<1000).allSatisfy { _ in (1e-6...1e6).contains(stream.logUniform(1e-6, 1e6)) })
    let below = (0..<10_000).filter { _ in stream.logUniform(1e-6, 1e6) < 1 }.count
    #expect(abs(below - 5_000) < 200)
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `indices are below their bound and equally frequent`(_ bound: Int) {
    var stream = RandomStream(seed: UInt64(bound))
    var bins = [Int](repeating: 0, count: bound)
    for _ in 0..<100_000 { bins[stream.index(bound)] += 1 }
    #expect(chiSquare(bins) < Double(bound) + 6 * Double(2 * bound).squareRoot())
    #expect((0..<100).allSatisfy { _ in (0..<(1 << 32 - 1)).contains(stream.index(1 << 32 - 1)) })
  }

  @Test func `chances come true as often as they say`() {
    var stream = RandomStream(seed: 9)
    #expect((0..<1000).allSatisfy { _ in !stream.chance(0) && stream.chance(1) })
    let hits = (0..<100_000).filter { _ in stream.chance(0.3) }.count
    #expect(abs(hits - 30_000) < 600)
  }

  @Test func `normal numbers have the normal's moments and tail`() {
    var stream = RandomStream(seed: 11)
    let values = (0..<200_000).map { _ in stream.normal() }
    let moments = (1...4).map { power in
      values.reduce(0) { $0 + pow($1, Double(power)) } / Double(values.count)
    }
    #expect(abs(moments[0]) < 0.01 && abs(moments[1] - 1) < 0.02)
    #expect(abs(moments[2]) < 0.04 && abs(moments[3] - 3) < 0.12)
    let beyond = Double(values.filter { abs($0) > 2 }.count) / Double(values.count)
    #expect(abs(beyond - 0.0455) < 0.002)
  }

  @Test(arguments: [0, 0.5, 4, 25, 1_200])
  func `Poisson numbers have their mean as variance`(_ mean: Double) {
    var stream = RandomStream(seed: 13)
    let values = (0..<50_000).map { _ in Double(stream.poisson(mean)) }
    let average = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(values.count)
    #expect(abs(average - mean) <= 0.03 * mean && abs(variance - mean) <= 0.05 * mean)
  }

  @Test func `shuffles are permutations, each as likely`() {
    var stream = RandomStream(seed: 15)
    var seen: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var elements = [0, 1, 2, 3]
      stream.shuffle(&elements)
      seen[elements, default: 0] += 1
    }
    #expect(seen.count == 24)
    #expect(seen.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
    #expect(chiSquare(Array(seen.values)) < 60)
    var none: [Int] = []
    stream.shuffle(&none)
    #expect(none.isEmpty)
  }

  private func chiSquare(_ bins: [Int]) -> Double {
    let expected = Double(bins.reduce(0, +)) / Double(bins.count)
    return bins.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }
}
