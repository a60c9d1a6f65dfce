/// How often each size has been visited lately: what frequency-adaptive parsimony is computed from.
///
/// Cranmer 2023 (arXiv 2305.01582, section 2.2): sizes that crowd the population pay a price in tournaments
/// and acceptance, so that every complexity gets its share of the search.
struct SizeFrequencies {
  private let counts: UnsafeMutablePointer<Double>
  /// Share of the visits that a size is meant to have, inverted, in units of the uniform share.
  private let prices: UnsafeMutablePointer<Double>
  private let sizes: Int
  private var total: Double { didSet { perVisit = 1 / total } }
  private var perVisit = 0.0
  /// Visits that are remembered; older ones fade.
  private let window: Double

  init(sizes: Int, window: Double) {
    self.sizes = sizes
    self.window = window
    counts = .allocate(capacity: sizes + 1)
    counts.initialize(repeating: 1, count: sizes + 1)
    prices = .allocate(capacity: sizes + 1)
    // The largest sizes are meant to be visited a third as often as the smallest: short laws are what is
    // looked for, and long expressions cost more to evaluate.
    var sum = 0.0
    for size in 0...sizes { prices[size] = 1.4 - Double(size) / Double(sizes) }
    for size in 1...max(1, sizes) { sum += prices[size] }
    for size in 0...sizes { prices[size] = sum / prices[size] }
    total = Double(sizes)
    perVisit = 1 / total
  }

  func deallocate() {
    counts.deallocate()
    prices.deallocate()
  }

  /// Notes a visit.
  @inline(__always)
  mutating func visit(_ size: Int) {
    counts[size] += 1
    total += 1
    if total > window {
      let factor = 0.5
      for index in 1...sizes { counts[index] *= factor }
      total *= factor
    }
  }

  /// Share of this size among all visits, in units of the share it is meant to have.
  @inline(__always)
  func share(_ size: Int) -> Double { counts[size] * prices[size] * perVisit }

  /// All counts, for a checkpoint.
  var snapshot: [Double] { Array(UnsafeBufferPointer(start: counts, count: sizes + 1)) }

  /// Puts back what ``snapshot`` gave.
  mutating func restore(_ values: [Double]) {
    for index in 0...min(sizes, values.count - 1) { counts[index] = values[index] }
    total = 0
    for index in 1...sizes { total += counts[index] }
  }
}
