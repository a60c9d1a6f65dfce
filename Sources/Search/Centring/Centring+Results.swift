import Expressions
import Foundation

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
    let (printed, errors) = restored(
      equation.printed, errors: equation.standardErrors, operators: operators)
    changed.printed = shortened(printed, errors: errors)
    return changed
  }

  /// A formula with the constants that writing back has made, as the rate of an exponential, to a twentieth of
  /// their standard errors; those of none keep their digits.
  private func shortened(_ formula: Formula, errors: [Double?]) -> Formula {
    formula.withConstants(
      zip(formula.constants, errors).map { value, error in
        guard let error, error > 0, value != 0, error < abs(value) else { return value }
        let digits = Int(log10(abs(value) / error).rounded(.up)) + 2
        return digits < 17 ? NumberText.rounding(value, digits: digits) : value
      })
  }
}
