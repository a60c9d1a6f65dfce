import Evaluation
import Expressions
import Foundation
import Tables

extension Centring {
  /// What a search of the centred data tells, in the columns themselves.
  func restored(_ event: SearchEvent, options: SearchOptions) -> SearchEvent {
    guard !isEmpty, case .progress(var progress) = event else { return event }
    (progress.front, progress.best) = restored(progress.front, best: progress.best, options)
    return .progress(progress)
  }

  /// The result of a search of the centred data, in the columns themselves.
  func restored(_ result: SearchResult) -> SearchResult {
    guard !isEmpty else { return result }
    var changed = result
    (changed.front, changed.best) = restored(result.front, best: result.best, result.options)
    return changed
  }

  /// A front in the columns themselves: members have other complexities there, so those that are too large, or
  /// that a simpler one beats now, are left out.
  private func restored(_ front: [Equation], best: Int, _ options: SearchOptions) -> ([Equation], Int) {
    guard front.indices.contains(best) else { return (front, best) }
    let all = front.map { restored($0, options.operators) }
    let size = { (index: Int) in all[index].complexity }
    let order = all.indices.filter { size($0) <= options.maximumSize }.sorted {
      (size($0), $0 == best ? 0 : 1, all[$0].loss) < (size($1), $1 == best ? 0 : 1, all[$1].loss)
    }
    var kept: [Int] = []
    for index in order
    where kept.last.map({ all[index].loss < all[$0].loss && size($0) < size(index) }) ?? true {
      kept.append(index)
    }
    guard !kept.isEmpty else { return ([all[0]], 0) }
    let scores = ModelSelection.scores(
      losses: kept.map { all[$0].loss }, complexities: kept.map(size), floor: 0)
    let chosen = kept.lastIndex { size($0) <= size(best) } ?? 0
    let equations = zip(kept, scores).map { index, score in
      var equation = all[index]
      equation.score = score
      return equation
    }
    return (equations, chosen)
  }

  private func restored(_ equation: Equation, _ operators: OperatorSet) -> Equation {
    var changed = equation
    (changed.formula, changed.standardErrors) = restored(
      equation.formula, errors: equation.standardErrors, operators: operators)
    changed.printed = restored(equation.printed, errors: equation.standardErrors, operators: operators).0
    return changed
  }

  /// The result of a search of the centred data, in the columns themselves, with errors and digits of the constants
  /// that writing back has made.
  ///
  /// - Parameter dataset: the data, not centred.
  func restored(_ result: SearchResult, on dataset: Dataset) -> SearchResult {
    guard !isEmpty else { return result }
    var changed = restored(result)
    let data = EvaluationData(dataset, precision: .double)
    let capacity = changed.front.map(\.complexity).max() ?? 1
    let evaluator = Evaluator(capacity: capacity, loss: result.options.loss)
    for index in changed.front.indices {
      let equation = changed.front[index]
      guard equation.formula.nodes.contains(where: isCentred) else { continue }
      if result.options.loss == .meanSquaredError {
        let errors = evaluator.standardErrors(equation.formula, on: data)
        changed.front[index].standardErrors = zip(equation.standardErrors, errors).map { $0 ?? $1 }
      }
      changed.front[index].printed = printed(changed.front[index], on: data, with: evaluator)
    }
    return changed
  }

  private func isCentred(_ node: Node) -> Bool {
    node.isFeature && Int(node.feature) < offsets.count && offsets[Int(node.feature)] != 0
  }

  /// The formula with as few digits as its constants' errors and its loss allow.
  private func printed(_ equation: Equation, on data: EvaluationData, with evaluator: Evaluator) -> Formula {
    func loss(_ formula: Formula) -> Double {
      formula.nodes.withUnsafeBufferPointer { evaluator.loss($0.baseAddress!, $0.count, on: data) }
    }
    let wanted = loss(equation.formula)
    for more in 0..<8 {
      let formula = shortened(equation.formula, errors: equation.standardErrors, more: more)
      if abs(loss(formula) - wanted) <= 0.002 * wanted { return formula }
    }
    return equation.formula
  }

  /// A formula with its constants to a twentieth of their standard errors, or more digits; those of none keep
  /// theirs.
  private func shortened(_ formula: Formula, errors: [Double?], more: Int) -> Formula {
    formula.withConstants(
      zip(formula.constants, errors).map { value, error in
        guard let error, error > 0, value != 0, error < abs(value) else { return value }
        let digits = Int(log10(abs(value) / error).rounded(.up)) + 2 + more
        return digits < 17 ? NumberText.rounding(value, digits: digits) : value
      })
  }
}
