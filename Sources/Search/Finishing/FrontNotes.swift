import Expressions
import Foundation
import Noise

/// What is to be said of a front beside its figures: the noise, the runner-up, rows that are far off, members
/// that are not defined everywhere.
struct FrontNotes {
  let front: [FrontMember]
  let best: Int
  let engine: SearchEngine
  let reason: StopReason

  /// Nats within which the data do not tell two members apart.
  private static let tie = 2.0
  /// Standard errors beyond which a row is named.
  private static let far = 6.0
  private static let mostRows = 5

  var sentences: [String] {
    guard !front.isEmpty else { return [] }
    return [noise, runnerUp, farRows, undefined, ending].compactMap(\.self)
  }

  private var ending: String? { reason == .converged ? engine.convergenceReason : nil }

  private var noise: String? {
    NoiseSummary(front[best], unit: engine.noiseRows.frame.scale)?.sentence
  }

  /// The member nearest in length, where it is so near that the data do not decide.
  private var runnerUp: String? {
    let chosen = front[best].length
    let others = front.indices.filter { $0 != best && abs(front[$0].length - chosen) <= FrontNotes.tie }
    guard chosen.isFinite, let next = others.min(by: { front[$0].length < front[$1].length }) else {
      return nil
    }
    let (formula, _) = engine.centring.restored(
      front[next].formula, errors: front[next].standardErrors, operators: engine.options.operators)
    let text = formula.description(features: engine.training.featureNames, digits: 6)
    return "the data do not decide between the marked equation and \(text) (complexity "
      + "\(formula.complexity))"
  }

  private var farRows: String? {
    guard let fit = front[best].fit, engine.plain.rowCount == fit.standardised.count else { return nil }
    let far = fit.standardised.indices.filter { abs(fit.standardised[$0]) > FrontNotes.far }
    // Of heavy tails a few rows are far off by right; named are those that stand out.
    guard !far.isEmpty, far.count <= max(1, fit.standardised.count / 10) else { return nil }
    let worst = far.sorted { abs(fit.standardised[$0]) > abs(fit.standardised[$1]) }
    let named = worst.prefix(FrontNotes.mostRows).map { "\($0 + 1)" }.joined(separator: ", ")
    let more = far.count > FrontNotes.mostRows ? " and \(far.count - FrontNotes.mostRows) more" : ""
    return "far from the equation: row\(far.count > 1 ? "s" : "") \(named)\(more) (counted from 1, header "
      + "not counted)"
  }

  private var undefined: String? {
    front[best].isDefined
      ? nil : "the marked equation has no value, or a pole, somewhere between the rows"
  }
}
