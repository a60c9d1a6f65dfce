import Evaluation
import Expressions

/// Whether rounding alone explains what a formula leaves.
package struct ExactFit: Sendable {
  /// Mean variance of the rounding that explains the residuals, scaled.
  package let variance: Double
  /// Whether the rounding is that of floating point numbers.
  package let isOfMachine: Bool

  /// Mean squares of standardised residuals that rounding leaves: errors of several columns add up, so they need
  /// not be quite 1; far less than 1 says that the numbers are exact where they look rounded.
  static let usual = 0.2...1.6
  /// Standardised residuals that no row may exceed: uniform errors are bounded.
  private static let largest = 5.0

  /// Nil where something else is left, or the formula is not finite on all rows.
  package init?(_ formula: Formula, on rows: NoiseRows, with evaluator: Evaluator) {
    guard !rows.frame.errorsAreKnown,
      let errors = MemberErrors(formula, on: rows, with: evaluator)
    else { return nil }
    for rounding in rows.roundings {
      let model = NoiseModel(rounding: rounding)
      guard let (_, floor) = errors.variances(model, on: rows) else { continue }
      var (sum, largest, variance) = (0.0, 0.0, 0.0)
      for row in floor.indices {
        let z2 = errors.residuals[row] * errors.residuals[row] / floor[row]
        sum += z2
        largest = max(largest, z2)
        variance += floor[row]
      }
      let mean = sum / Double(floor.count)
      let isOfMachine = rounding == .machine
      guard mean <= ExactFit.usual.upperBound, isOfMachine || mean >= ExactFit.usual.lowerBound,
        largest <= ExactFit.largest * ExactFit.largest
      else { continue }
      self.variance = variance / Double(floor.count)
      self.isOfMachine = isOfMachine
      return
    }
    return nil
  }
}
