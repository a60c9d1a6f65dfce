import Expressions
import Foundation

/// A candidate beside the law at its closest constants, on every row where both have a value.
struct Comparison {
  /// The candidate, its constants possibly moved.
  let candidate: Formula
  /// The law's constants that come closest.
  let lawConstants: [Double]
  /// The compared rows.
  let rows: [[Double]]
  /// Largest deviation on the range of the data.
  let onRange: Double
  /// Largest deviation beyond it.
  let beyond: Double
  /// Whether both stay within the tolerance.
  let isEqual: Bool
}

extension Judge {
  /// The candidate with its constants as they are beside the law; nil when it is not defined where the law
  /// is.
  func comparison(with candidate: Formula, from start: [Double]? = nil) -> Comparison? {
    guard let on = comparableRows(candidate, onRange, overflow: settings.overflowOnRange),
      let beyond = comparableRows(candidate, beyondRange, overflow: settings.overflowBeyond)
    else { return nil }
    let (rows, values) = (on.rows + beyond.rows, on.values + beyond.values)
    let starts = [start, bestConstants, problem.law.constants.map(\.value)].compactMap(\.self)
    let constants = fit.closest(to: values, on: rows, starts: starts)
    let deviations = fit.deviations(rows, from: values, constants).map { abs($0) }
    let largestOn = deviations.prefix(on.rows.count).max() ?? 0
    let largestBeyond = deviations.dropFirst(on.rows.count).max() ?? 0
    return Comparison(
      candidate: candidate, lawConstants: constants, rows: rows, onRange: largestOn, beyond: largestBeyond,
      isEqual: largestOn <= settings.tolerance && largestBeyond <= settings.tolerance)
  }

  /// Rows with a finite value, and the values; nil when the others are too many, or not due to overflow.
  private func comparableRows(_ candidate: Formula, _ rows: [[Double]], overflow: Double)
    -> (rows: [[Double]], values: [Double])?
  {
    let values = evaluate(candidate, rows)
    let finite = values.indices.filter { values[$0].isFinite }
    if finite.count < rows.count {
      guard Double(rows.count - finite.count) <= overflow * Double(rows.count) else { return nil }
      let others = values.indices.filter { !values[$0].isFinite }.map { rows[$0] }
      guard FloatingRange.leavesRange(candidate, rows: others, evaluate: evaluate).allSatisfy(\.self) else {
        return nil
      }
    }
    return (finite.map { rows[$0] }, finite.map { values[$0] })
  }

  /// The candidate with its constants moved as little as makes it equal to the law, and the largest relative
  /// move; nil when no move within the limits does.
  func adjusted(_ candidate: Formula) -> (comparison: Comparison, adjustment: Double)? {
    for start in starts(candidate) {
      // Twice, as rows on which the start had no value may have one after the first move.
      var moved = start.map(nearestSimpleNumber)
      for _ in 0..<2 { moved = movedTowardsLaw(candidate, from: moved) ?? moved }
      if largestMove(from: start, to: moved) <= settings.largestAdjustment,
        let comparison = comparison(with: candidate.withConstants(moved)), comparison.isEqual
      {
        return (comparison, largestMove(from: candidate.constants, to: moved))
      }
    }
    return nil
  }

  /// The candidate's constants, and the same with two of about the same size made equal where the data allow
  /// it: two copies of one constant come out of a fit a little apart.
  private func starts(_ candidate: Formula) -> [[Double]] {
    let constants = candidate.constants
    guard constants.contains(where: { $0 != 0 }) else { return [] }
    var starts = [constants]
    for one in constants.indices {
      for other in constants.indices where other != one {
        let ratio = abs(constants[one] / constants[other])
        guard ratio != 1, abs(ratio - 1) <= settings.largestTie else { continue }
        var tied = constants
        tied[one] = constants[one] / ratio
        if explainsData(candidate.withConstants(tied)) { starts.append(tied) }
      }
    }
    return starts
  }

  private func largestMove(from old: [Double], to new: [Double]) -> Double {
    zip(old, new).map { $0 == 0 ? 0 : abs($1 / $0 - 1) }.max() ?? 0
  }

  /// One least-squares fit over the law's constants and relative moves of the candidate's.
  private func movedTowardsLaw(_ candidate: Formula, from constants: [Double]) -> [Double]? {
    let all = onRange + beyondRange
    let start = evaluate(candidate.withConstants(constants), all)
    let finite = all.indices.filter { start[$0].isFinite }
    guard finite.count * 4 >= all.count else { return nil }
    let rows = finite.map { all[$0] }
    let lawStart = fit.closest(to: finite.map { start[$0] }, on: rows, starts: [bestConstants])
    let count = lawStart.count
    func moved(_ parameters: [Double]) -> [Double] {
      zip(constants, parameters.dropFirst(count)).map { $0 * (1 + $1) }
    }
    // A law within reach is met ever faster; where the gain dwindles, none is.
    let solution = LevenbergMarquardt.minimise(
      from: lawStart + constants.map { _ in 0 }, scales: fit.scales + constants.map { _ in 1 },
      iterations: 25,
      stall: 0.01
    ) { parameters in
      let values = evaluate(candidate.withConstants(moved(parameters)), rows)
      return fit.deviations(rows, from: values, Array(parameters.prefix(count)))
    }
    return solution.map { moved($0.parameters) }
  }

  /// The integer, half or third nearest to a constant where it is within the limit of adjustment, else the
  /// constant.
  private func nearestSimpleNumber(_ constant: Double) -> Double {
    let choices = [1.0, 2, 3].map { (constant * $0).rounded() / $0 }
    let nearest = choices.min { abs($0 - constant) < abs($1 - constant) }!
    let isNear =
      nearest != 0 && abs(nearest) <= 12 && abs(constant / nearest - 1) <= settings.largestAdjustment
    return isNear ? nearest : constant
  }

  /// Whether every change of the law's free constants can be imitated by changes of the candidate's
  /// constants.
  func leavesLawFree(_ comparison: Comparison) -> Bool {
    let constants = comparison.candidate.constants
    let reference = fit.values(comparison.rows, comparison.lawConstants)
    func weighted(_ values: [Double]) -> [Double] {
      zip(values, reference).map { $0 / max(fit.deviationScale + abs($1), 1e-300) }
    }
    let wanted = LevenbergMarquardt.jacobian(at: comparison.lawConstants, scales: fit.scales) {
      weighted(fit.values(comparison.rows, $0))
    }
    let offered = LevenbergMarquardt.jacobian(at: constants.map { _ in 0 }, scales: constants.map { _ in 1 })
    {
      weighted(
        evaluate(
          comparison.candidate.withConstants(zip(constants, $0).map { $0 * (1 + $1) }), comparison.rows))
    }
    return LevenbergMarquardt.unexplainedFraction(of: wanted, by: offered) < 1e-3
  }
}
