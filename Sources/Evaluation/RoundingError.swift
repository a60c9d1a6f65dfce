import Expressions
import Foundation
import Tables

/// How much of a formula's loss is rounding error of its own evaluation.
///
/// The formula is evaluated once more with every number it reads moved to a neighbour among the floating
/// point numbers: where terms cancel, values move by as much as rounding may have moved them (Stott Parker
/// 1997, Monte Carlo arithmetic, with one fixed draw).
package final class RoundingError: @unchecked Sendable {
  private static let mostRows = 2_000

  private let given: EvaluationData
  private let moved: EvaluationData
  private let scale: Double
  private let costUnit: Double
  /// Weights of the rows, mean 1.
  private let weights: [Double]
  /// Mean square of half a unit in the target's last place, scaled.
  private let ofTarget: Double

  /// Rounding errors on rows of `data`: all of them, or some thousands spread over it.
  package init(_ data: EvaluationData) {
    let stride = max(1, data.rowCount / RoundingError.mostRows)
    let rows = Array(Swift.stride(from: 0, to: data.rowCount, by: stride))
    func columns(_ change: (Double, Int) -> Double) -> [Column] {
      (0..<data.featureCount).map { feature in
        Column(rows.map { change(data.feature(feature, row: $0), $0 &* 31 &+ feature) })
      }
    }
    let target = Column(rows.map { data.target64[$0] })
    self.given = EvaluationData(
      features: columns { value, _ in value }, target: target, weights: nil, precision: .double)
    moved = EvaluationData(
      features: columns { value, key in RoundingError.neighbour(value, key) }, target: target, weights: nil,
      precision: .double)
    scale = data.scale
    costUnit = data.costUnit
    let given = rows.map { data.weight(row: $0) }
    let mean = given.reduce(0, +) / Double(max(1, rows.count))
    let weights = given.map { mean > 0 ? $0 / mean : 1 }
    self.weights = weights
    ofTarget =
      zip(rows, weights).map { row, weight in
        let error = data.target64[row].ulp / 2 / data.scale
        return weight * error * error
      }
      .reduce(0, +) / Double(max(1, rows.count))
  }

  /// The scaled loss up to which a formula with this ``meanSquare(of:with:)`` may be said to fit exactly: never
  /// as much as an approximation that is made of large cancelling terms would have it.
  package func floor(_ meanSquare: Double) -> Double { min(meanSquare, 1e-16 * costUnit) }

  /// Mean squared rounding error of the formula's values and of the target, scaled; a generous estimate.
  package func meanSquare(of formula: Formula, with evaluator: Evaluator) -> Double {
    var nodes = formula.nodes
    // A power of a negative number has no neighbour: exponents stay.
    for index in nodes.indices where nodes[index].isConstant && !formula.isExponent(index) {
      nodes[index].value = RoundingError.neighbour(nodes[index].value, index)
    }
    let before = evaluator.values(of: formula, on: given)
    let after = evaluator.values(of: Formula(unchecked: nodes), on: moved)
    var sum = 0.0
    for row in before.indices where before[row].isFinite && after[row].isFinite {
      let difference = (before[row] - after[row]) / scale
      sum += weights[row] * difference * difference
    }
    return 4 * (sum / Double(max(1, before.count)) + ofTarget)
  }

  /// Whether two ways to write a formula differ by no more than rounding.
  package func explains(_ one: Formula, _ other: Formula, with evaluator: Evaluator) -> Bool {
    var sum = 0.0
    for (a, b) in zip(evaluator.values(of: one, on: given), evaluator.values(of: other, on: given)) {
      guard a.isFinite == b.isFinite else { return false }
      // A few units in the last place are always allowed for.
      let difference = a.isFinite ? max(0, abs(a - b) - 64 * b.ulp) / scale : 0
      sum += difference * difference
    }
    return sum / Double(max(1, given.rowCount)) <= 4 * meanSquare(of: other, with: evaluator)
  }

  private static func neighbour(_ value: Double, _ key: Int) -> Double {
    let mixed = UInt64(truncatingIfNeeded: key &+ 1) &* 0x9E37_79B9_7F4A_7C15
    return mixed >> 63 == 0 ? value.nextUp : value.nextDown
  }
}

extension Formula {
  /// Whether the node at `position` is a constant in the exponent of a power.
  package func isExponent(_ position: Int) -> Bool {
    nodes[position].isConstant && position + 1 < nodes.count && nodes[position + 1].operation == .power
  }
}
