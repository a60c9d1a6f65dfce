import Expressions
import Foundation

/// A front member before it is dressed for people.
struct FrontMember {
  var formula: Formula
  /// Mean loss over the training rows, scaled.
  var loss: Double
  var validationLoss: Double?
  var standardErrors: [Double?]
  var r2: Double
}

/// Scores of front members and the choice among them.
enum ModelSelection {
  /// Fall of ln(loss) per unit of complexity from one member to the next; 0 for the first.
  ///
  /// - Parameter floor: a loss that is rounding error only; what is below it counts as it.
  static func scores(losses: [Double], complexities: [Int], floor: Double) -> [Double] {
    losses.indices.map { index in
      guard index > 0 else { return 0 }
      let before = losses[index - 1]
      let now = losses[index]
      let steps = Double(complexities[index] - complexities[index - 1])
      guard before > 0, now >= 0 else { return max(0, (before - now) / steps) }
      return max(0, Foundation.log(max(before, floor) / max(now, floor)) / steps)
    }
  }

  /// Index of the chosen member.
  ///
  /// - Parameters:
  ///   - losses: on the held-out rows where there are any, else on the training rows.
  ///   - rows: number of training rows.
  ///   - symbols: number of different leaves and operators an expression may hold.
  static func choose(
    _ selection: Selection, members: [FrontMember], losses: [Double], scores: [Double], rows: Int,
    symbols: Int,
    isSquared: Bool, floor: Double
  ) -> Int {
    guard let lowest = losses.min(), !losses.isEmpty else { return 0 }
    switch selection {
    case .accuracy: return losses.firstIndex(of: lowest) ?? 0
    case .score: return index(ofHighest: scores)
    case .best, .mdl:
      let lengths = members.indices.map {
        descriptionLength(
          members[$0], loss: losses[$0], rows: rows, symbols: symbols, isSquared: isSquared, floor: floor)
      }
      let shortest = index(ofHighest: lengths.map { -$0 })
      if selection == .mdl { return shortest }
      // Within a few nats the lengths do not decide; the steepest fall of the loss does.
      return index(ofHighest: zip(scores, lengths).map { $1 <= lengths[shortest] + 3 ? $0 : -1 })
    }
  }

  /// Nats to write down the structure, the constants to the precision the data give them, and the residuals
  /// (Rissanen 1978; for expressions Bartlett, Desmond and Ferreira 2023, arXiv 2211.11461).
  static func descriptionLength(
    _ member: FrontMember, loss: Double, rows: Int, symbols: Int, isSquared: Bool, floor: Double
  ) -> Double {
    let structure = Double(member.formula.complexity) * Foundation.log(Double(max(2, symbols)))
    // A squared residual is the exponent of a Gaussian's density, another loss about that of Laplace's.
    let residuals = Double(rows) / (isSquared ? 2 : 1) * Foundation.log(max(loss, floor, 1e-300))
    let values = member.formula.constants
    // As many constants as rows explain anything: each is charged all the digits it has.
    let digits: Double = 53 * Foundation.log(2.0)
    let unknown = values.count < rows ? Foundation.log(Double(max(2, rows))) / 2 : digits
    var constants = 0.0
    for (value, error) in zip(values, member.standardErrors) {
      guard let error, error > 0 else {
        constants += unknown
        continue
      }
      let precision = Foundation.log(abs(value) * 12.0.squareRoot() / error)
      constants += min(max(0, precision), digits) + Foundation.log(2.0)
    }
    return structure + residuals + constants
  }

  private static func index(ofHighest values: [Double]) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    return best
  }
}
