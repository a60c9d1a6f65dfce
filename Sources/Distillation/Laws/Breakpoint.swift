import Foundation

/// A value of a column at which the strength of a force jumps or bends.
///
/// Cubic polynomials on both sides are compared with one polynomial of as many unknowns over all edges: a
/// smooth law is fitted better by the one, a broken one by the two. They are polynomials of the column, its logarithm or
/// its inverse, and times a product of at most two other columns, whichever fits best as one: a law that is steep, or
/// in proportion to masses, is not broken.
package struct Breakpoint {
  /// The column's value.
  package let value: Double

  /// Left squares of the two polynomials, as a part of those of the one, from which the law counts as broken.
  private static let leastGain = 0.5
  /// Part of the strengths' squares below which what one polynomial leaves needs no breakpoint.
  private static let leastLeft = 1e-4
  private static let (degree, smoothDegree) = (3, 8)
  private static let candidates = 60
  /// Least share of the edges on each side.
  private static let leastShare = 0.05

  /// The breakpoint of `strengths` along `column`; nil for a smooth dependence.
  ///
  /// - Parameter others: further columns that strengths may be in proportion to.
  package init?(_ column: [Double], _ strengths: [Double], weights: [Double], others: [[Double]] = []) {
    let order = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
    guard order.count >= 200 else { return nil }
    let sorted = order.map { column[$0] }
    let (targets, weights) = (order.map { strengths[$0] }, order.map { weights[$0] })
    let rows = order.count
    var best: (left: Double, column: [Double], factor: [Double])?
    for factor in Breakpoint.factors(others.map { other in order.map { other[$0] } }, count: rows) {
      for shape in Breakpoint.shapes(sorted) {
        guard
          let left = Breakpoint.left(
            shape, factor, targets, weights, 0..<rows, degree: Breakpoint.smoothDegree),
          left < best?.left ?? .infinity
        else { continue }
        best = (left, shape, factor)
      }
    }
    let squares = zip(targets, weights).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
    guard let smooth = best, smooth.left > Breakpoint.leastLeft * squares else { return nil }
    guard let row = Breakpoint.row(smooth.column, smooth.factor, targets, weights, smooth: smooth.left) else {
      return nil
    }
    value = (sorted[row - 1] + sorted[row]) / 2
  }

  /// One, the columns and their products in pairs.
  private static func factors(_ columns: [[Double]], count: Int) -> [[Double]] {
    var factors = [Array(repeating: 1.0, count: count)] + columns
    for (place, one) in columns.enumerated() {
      for other in columns[place...] { factors.append(zip(one, other).map { $0 * $1 }) }
    }
    return factors
  }

  /// Growing functions of an ascending column.
  private static func shapes(_ column: [Double]) -> [[Double]] {
    guard let first = column.first, first > 0 else { return [column] }
    return [column, column.map { log($0) }, column.map { -1 / $0 }]
  }

  /// The first row beyond the breakpoint.
  private static func row(
    _ sorted: [Double], _ factor: [Double], _ targets: [Double], _ weights: [Double], smooth: Double
  ) -> Int? {
    let rows = sorted.count
    func broken(_ row: Int) -> Double {
      guard
        let low = Breakpoint.left(sorted, factor, targets, weights, 0..<row, degree: Breakpoint.degree),
        let high = Breakpoint.left(sorted, factor, targets, weights, row..<rows, degree: Breakpoint.degree)
      else { return .infinity }
      return low + high
    }
    let margin = max(20, Int(Breakpoint.leastShare * Double(rows)))
    guard rows > 4 * margin else { return nil }
    var step = max(1, (rows - 2 * margin) / Breakpoint.candidates)
    let scanned = stride(from: margin, to: rows - margin, by: step).map { (row: $0, left: broken($0)) }
    guard var best = scanned.min(by: { $0.left < $1.left }), best.left < Breakpoint.leastGain * smooth
    else {
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
    return best.row
  }

  /// Weighted squares that a polynomial of `column` times a factor leaves on these rows.
  private static func left(
    _ column: [Double], _ factor: [Double], _ targets: [Double], _ weights: [Double], _ rows: Range<Int>,
    degree: Int
  ) -> Double? {
    guard let first = rows.first, let last = rows.last, column[last] > column[first] else { return nil }
    // From -1 to 1, so that powers are of one size.
    let (middle, half) = ((column[first] + column[last]) / 2, (column[last] - column[first]) / 2)
    let scaled = rows.map { (column[$0] - middle) / half }
    var powers = [Array(factor[rows])]
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
