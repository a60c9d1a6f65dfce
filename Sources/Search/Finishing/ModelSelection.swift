import Expressions
import Foundation
import Noise

/// A front member before it is dressed for people.
struct FrontMember {
  var formula: Formula
  /// Mean loss over the training rows, scaled.
  var loss: Double
  /// The loss up to which it is rounding error.
  var floor: Double
  /// Mean squared rounding error of its values, scaled.
  var roundingError = 0.0
  var validationLoss: Double?
  var standardErrors: [Double?]
  var r2: Double
  /// Nats to describe the data by it.
  var length = Double.infinity
  /// Mean loss with the weights that the user has given, scaled: what is shown.
  var plainLoss = Double.infinity
  /// Its errors under the noise model that was chosen.
  var fit: NoiseFit?
  /// Whether it has a value everywhere in the box of the data.
  var isDefined = true
}

extension FrontMember {
  /// Whether large terms cancel so far that rounding shapes what the member leaves unexplained: its loss is an
  /// accident, which may well look better than the law's.
  var isRoundingArtefact: Bool {
    roundingError > 1e-12 && roundingError > 1e-3 * loss && loss > floor
  }
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
  ///   - lengths: nats that each member takes.
  static func choose(
    _ selection: Selection, losses: [Double], scores: [Double], lengths: [Double]
  ) -> Int {
    guard let lowest = losses.min(), !losses.isEmpty else { return 0 }
    switch selection {
    case .accuracy: return losses.firstIndex(of: lowest) ?? 0
    case .score: return index(ofHighest: scores)
    case .best, .mdl:
      let shortest = index(ofHighest: lengths.map { -$0 })
      if selection == .mdl { return shortest }
      // Within two nats the lengths do not decide; the steepest fall of the loss does.
      return index(ofHighest: zip(scores, lengths).map { $1 <= lengths[shortest] + 2 ? $0 : -1 })
    }
  }

  private static func index(ofHighest values: [Double]) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    return best
  }
}
