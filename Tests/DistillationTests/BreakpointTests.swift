import Distillation
import Foundation
import Randomness
import Testing

/// Jumps are told from laws that are steep, or in proportion to something.
struct BreakpointTests {
  /// Distances, masses and charges of random edges, and strengths with an error of `noise` relative to their
  /// median.
  private func found(
    from nearest: Double, noise: Double, seed: UInt64,
    _ law: (_ r: Double, _ m: Double, _ q: Double) -> Double
  ) -> Double? {
    var random = RandomStream(seed: seed, 6)
    let rows = 2000
    let distances = (0..<rows).map { _ in nearest + 3 * random.uniform(0, 1) }
    let masses = (0..<2).map { _ in (0..<rows).map { _ in exp(0.7 * random.normal()) } }
    let charges = (0..<2).map { _ in (0..<rows).map { _ in random.chance(0.5) ? 1.0 : -1 } }
    var strengths = (0..<rows).map {
      law(distances[$0], masses[0][$0] * masses[1][$0], charges[0][$0] * charges[1][$0])
    }
    let median = strengths.map { abs($0) }.sorted()[rows / 2]
    for row in 0..<rows { strengths[row] += noise * median * random.normal() }
    let weights = strengths.map { 1 / (1 + ($0 / max(median, 1e-3)) * ($0 / max(median, 1e-3))) }
    return Breakpoint(distances, strengths, weights: weights, others: masses + charges)?.value
  }

  @Test(arguments: [0, 0.02])
  func `jumps are found, also of forces in proportion to masses`(noise: Double) throws {
    let spring = try #require(found(from: 0.3, noise: noise, seed: 1) { r, _, _ in r < 1.9 ? 0 : 1 - r })
    #expect(abs(spring - 1.9) < 0.02)
    let pull = try #require(found(from: 0.3, noise: noise, seed: 2) { r, m, _ in r < 1.6 ? -m / r : 0 })
    #expect(abs(pull - 1.6) < 0.02)
    let charges = try #require(
      found(from: 0.3, noise: noise, seed: 3) { r, _, q in r < 1.2 ? q : 3 * q / (r * r) })
    #expect(abs(charges - 1.2) < 0.02)
  }

  @Test(arguments: [0, 0.02])
  func `smooth laws have none, steep as they may be`(noise: Double) {
    #expect(found(from: 0.9, noise: noise, seed: 4) { r, _, _ in 2 / pow(r, 13) - 1 / pow(r, 7) } == nil)
    #expect(found(from: 0.2, noise: noise, seed: 5) { r, m, _ in -m / (r * r) } == nil)
    #expect(found(from: 0.2, noise: noise, seed: 6) { r, m, q in (q - m) / (r * r) } == nil)
    #expect(found(from: 0.2, noise: noise, seed: 7) { r, _, q in q * r * exp(-r * r / 2) } == nil)
  }
}
