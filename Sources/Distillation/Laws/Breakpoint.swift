import Foundation

/// A value of a column at which the strength of a force jumps or bends.
///
/// Cubic polynomials on both sides are compared with one polynomial of as many unknowns over all edges: a
/// smooth law is fitted better by the one, a broken one by the two.
struct Breakpoint {
  /// The column's value.
  let value: Double

  /// Left squares of the two polynomials, as a part of those of the one, from which the law counts as broken.
  private static let leastGain = 0.5
  private static let (degree, smoothDegree) = (3, 8)
  private static let candidates = 60
  /// Least share of the edges on each side.
  private static let leastShare = 0.05

  /// The breakpoint of `strengths` along `column`; nil for a smooth dependence.
  init?(_ column: [Double], _ strengths: [Double], weights: [Double]) {
    let order = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
    guard order.count >= 200 else { return nil }
    let sorted = order.map { column[$0] }
    let (targets, weights) = (order.map { strengths[$0] }, order.map { weights[$0] })
    let rows = order.count
    guard
      let smooth = Breakpoint.left(sorted, targets, weights, 0..<rows, degree: Breakpoint.smoothDegree)
    else { return nil }
    func broken(_ row: Int) -> Double {
      guard let low = Breakpoint.left(sorted, targets, weights, 0..<row, degree: Breakpoint.degree),
        let high = Breakpoint.left(sorted, targets, weights, row..<rows, degree: Breakpoint.degree)
      else { return .infinity }
      return low + high
    }
    let margin = max(20, Int(Breakpoint.leastShare * Double(rows)))
    guard rows > 4 * margin else { return nil }
    var step = max(1, (rows - 2 * margin) / Breakpoint.candidates)
    let scanned = stride(from: margin, to: rows - margin, by: step).map { (row: $0, left: broken($0)) }
    guard var best = scanned.min(by: { $0.left < $1.left }), best.left < Breakpoint.leastGain * smooth else {
      return nil
    }
    while step > 1 {
      step = max(1, step / 3)
      for row in [best.row - 2 * step, best.row - step, best.row + step, best.row + 2 * step]
      where row > margin && row < rows - margin {
        let left = broken(row)
        if left < best.left { best = (row, left) }
      }
      if step == 1 { break }
    }
    value = (sorted[best.row - 1] + sorted[best.row]) / 2
  }

  /// Weighted squares that a polynomial of `column` leaves on these rows.
  private static func left(
    _ column: [Double], _ targets: [Double], _ weights: [Double], _ rows: Range<Int>, degree: Int
  ) -> Double? {
    guard let first = rows.first, let last = rows.last, column[last] > column[first] else { return nil }
    // From -1 to 1, so that powers are of one size.
    let (middle, half) = ((column[first] + column[last]) / 2, (column[last] - column[first]) / 2)
    let scaled = rows.map { (column[$0] - middle) / half }
    var powers = [Array(repeating: 1.0, count: scaled.count)]
    for _ in 0..<degree { powers.append(zip(powers[powers.count - 1], scaled).map { $0 * $1 }) }
    let (target, weight) = (Array(targets[rows]), Array(weights[rows]))
    guard let fit = WeightedRegression.coefficients(powers, [target], weights: weight)?.first else {
      return nil
    }
    var sum = 0.0
    for row in target.indices {
      var rest = target[row]
      for (power, coefficient) in zip(powers, fit) { rest -= coefficient * power[row] }
      sum += weight[row] * rest * rest
    }
    return sum
  }
}
