import Expressions
import Foundation
import Search

/// Laws without their factor.
///
/// The strength of a force is known only up to a factor, which the map from forces to messages takes: a law is
/// no more complex for having one, and none is shown.
enum LawShape {
  /// The laws of a front without their factors, from simple to complex with falling loss, at the best factor
  /// for each.
  ///
  /// - Parameter edges: those that are explained; nil for all.
  static func front(_ members: [Equation], of problem: LawProblem, edges: [Int]? = nil) -> [Equation] {
    let edges = edges ?? Array(problem.strengths.indices)
    var shapes = members.compactMap { shape(of: $0, problem, edges) }
    shapes.sort { ($0.complexity, $0.loss) < ($1.complexity, $1.loss) }
    var front: [Equation] = []
    for shape in shapes where front.last.map({ shape.loss < $0.loss }) ?? true {
      if front.last?.complexity == shape.complexity { front.removeLast() }
      let score = front.last.map { log($0.loss / shape.loss) / Double(shape.complexity - $0.complexity) }
      front.append(shape.with(score: score ?? 0))
    }
    return front
  }

  private static func shape(of member: Equation, _ problem: LawProblem, _ edges: [Int]) -> Equation? {
    let part = FactoredFormula(member.formula)
    let (formula, kept) = (part.shape, part.constants)
    let fit = problem.fit(formula, edges: edges)
    guard fit.loss.isFinite else { return nil }
    return Equation(
      formula: formula, target: member.target, features: member.features, loss: fit.loss,
      validationLoss: nil, score: 0, r2: 1 - fit.loss / fit.variance,
      standardErrors: kept.map { $0.flatMap { member.standardErrors[$0] } })
  }
}

extension Equation {
  fileprivate func with(score: Double) -> Equation {
    Equation(
      formula: formula, target: target, features: features, loss: loss, validationLoss: validationLoss,
      score: score, r2: r2, standardErrors: standardErrors)
  }
}
