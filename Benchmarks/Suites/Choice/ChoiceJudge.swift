import Expressions
import Foundation

/// Decides whether a member of a front is the law its data were made from, as far as the errors of the data let
/// anybody tell.
///
/// The form is decided by ``ExactJudge``: the member's constants are fitted anew to the law without errors, and
/// it must then be the law to nine digits, on the range of the data and beyond. How far its constants may be off
/// is measured by what they do on fresh rows, in units of the data's errors, and compared with fits of the true
/// form to the same rows.
public struct ChoiceJudge: Sendable {
  /// Constants within this of the law's, relative to their values, are right whatever the errors.
  static let largestAdjustment = 0.01
  /// How much farther from the law than a fit of its own form a member may be.
  static let reach = 3.0

  private let data: ChoiceData
  private let form: ExactJudge
  private let fresh: JudgedRows
  private let deviations: [Double]
  private let evaluate: Evaluator
  /// Distance from the law that the form's constants have at greatest likelihood, and the least one expected
  /// of so many constants and rows.
  private let ideal: (met: Double, expected: Double)
  /// Distance of the worse of the two fits.
  private let worst: Double

  /// A judge of what is found in `data`.
  public init(_ data: ChoiceData, evaluate: @escaping Evaluator) {
    self.data = data
    self.evaluate = evaluate
    let law = data.law
    func judged(_ part: UInt64, widened: Bool) -> JudgedRows {
      let rows = law.rows(200, seed: 20_261_128, part: part, widened: widened)
      let values = rows.map { PlainValue.of(data.truth, features: $0) }
      let finite = rows.indices.filter { values[$0].isFinite }
      return JudgedRows(rows: finite.map { rows[$0] }, values: finite.map { values[$0] })
    }
    let fresh = judged(1, widened: false)
    self.fresh = fresh
    var settings = ExactJudgeSettings()
    // The form alone: how far constants are off is decided here.
    settings.largestAdjustment = 1e12
    form = ExactJudge(
      GroundTruthProblem(
        key: law.key, target: law.target, features: law.features, law: data.truth,
        source: .uniform(law.axes.map(\.range))),
      data: JudgedRows(rows: data.rows, values: data.exactTargets), onRange: fresh,
      beyondRange: judged(2, widened: true), settings: settings, evaluate: evaluate)
    let deviations = zip(fresh.rows, fresh.values).map { data.errors.deviation($0, $1) }
    self.deviations = deviations
    func distance(_ fit: ChoiceFit) -> Double {
      ChoiceJudge.distance(evaluate(fit.formula, fresh.rows), from: fresh.values, deviations)
    }
    let likely = ChoiceFit(data, .likelihood, evaluate: evaluate)
    let met = distance(likely)
    let expected = (Double(likely.freeCount) / Double(data.rows.count)).squareRoot()
    ideal = (met, expected)
    worst = max(met, distance(ChoiceFit(data, .leastSquares, evaluate: evaluate)), expected)
  }

  /// The verdict on a member, whose feature `i` is the law's column `i`.
  public func verdict(on member: Formula) -> ChoiceVerdict {
    guard member.featureIndices.allSatisfy({ $0 < data.law.features.count }) else { return .different }
    let verdict = form(of: member)
    if verdict == .law { return .law }
    return isSimplerAndAsGood(member) ? .simplerAsGood : verdict
  }

  /// Distance of a member from the law on fresh rows over that of the law's own form at greatest likelihood;
  /// nil where it is not defined on all of them.
  public func errorRatio(of member: Formula) -> Double? {
    let distance = distance(of: member)
    let reference = max(ideal.met, ideal.expected, (1 / Double(data.rows.count)).squareRoot())
    return distance.isFinite ? distance / reference : nil
  }

  /// Root mean square of (member - law) over the standard deviation of the errors, on fresh rows.
  private func distance(of member: Formula) -> Double {
    ChoiceJudge.distance(evaluate(member, fresh.rows), from: fresh.values, deviations)
  }

  private static func distance(_ values: [Double], from law: [Double], _ deviations: [Double]) -> Double {
    let sum = values.indices.reduce(0.0) { sum, index in
      let difference = (values[index] - law[index]) / deviations[index]
      return sum + difference * difference
    }
    return sum.isFinite ? (sum / Double(max(values.count, 1))).squareRoot() : .infinity
  }

  private func isSimplerAndAsGood(_ member: Formula) -> Bool {
    member.complexity < data.truth.complexity && distance(of: member) <= ideal.met
  }

