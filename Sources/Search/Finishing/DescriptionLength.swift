import Expressions
import Foundation

/// Nats to write down a law and what it leaves unexplained (Rissanen 1978; for expressions Bartlett, Desmond
/// and Ferreira 2023, arXiv 2211.11461).
struct DescriptionLength: Sendable {
  /// Training rows.
  let rows: Int
  /// Number of different leaves and operators an expression may hold.
  let symbols: Int
  /// Whether a loss is a mean square.
  let isSquared: Bool

  /// Nats for a whole member.
  ///
  /// - Parameters:
  ///   - loss: its loss, scaled, on whatever rows decide.
  ///   - floor: the loss up to which it is rounding error.
  ///   - standardErrors: of the constants, nil where unknown.
  func nats(_ formula: Formula, loss: Double, floor: Double, standardErrors: [Double?]) -> Double {
    structure(formula.complexity) + residuals(loss, floor: floor)
      + constants(formula.constants, standardErrors)
  }

  /// The same with every constant at the precision that the number of rows gives it on average: half a
  /// logarithm of the rows (Schwarz 1978).
  func nats(complexity: Int, constants: Int, loss: Double, floor: Double) -> Double {
    structure(complexity) + residuals(loss, floor: floor) + Double(constants) * usual(constants)
  }

  private func structure(_ complexity: Int) -> Double {
    Double(complexity) * Foundation.log(Double(max(2, symbols)))
  }

  /// A squared residual is the exponent of a Gaussian's density, another loss about that of Laplace's.
  private func residuals(_ loss: Double, floor: Double) -> Double {
    Double(rows) / (isSquared ? 2 : 1) * Foundation.log(max(loss, floor, 1e-300))
  }

  /// As many constants as rows explain anything: each is charged all the digits it has.
  private func usual(_ constants: Int) -> Double {
    constants < rows ? Foundation.log(Double(max(2, rows))) / 2 : DescriptionLength.digits
  }

  private static let digits: Double = 53 * Foundation.log(2.0)

  /// A measured constant is written to its precision, a simple number as the number it is, and one that
  /// stands there already as a reference to it.
  private func constants(_ values: [Double], _ errors: [Double?]) -> Double {
    var nats = 0.0
    var written: Set<Double> = []
    for (value, error) in zip(values, errors) {
      var length = usual(values.count)
      if let error, error > 0 {
        let precision = Foundation.log(abs(value) * 12.0.squareRoot() / error)
        length = min(max(0, precision), DescriptionLength.digits) + Foundation.log(2.0)
      }
      if let simple = NiceNumber.descriptionLength(value) { length = min(length, simple) }
      if !written.insert(value).inserted { length = min(length, Foundation.log(Double(values.count))) }
      nats += length
    }
    return nats
  }
}
