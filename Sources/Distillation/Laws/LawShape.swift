import Evaluation
import Expressions
import Foundation
import Search
import Tables

/// Laws without their factor.
///
/// The strength of a force is known only up to a factor, which the map from forces to messages takes: a law is
/// no more complex for having one, and none is shown.
package struct LawShape {
  let problem: LawProblem
  /// The edges that are explained.
  let edges: [Int]
  private let data: EvaluationData

  /// - Parameters:
  ///   - dataset: the edges' features and strengths, row by row.
  ///   - edges: their numbers in the problem; nil for all.
  package init(_ problem: LawProblem, _ dataset: Dataset, edges: [Int]? = nil) {
    self.problem = problem
    self.edges = edges ?? Array(problem.strengths.indices)
    data = EvaluationData(dataset, precision: .double)
  }

  /// The laws of a front without their factors, from simple to complex with falling loss, at the best factor
  /// for each.
  package func front(_ members: [Equation]) -> [Equation] {
    var shapes = members.compactMap { shape(of: $0) }
    shapes.sort { ($0.complexity, $0.loss) < ($1.complexity, $1.loss) }
    var front: [Equation] = []
    for shape in shapes where front.last.map({ shape.loss < $0.loss }) ?? true {
      if front.last?.complexity == shape.complexity { front.removeLast() }
      let score = front.last.map { log($0.loss / shape.loss) / Double(shape.complexity - $0.complexity) }
      front.append(shape.with(score: score ?? 0))
    }
    return front
  }

  private func shape(of member: Equation) -> Equation? {
    let part = FactoredFormula(member.formula)
    let found = candidate(
      part, errors: part.constants.map { $0.flatMap { member.standardErrors[$0] } }, of: member)
    // What the search fitted with no factor of its own is another law once it has one.
    guard abs(part.factor) == 1, !part.shape.constants.isEmpty, let freed = freed(part.shape, of: member),
      freed.complexity <= part.shape.complexity
    else { return found }
    return [found, freed].compactMap { $0 }.min { $0.loss < $1.loss }
  }

  /// A shape with its constants fitted together with a factor.
  private func freed(_ shape: Formula, of member: Equation) -> Equation? {
    let start = Formula.apply(.multiply, .constant(problem.fit(shape, edges: edges).factor), shape)
    let evaluator = Evaluator(capacity: start.nodes.count, loss: .meanSquaredError)
    var nodes = start.nodes
    nodes.withUnsafeMutableBufferPointer {
      evaluator.polish($0.baseAddress!, $0.count, on: data, steps: 60)
    }
    let fitted = Formula(unchecked: nodes)
    let errors = evaluator.standardErrors(fitted, on: data)
    let part = FactoredFormula(fitted)
    return candidate(part, errors: part.constants.map { $0.flatMap { errors[$0] } }, of: member)
  }

  private func candidate(_ part: FactoredFormula, errors: [Double?], of member: Equation) -> Equation? {
    let fit = problem.fit(part.shape, edges: edges)
    guard fit.loss.isFinite else { return nil }
    return Equation(
      formula: part.shape, target: member.target, features: member.features, loss: fit.loss,
      validationLoss: nil, score: 0, r2: 1 - fit.loss / fit.variance, standardErrors: errors)
  }
}

extension Equation {
  fileprivate func with(score: Double) -> Equation {
    Equation(
      formula: formula, target: target, features: features, loss: loss, validationLoss: validationLoss,
      score: score, r2: r2, standardErrors: standardErrors)
  }
}
