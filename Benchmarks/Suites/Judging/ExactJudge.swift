import Expressions

/// Decides whether a candidate found in data is the law they were made from: the same function, up to how it
/// is written and to what noise leaves open about its constants.
///
/// A candidate has to be close to the law as it stands. Its constants are then fitted anew, from where they
/// are, to values of the law without noise on fresh rows; they may move only a little, and must meet the law
/// to nine digits on the range of the data and on rows beyond it, where an approximation, however good, fails.
public struct ExactJudge: FormulaJudge {
  /// The problem.
  public let problem: GroundTruthProblem
  /// The thresholds.
  public let settings: ExactJudgeSettings
  /// Largest complexity that is looked at.
  public let largestComplexity: Int

  /// The rows of the data, on the range of the data, and beyond it.
  let data: JudgedRows
  let onRange: JudgedRows
  let beyondRange: JudgedRows
  let evaluate: Evaluator
  /// Root mean square of the law on the range of the data.
  let scale: Double
  let noise: Double

  /// A judge of what is found in `data`.
  ///
  /// - Parameters:
  ///   - data: the rows that were searched, with the law they were made from.
  ///   - settings: the thresholds.
  ///   - evaluate: evaluates candidates.
  public init(
    _ data: GroundTruthData, settings: ExactJudgeSettings = ExactJudgeSettings(),
    evaluate: @escaping Evaluator
  ) {
    problem = data.problem
    self.settings = settings
    self.evaluate = evaluate
    noise = data.noise
    largestComplexity =
      Int(settings.complexity.factor * Double(problem.law.complexity)) + settings.complexity.extra
    let ranges = JudgedRows.ranges(of: data)
    self.data = JudgedRows(rows: data.rows, values: data.exactTargets)
    onRange = JudgedRows(problem, in: ranges, count: 200, part: 0)
    beyondRange = JudgedRows(problem, in: ranges.map(JudgedRows.widened), count: 200, part: 1)
    scale = max(GroundTruthData.rootMeanSquare(data.exactTargets), 1e-300)
  }

  /// A judge of forms on rows of other origin, for which noise plays no part.
  init(
    _ problem: GroundTruthProblem, data: JudgedRows, onRange: JudgedRows, beyondRange: JudgedRows,
    settings: ExactJudgeSettings, evaluate: @escaping Evaluator
  ) {
    self.problem = problem
    self.settings = settings
    self.evaluate = evaluate
    (self.data, self.onRange, self.beyondRange, noise) = (data, onRange, beyondRange, 0)
    largestComplexity =
      Int(settings.complexity.factor * Double(problem.law.complexity)) + settings.complexity.extra
    scale = max(GroundTruthData.rootMeanSquare(data.values), 1e-300)
  }

  /// The verdict on one candidate, whose feature `i` is the problem's feature `i`.
  public func verdict(on candidate: Formula) -> Verdict {
    guard candidate.complexity <= largestComplexity else { return Verdict(.tooComplex) }
    guard candidate.featureIndices.allSatisfy({ $0 < problem.features.count }) else {
      return Verdict(.different)
    }
    guard isClose(candidate) else { return Verdict(.poorFit) }
    guard let rigid = deviations(of: candidate) else { return Verdict(.undefined) }
    if isEqual(rigid) { return verdict(.solved, candidate, rigid, adjustment: 0) }
    guard let (moved, adjustment) = adjusted(candidate) else {
      return verdict(.different, candidate, rigid, adjustment: 0)
    }
    return verdict(.solved, moved, rigid, adjustment: adjustment)
  }

  private func verdict(
    _ finding: Verdict.Finding, _ formula: Formula, _ rigid: Deviations, adjustment: Double
  ) -> Verdict {
    Verdict(
      finding, deviationOnRange: rigid.onRange, deviationBeyond: rigid.beyond, adjustment: adjustment,
      proof: finding == .solved ? proof(of: formula) : nil)
  }

  /// Whether a candidate is about as close to the law on the data as fitted constants come.
  private func isClose(_ candidate: Formula) -> Bool {
    let values = evaluate(candidate, data.rows)
    let freedom = Double(candidate.constants.count + 1) / Double(values.count)
    let limit = settings.closeness.base + settings.closeness.errors * noise * freedom.squareRoot()
    let difference = GroundTruthData.rootMeanSquare(zip(values, data.values).map { $0 - $1 })
    return difference <= limit * scale
  }

  /// Largest deviations of a candidate from the law.
  struct Deviations {
    let onRange: Double
    let beyond: Double
  }

  /// Whether deviations are within the tolerances.
  func isEqual(_ deviations: Deviations) -> Bool {
    deviations.onRange <= settings.tolerance && deviations.beyond <= settings.toleranceBeyond
  }

  /// The deviations of a candidate; nil where it is too often not defined.
  func deviations(of candidate: Formula) -> Deviations? {
    guard let on = largestDeviation(candidate, onRange),
      let beyond = largestDeviation(candidate, beyondRange)
    else { return nil }
    return Deviations(onRange: on, beyond: beyond)
  }

  private func largestDeviation(_ candidate: Formula, _ judged: JudgedRows) -> Double? {
    let deviations = relativeDeviations(evaluate(candidate, judged.rows), judged.values)
    let finite = deviations.filter(\.isFinite)
    guard Double(finite.count) >= settings.definedShare * Double(deviations.count) else { return nil }
    return finite.reduce(0) { max($0, abs($1)) }
  }

  /// (values - law) / (scale + |law|), row by row.
  func relativeDeviations(_ values: [Double], _ law: [Double]) -> [Double] {
    zip(values, law).map { ($0 - $1) / (scale + abs($1)) }
  }
}