  /// Whether a member is the law's form, and its constants the law's.
  private func form(of member: Formula) -> ChoiceVerdict {
    guard member.complexity <= 2 * data.truth.complexity + 10 else { return .tooComplex }
    guard let rigid = form.deviations(of: member) else { return .undefined }
    let isEqual = form.isEqual(rigid)
    guard let met = isEqual ? member : lawForm(of: member) else { return .different }
    if hasSuperfluousConstant(restored(met, found: member), found: member) { return .superfluousConstant }
    if isEqual { return .law }
    let isNear = zip(member.constants, met.constants).allSatisfy { found, law in
      abs(found - law) <= ChoiceJudge.largestAdjustment * abs(law)
    }
    if isNear { return .law }
    return distance(of: member) <= ChoiceJudge.reach * worst ? .law : .otherConstants
  }

  /// A member with its constants moved to where it is the law; nil where nothing gets there.
  ///
  /// Constants are moved by what is added to them, and where that fails first by factors: the constants of
  /// A exp(-E/T), far apart, lie on a line in ln A and E and on a curve in A and E. Those that change nothing
  /// anybody could see, as the -1 of a diode far above its threshold, stay where they are.
  private func lawForm(of member: Formula) -> Formula? {
    let movable = member.constants.indices.filter { hasEffect($0, member) }
    let isWhole = movable.count == member.constants.count
    func polished(_ start: Formula) -> Formula? {
      if isWhole { return form.adjusted(start)?.formula }
      let met = moved(start, movable, stall: 1e-6) { $0 * (1 + $1) }
      return met.flatMap { met in form.deviations(of: met).flatMap { form.isEqual($0) ? met : nil } }
    }
    if let met = polished(member) { return met }
    return moved(member, movable, stall: 1e-3) { $0 * exp($1) }.flatMap(polished)
  }

  /// A formula with some of its constants fitted to the law on the fresh rows.
  private func moved(
    _ formula: Formula, _ movable: [Int], stall: Double, by change: (Double, Double) -> Double
  ) -> Formula? {
    func changed(_ moves: [Double]) -> Formula {
      var constants = formula.constants
      for (index, move) in zip(movable, moves) { constants[index] = change(constants[index], move) }
      return formula.withConstants(constants)
    }
    let solution = LevenbergMarquardt.minimise(
      from: movable.map { _ in 0 }, scales: movable.map { _ in 1 }, iterations: 60, stall: stall
    ) { moves in
      form.relativeDeviations(evaluate(changed(moves), fresh.rows), fresh.values)
    }
    return solution.map { changed($0.parameters) }
  }

  /// Whether a constant twice as large changes what can be told apart.
  private func hasEffect(_ index: Int, _ formula: Formula) -> Bool {
    var constants = formula.constants
    constants[index] *= 2
    let (old, new) = (evaluate(formula, fresh.rows), evaluate(formula.withConstants(constants), fresh.rows))
    return !form.relativeDeviations(new, old).allSatisfy { abs($0) <= form.settings.tolerance }
  }

  /// A member that was made equal to the law, with every constant back where it was found if it may stay there.
  private func restored(_ met: Formula, found: Formula) -> Formula {
    var constants = met.constants
    for (index, value) in found.constants.enumerated() where value != constants[index] {
      var trial = constants
      trial[index] = value
      if let deviations = form.deviations(of: met.withConstants(trial)), form.isEqual(deviations) {
        constants = trial
      }
    }
    return met.withConstants(constants)
  }

  /// Whether a constant of a member that was made equal to the law says nothing there: a term of zero, a factor
  /// or an exponent of one.
  private func hasSuperfluousConstant(_ met: Formula, found: Formula) -> Bool {
    let (constants, before) = (met.constants, found.constants)
    let isNothing = constants.indices.contains { index in
      saysNothing(index, met) || (abs(constants[index]) <= 1e-6 * abs(before[index]) && isZero(index, met))
    }
    if isNothing { return true }
    return met.nodes.indices.contains { position in
      guard let operation = met.nodes[position].operation, operation.arity == 2 else { return false }
      let arguments = met.arguments(of: position)
      let isOne = arguments.map { place in
        met.nodes[place].isConstant && abs(met.nodes[place].value - 1) <= 1e-6
      }
      return switch operation {
      case .multiply: isOne[0] || isOne[1]
      case .divide, .power: isOne[1]
      default: false
      }
    }
  }

  /// Whether a formula that is the law stays it with zero in the place of a constant.
  private func isZero(_ index: Int, _ formula: Formula) -> Bool {
    var constants = formula.constants
    constants[index] = 0
    return form.deviations(of: formula.withConstants(constants)).map(form.isEqual) ?? false
  }

  /// Whether zero in the place of a constant changes no value in its ninth digit.
  private func saysNothing(_ index: Int, _ formula: Formula) -> Bool {
    var constants = formula.constants
    constants[index] = 0
    let values = evaluate(formula.withConstants(constants), fresh.rows)
    return zip(values, fresh.values).allSatisfy { abs($0 - $1) <= 1e-9 * abs($1) }
  }
}
