import Foundation

/// Steps of instruments that are coarser than what was printed: all values are multiples of 0.05, say, or of
/// 5 / 1023, but for their rounding.
enum Quantum {
  /// Fewer levels between the least and the greatest value are more likely chosen than read off.
  private static let fewestLevels = 24.0
  /// Beyond this many levels a step cannot be told from the values' own rounding.
  private static let mostLevels = 0x1p24
  /// Bits of evidence that are wanted; 2⁻¹⁶ is the chance of seeing a step where there is none.
  private static let wantedBits = 16.0

  /// The step, beyond chance, of `values` that were rounded to `resolution`; nil when there is none that is
  /// larger.
  static func find(_ values: [Double], resolution: Double) -> Double? {
    var sorted = values.sorted()
    sorted = sorted.indices.compactMap { $0 > 0 && sorted[$0] == sorted[$0 - 1] ? nil : sorted[$0] }
    guard sorted.count >= 12, let first = sorted.first, let last = sorted.last else { return nil }
    let smallest = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.min() ?? 0
    let offsets = sorted.dropFirst().map { $0 - first }
    // Either the step is a multiple of what was printed, or its multiples were rounded to that, which shifts a
    // difference by up to one unit; a Double cannot hold more than its own.
    let own = 4 * max(first.magnitude, last.magnitude).ulp
    for tolerance in [own, max(own, resolution * 1.000001)]
    where smallest > max(1.5 * resolution, 3 * tolerance) {
      // The smallest difference may itself be some steps.
      for parts in 1...6 {
        let guess = smallest / Double(parts)
        if let step = step(offsets, near: guess, tolerance: tolerance, resolution: resolution),
          (fewestLevels...mostLevels).contains(((last - first) / step).rounded())
        {
          return step
        }
      }
    }
    return nil
  }

  /// The step near `guess` of which all `offsets`, ascending, are multiples within `tolerance`.
  private static func step(
    _ offsets: [Double], near guess: Double, tolerance: Double, resolution: Double
  ) -> Double? {
    var least = guess - tolerance
    var greatest = guess + tolerance
    var bits = 0.0
    for offset in offsets {
      guard least > 2 * tolerance, least > 1.5 * resolution else { return nil }
      let count = (offset / ((least + greatest) / 2)).rounded()
      guard count >= 1 else { return nil }
      // Where the step is not known well enough to tell the count, nothing fits by more than chance.
      let uncertainty = count * (greatest - least) / 2 + tolerance
      let chance = max(2 * uncertainty, resolution) / guess
      if chance < 1 { bits -= log2(chance) }
      least = max(least, (offset - tolerance) / count)
      greatest = min(greatest, (offset + tolerance) / count)
      if least > greatest { return nil }
    }
    guard bits >= wantedBits else { return nil }
    return shortest(from: least, to: greatest) ?? (least + greatest) / 2
  }

  /// The number with the fewest digits between two: 0.05 rather than 0.0500001.
  private static func shortest(from least: Double, to greatest: Double) -> Double? {
    for digits in 1...15 {
      let unit = ColumnPrecision(significantDigits: digits).step(at: greatest)
      let rounded = (greatest / unit).rounded(.down)
      // Powers of ten below 1 are not exact; their inverses are.
      let value = unit < 1 ? rounded / (1 / unit).rounded() : rounded * unit
      if value >= least && value <= greatest { return value }
    }
    return nil
  }
}
