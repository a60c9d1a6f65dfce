import Expressions
import Foundation

/// Nats to write down a law and what it leaves unexplained (Rissanen 1978; for expressions Bartlett, Desmond
/// and Ferreira 2023, arXiv 2211.11461).
struct DescriptionLength: Sendable {
  /// Part of ln(symbols) that a node costs: a law can be written in several ways, so that it takes less to
  /// tell laws apart than to tell expressions apart.
  private static let nodePrice = 0.75

  /// Rows over which losses are means.
  var rows: Int
  /// Number of different leaves and operators an expression may hold.
  let symbols: Int
  /// Whether a loss is a mean square.
  let isSquared: Bool
  /// Whether constants were fitted to the same rows and so have to be paid for.
  var paysConstants = true

  /// Nats for a member.
  ///
  /// - Parameters:
  ///   - loss: its loss, scaled.
  ///   - floor: the loss up to which it is rounding error.
  func nats(_ formula: Formula, loss: Double, floor: Double) -> Double {
    structure(formula.complexity) + residuals(loss, floor: floor) + constants(formula.constants)
  }

  /// Nats for a formula's structure and constants alone.
  func price(_ formula: Formula) -> Double {
    structure(formula.complexity) + constants(formula.constants)
  }

  /// The same where no constant is a simple number, without looking at them.
  func nats(complexity: Int, constants: Int, loss: Double, floor: Double) -> Double {
    structure(complexity) + residuals(loss, floor: floor) + Double(constants) * measured(constants)
  }

  private func structure(_ complexity: Int) -> Double {
    Double(complexity) * DescriptionLength.nodePrice * Foundation.log(Double(max(2, symbols)))
  }

  /// A squared residual is the exponent of a Gaussian's density, another loss about that of Laplace's.
  private func residuals(_ loss: Double, floor: Double) -> Double {
    Double(rows) / (isSquared ? 2 : 1) * Foundation.log(max(loss, floor, 1e-300))
  }

  /// A constant at the precision that the rows give it on average: half a logarithm of their number (Schwarz
  /// 1978), or what small samples call for (Hurvich and Tsai 1989); all its digits where there are about as many
  /// constants as rows, for those explain anything. Standard errors would tell more of each, but not of
  /// constants that depend on each other: whole families of formulas would look cheap in which no constant is
  /// determined.
  private func measured(_ constants: Int) -> Double {
    guard paysConstants else { return 0 }
    let digits: Double = 53 * Foundation.log(2.0)
    let freedom = rows - constants - 1
    guard freedom > 0 else { return digits }
    return min(digits, max(Foundation.log(Double(rows)) / 2, Double(rows) / Double(freedom)))
  }

  /// A simple number is written as the number it is, one that stands there already as a reference to it.
  private func constants(_ values: [Double]) -> Double {
    var nats = 0.0
    var written: Set<Double> = []
    for value in values {
      var length = measured(values.count)
      if let simple = NiceNumber.descriptionLength(value) { length = min(length, simple) }
      if !written.insert(value).inserted { length = min(length, Foundation.log(Double(values.count))) }
      nats += length
    }
    return nats
  }
}
