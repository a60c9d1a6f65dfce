import Expressions
import Foundation

/// Decides whether a candidate is the law of a problem, by structure and numbers, never by training loss
/// alone.
///
/// A law is a family of functions with free constants. A candidate is the law exactly when
/// 1. its complexity is at most a small multiple of that of the law's simplest form;
/// 2. it explains the data about as well as the law at its best constants does, all residuals weighted alike
///    or, for a plain quantity, relatively;
/// 3. some constants make the law equal to the candidate on every sampled row, on the range of the data and
///    far beyond it, so that every algebraic rewriting passes and an approximation, however good on the data,
///    does not. The candidate's own constants may each move by a percent to get there, since a search fits
///    1.4998 where the law has 3/2, and a constant that is written twice may first be made the same in both
///    places; the move that is sought is the smallest, by least squares over both sets of constants;
/// 4. each free constant of the law is free in the candidate: changes of its constants can imitate each
///    change of the law's. (A candidate that lacks only this, and whose held values suit the data, has the
///    law's form.)
///
/// Rows on which the candidate leaves the range of floating-point numbers (exp(u) for u > 709) are left out
/// while they are few; rows on which it is not defined are differences.
public struct Judge: Sendable {
  /// What is to be found.
  public let problem: Problem
  /// The thresholds.
  public let settings: JudgeSettings
  /// Largest complexity a candidate may have.
  public let largestComplexity: Int
  /// The law's constants that explain the data best, residuals weighted alike.
  public let bestConstants: [Double]

  let evaluate: Evaluator
  let fit: LawFit
  let onRange: [[Double]]
  let beyondRange: [[Double]]
  private let dataRows: [[Double]]
  private let targets: [Double]
  private let weightings: [LawFit.Weighting]
  private let bestLosses: [Double]

  /// A judge of candidates for `problem`, found in the given data.
  ///
  /// - Parameters:
  ///   - rows: the data's features, in the order of ``Problem/features``.
  ///   - targets: the data's target, as many.
  ///   - evaluate: evaluates formulas whose feature `i` is the problem's feature `i`.
  /// - Throws: ``SuiteError/unsuitableData(problem:reason:)``.
  public init(
    _ problem: Problem, rows: [[Double]], targets: [Double], settings: JudgeSettings = JudgeSettings(),
    evaluate: @escaping Evaluator
  ) throws(SuiteError) {
    func unsuitable(_ reason: String) -> SuiteError { .unsuitableData(problem: problem.key, reason: reason) }
    guard rows.count == targets.count, rows.count > problem.law.constants.count else {
      throw unsuitable(
        "\(rows.count) rows and \(targets.count) targets; both must be as many and more than the law's "
          + "constants"
      )
    }
    guard rows.allSatisfy({ $0.count == problem.features.count }) else {
      throw unsuitable("each row needs the features \(problem.features.joined(separator: ", "))")
    }
    guard rows.joined().allSatisfy(\.isFinite), targets.allSatisfy(\.isFinite) else {
      throw unsuitable("a value is not finite")
    }
    let simplest: Formula
    do { simplest = try Formula(parsing: problem.law.simplestForm, features: problem.features) } catch {
      throw unsuitable("the law's simplest form cannot be read, \(error)")
    }
    self.problem = problem
    self.settings = settings
    self.evaluate = evaluate
    largestComplexity = Int((settings.complexityFactor * Double(simplest.complexity)).rounded())
    let fit = LawFit(law: problem.law, deviationScale: problem.deviationScale)
    self.fit = fit
    onRange = problem.domain.rowsOnRange()
    beyondRange = problem.domain.rowsBeyondRange()
    dataRows = rows
    self.targets = targets
    let isPlain = problem.deviationScale == 0 && targets.allSatisfy { $0 > 0 }
    weightings = isPlain ? [.equal, .relative] : [.equal]
    let best = weightings.map { fit.best(for: targets, on: rows, $0) }
    bestConstants = best[0]
    bestLosses = zip(best, weightings).map { constants, weighting in
      LawFit.rootMeanSquare(fit.values(rows, constants), targets, weighting)
    }
  }

  /// The verdict on one candidate, whose feature `i` is the problem's feature `i`.
  public func verdict(on candidate: Formula) -> Verdict {
    guard candidate.complexity <= largestComplexity else { return Verdict(.tooComplex) }
    guard candidate.featureIndices.allSatisfy({ $0 < problem.features.count }) else {
      return Verdict(.different)
    }
    guard explainsData(candidate) else { return Verdict(.poorFit) }

    let rigid = comparison(with: candidate)
    var (found, adjustment) = (rigid, 0.0)
    if rigid?.isEqual != true {
      guard let adjusted = adjusted(candidate) else {
        return Verdict(
          rigid == nil ? .undefined : .different, deviationOnRange: rigid?.onRange,
          deviationBeyond: rigid?.beyond)
      }
      (found, adjustment) = adjusted
    }
    guard let found else { return Verdict(.undefined) }
    let isFree = leavesLawFree(found)
    // Where all of the law's constants are free, those that suit the moved exponents best are at hand.
    let fits = isFree || explainsData(fit.values(dataRows, found.lawConstants))
    return Verdict(
      !fits ? .poorFit : isFree ? .solved : .heldConstant, deviationOnRange: rigid?.onRange,
      deviationBeyond: rigid?.beyond, adjustment: adjustment, lawConstants: found.lawConstants)
  }

  /// The first member of a front that is the law, or else the first that has its form; nil where none has.
  public func bestMember(of front: [Formula]) -> (index: Int, verdict: Verdict)? {
    let verdicts = front.map(verdict(on:))
    let index = verdicts.firstIndex { $0.isSolved } ?? verdicts.firstIndex { $0.hasForm }
    return index.map { ($0, verdicts[$0]) }
  }

  /// Whether a candidate, its constants possibly moved, is about as close to the target as the law's best.
  func explainsData(_ candidate: Formula) -> Bool { explainsData(evaluate(candidate, dataRows)) }

  /// Whether values on the data's rows are about as close to the target as the law's best under some
  /// weighting.
  private func explainsData(_ values: [Double]) -> Bool {
    let missing = values.count { !$0.isFinite }
    guard Double(missing) <= settings.overflowOnRange * Double(values.count) else { return false }
    return zip(weightings, bestLosses).contains { weighting, best in
      LawFit.rootMeanSquare(values, targets, weighting) <= settings.lossFactor * best + 1e-12
    }
  }
}
