import Evaluation
import Expressions
import Foundation

/// Rounds the constants of front members for print: to as few digits as leave the loss what it is said to be.
///
/// An exponent, a frequency or an offset that cancels needs more digits than a factor. Common digits are raised
/// until the loss on some thousand rows holds, then each constant by itself is given fewer, and what comes out is
/// measured on all rows.
struct PrintedDigits: Sendable {
  /// Part of its loss by which a printed equation may differ.
  private static let tolerance = 0.002
  /// No constant is cut below these.
  private static let fewest = 4
  /// Digits that hold any number.
  private static let all = 17
  private static let mostRows = 2_000

  private let full: EvaluationData
  private let sample: EvaluationData
  private let isSquared: Bool
  private let stop: StopSignal

  /// - Parameters:
  ///   - full: the rows on which losses are measured.
  ///   - loss: which loss that is.
  ///   - stop: past whose deadline only some thousand rows are looked at.
  init(_ full: EvaluationData, loss: Loss, stop: StopSignal) {
    self.full = full
    isSquared = loss == .meanSquaredError
    self.stop = stop
    let stride = (full.rowCount + PrintedDigits.mostRows - 1) / PrintedDigits.mostRows
    sample =
      stride < 2 ? full : full.gathering(Array(Swift.stride(from: 0, to: full.rowCount, by: stride)))
  }

  /// The member's formula with the constants that are printed.
  func rounded(_ member: FrontMember, with evaluator: Evaluator) -> Formula {
    let constants = member.formula.constants
    guard !constants.isEmpty else { return member.formula }
    let trial = Trial(
      digits: self, evaluator: evaluator, member: member,
      loss: sample === full ? member.loss : loss(member.formula, sample, evaluator))
    let least = zip(constants, member.standardErrors).map { leastDigits($0, error: $1, member) }
    for common in PrintedDigits.fewest..<PrintedDigits.all {
      let safe = least.map { max($0, common) }
      guard trial.holds(safe), isRight(trial.formula(safe), member, evaluator) else { continue }
      let shortened = trial.shortened(safe, least: least)
      let formula = trial.formula(shortened)
      return shortened == safe || isRight(formula, member, evaluator) ? formula : trial.formula(safe)
    }
    return member.formula
  }

  /// Digits down to a twentieth of the standard error, which the loss of many rows would not call for; exact
  /// laws have no errors.
  private func leastDigits(_ value: Double, error: Double?, _ member: FrontMember) -> Int {
    guard let error, error > 0, value != 0, member.loss > member.floor else { return PrintedDigits.fewest }
    let places = log10(abs(value)).rounded(.down) - log10(error).rounded(.down)
    return min(PrintedDigits.all, max(PrintedDigits.fewest, Int(max(-20, min(places, 20))) + 2))
  }

  /// Whether the loss on all rows is right; past the deadline those of the sample have to do.
  private func isRight(_ formula: Formula, _ member: FrontMember, _ evaluator: Evaluator) -> Bool {
    if sample === full || stop.isPastDeadline { return true }
    return agree(loss(formula, full, evaluator), with: member.loss, member, PrintedDigits.tolerance)
  }

  /// The loss on some rows, in the unit of that on all.
  private func loss(_ formula: Formula, _ data: EvaluationData, _ evaluator: Evaluator) -> Double {
    let unit = isSquared ? data.scale / full.scale : 1
    return formula.nodes.withUnsafeBufferPointer {
      evaluator.loss($0.baseAddress!, $0.count, on: data) * unit * unit
    }
  }

  /// Whether a loss is as good as another; one that is rounding error may be a few times as large.
  private func agree(
    _ loss: Double, with wanted: Double, _ member: FrontMember, _ tolerance: Double
  ) -> Bool {
    if abs(loss - wanted) <= tolerance * abs(wanted) { return true }
    return wanted <= member.floor && loss <= min(member.floor, max(4 * wanted, member.roundingError / 4))
  }

  /// Digits tried on some rows.
  private struct Trial {
    let digits: PrintedDigits
    let evaluator: Evaluator
    let member: FrontMember
    /// The loss of the exact constants on these rows.
    let loss: Double

    func formula(_ counts: [Int]) -> Formula {
      let constants = zip(member.formula.constants, counts).map { NumberText.rounding($0, digits: $1) }
      return member.formula.withConstants(constants)
    }

    func holds(_ counts: [Int]) -> Bool {
      let found = digits.loss(formula(counts), digits.sample, evaluator)
      // Other rows may differ by more than these.
      let tolerance = PrintedDigits.tolerance / (digits.sample === digits.full ? 1 : 4)
      return digits.agree(found, with: loss, member, tolerance)
    }

    /// Each constant in turn with the fewest digits that hold beside those of the others.
    func shortened(_ given: [Int], least: [Int]) -> [Int] {
      var counts = given
      for index in counts.indices {
        let longest = max(least[index], counts[index])
        for fewer in least[index]..<longest {
          var trial = counts
          trial[index] = fewer
          guard holds(trial) else { continue }
          counts = trial
          break
        }
      }
      return counts
    }
  }
}
