/// How often each size has been visited lately: what frequency-adaptive parsimony is computed from.
///
/// Cranmer 2023 (arXiv 2305.01582, section 2.2): sizes that crowd the population pay a price in tournaments and
/// acceptance, so that every complexity gets its share of the search.
struct SizeFrequencies {
  private let counts: UnsafeMutablePointer<Double>
  private let sizes: Int
  private var total: Double
  /// Visits that are remembered; older ones fade.
  private let window: Double

  init(sizes: Int, window: Double) {
    self.sizes = sizes
    self.window = window
    counts = .allocate(capacity: sizes + 1)
    counts.initialize(repeating: 1, count: sizes + 1)
    total = Double(sizes)
  }

  func deallocate() { counts.deallocate() }

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

  /// Share of this size among all visits, in units of the uniform share.
  @inline(__always)
  func share(_ size: Int) -> Double { counts[size] * Double(sizes) / total }

  /// All counts, for a checkpoint.
  var snapshot: [Double] { Array(UnsafeBufferPointer(start: counts, count: sizes + 1)) }

  /// Puts back what ``snapshot`` gave.
  mutating func restore(_ values: [Double]) {
    for index in 0...min(sizes, values.count - 1) { counts[index] = values[index] }
    total = 0
    for index in 1...sizes { total += counts[index] }
  }
}
