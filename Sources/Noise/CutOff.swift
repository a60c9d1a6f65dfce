import Tables

/// Values at which a target was cut off: a sensor's limits, beyond which it shows the limit itself.
package struct CutOff: Sendable, Hashable {
  /// The largest value that could be shown; infinite without an upper limit.
  package var upper = Double.infinity
  /// The smallest value that could be shown; minus infinity without a lower limit.
  package var lower = -Double.infinity
  /// Length of the interval that stands for one value, for densities to be compared with probabilities.
  package var step = 0.0

  /// No limits.
  package init() {}

  /// Looks for a smallest or largest value that stands far more often than its neighbours, where the others
  /// hardly ever repeat.
  package init(_ target: Column, precision: ColumnPrecision) {
    let values = target.buffer.sorted()
    guard values.count >= 20, let least = values.first, let most = values.last, least < most else { return }
    step = max(precision.step(at: most), most.ulp, (most - least) * 1e-12)
    if CutOff.isPiled(values.reversed()) { upper = most }
    if CutOff.isPiled(values) { lower = least }
  }

  /// Whether any limit was found.
  package var isAny: Bool { upper < .infinity || lower > -.infinity }

  /// Whether the first value of an ordered list is repeated as only a limit is.
  private static func isPiled(_ values: [Double]) -> Bool {
    let first = values[0]
    let pile = values.prefix { $0 == first }.count
    guard pile >= max(4, values.count / 50), pile < values.count * 3 / 4 else { return false }
    let rest = values[pile...]
    // The values next to it, as many as there are in the pile, are all different: no plateau, no coarse steps.
    let near = rest.prefix(pile)
    return near.count >= 3 && Double(Set(near).count) >= 0.8 * Double(near.count)
      && Double(Set(rest).count) >= 0.7 * Double(rest.count)
  }
}
