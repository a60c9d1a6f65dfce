import Expressions
import Randomness

/// Decides whether a formula is a signal, not merely a curve through its rows.
///
/// The formula is compared with the true signal at random moments between the rows, where an alias fails, and
/// up to half a record before and after, where a wrong frequency or a mere approximation does. It may be off by
/// `reach` of the least standard errors that a fit of the true form can have there (``CramerRao``), or by 1 % of
/// the largest amplitude, whichever is more, in the root mean square.
public struct PeriodicJudge: Sendable {
  /// Standard errors that a formula may be off.
  static let reach = 4.0
  /// Share of the largest amplitude that it may be off in any case.
  static let share = 0.01
  /// Largest standard error of a frequency, in turns over the record, at which rows show it.
  static let largestFrequencyError = 0.05

  /// Whether the rows show the signal: at least two for each parameter, every frequency known to within
  /// 1/20 turn over the record, and every amplitude and the damping five times their standard errors.
  public let isShown: Bool

  private let inside: Part
  private let outside: Part
  private let evaluate: Evaluator

  /// Moments with the signal and how far from it one may be.
  private struct Part: Sendable {
    let rows: [[Double]]
    let values: [Double]
    let limits: [Double]

    init(_ signal: PeriodicSignal, _ bound: CramerRao, at times: [Double]) {
      rows = times.map { [$0] }
      values = times.map(signal.value(at:))
      let least = PeriodicJudge.share * signal.components[0].amplitude
      limits = bound.errors(at: times).map { max(PeriodicJudge.reach * $0, least) }
    }
  }

  /// A judge of what is found in the rows of a signal.
  public init(_ signal: PeriodicSignal, evaluate: @escaping Evaluator) {
    self.evaluate = evaluate
    let bound = CramerRao(signal)
    let (parameters, errors) = (signal.parameters, bound.errors)
    let isKnown = signal.components.indices.allSatisfy { index in
      5 * errors[1 + 3 * index] <= parameters[1 + 3 * index]
        && errors[2 + 3 * index] <= PeriodicJudge.largestFrequencyError
    }
    let isDampingKnown = signal.damping == 0 || 5 * errors[errors.count - 1] <= signal.damping
    isShown = isKnown && isDampingKnown && signal.times.count >= 2 * parameters.count
    let (start, end) = (signal.times[0], signal.times[signal.times.count - 1])
    // Random moments: any grid has aliases of its own.
    var stream = RandomStream(seed: 20_261_128, GroundTruthData.hash("moments"), UInt64(signal.index))
    inside = Part(signal, bound, at: (0..<2000).map { _ in stream.uniform(start, end) })
    let half = (end - start) / 2
    outside = Part(
      signal, bound,
      at: (0..<500).map { index in
        index.isMultiple(of: 2) ? stream.uniform(start - half, start) : stream.uniform(end, end + half)
      })
  }

  /// Root mean square of (formula - signal) over what is allowed, in the record and around it, the larger of
  /// both; infinite where the formula is not defined.
  public func deviation(of formula: Formula) -> Double {
    guard formula.featureIndices.allSatisfy({ $0 == 0 }) else { return .infinity }
    return max(deviation(formula, inside), deviation(formula, outside))
  }

  /// Whether a formula is the signal.
  public func isSignal(_ formula: Formula) -> Bool { deviation(of: formula) <= 1 }

  private func deviation(_ formula: Formula, _ part: Part) -> Double {
    let values = evaluate(formula, part.rows)
    let sum = values.indices.reduce(0.0) { sum, index in
      let difference = (values[index] - part.values[index]) / part.limits[index]
      return sum + difference * difference
    }
    return sum.isFinite ? (sum / Double(values.count)).squareRoot() : .infinity
  }
}
