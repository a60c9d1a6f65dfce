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

  /// A formula without the factor of its products, and which of its constants remain.
  static func withoutFactor(_ formula: Formula) -> (formula: Formula, constants: [Int?]) {
    let root = formula.nodes.count - 1
    var numbers: [Int] = []
    var count = 0
    for node in formula.nodes {
      numbers.append(count)
      count += node.isConstant ? 1 : 0
    }
    func whole(_ position: Int) -> (Formula, [Int?]) {
      let part = formula.subformula(at: position)
      let first = numbers[position + 1 - part.nodes.count]
      return (part, (first..<first + part.constants.count).map(\.self))
    }
    func stripped(_ position: Int) -> (Formula, [Int?]) {
      let arguments = formula.arguments(of: position)
      switch formula.nodes[position].operation {
      case .negate: return stripped(arguments[0])
      case .multiply:
        let (left, right) = (stripped(arguments[0]), stripped(arguments[1]))
        if left.0.isConstant { return right }
        if right.0.isConstant { return left }
        return (.apply(.multiply, left.0, right.0), left.1 + right.1)
      case .divide:
        let (left, right) = (stripped(arguments[0]), stripped(arguments[1]))
        if right.0.isConstant { return left }
        if left.0.isConstant { return (.apply(.divide, .constant(1), right.0), [nil] + right.1) }
        return (.apply(.divide, left.0, right.0), left.1 + right.1)
      case .ifElse:
        let (condition, sides) = (whole(arguments[0]), [stripped(arguments[1]), stripped(arguments[2])])
        // A factor of one side is a factor of the whole where the other side is nothing.
        if formula.subformula(at: arguments[1]) == .constant(0) {
          let none = whole(arguments[1])
          return (
            .apply(.ifElse, condition.0, none.0, sides[1].0), condition.1 + none.1 + sides[1].1
          )
        }
        if formula.subformula(at: arguments[2]) == .constant(0) {
          let none = whole(arguments[2])
          return (
            .apply(.ifElse, condition.0, sides[0].0, none.0), condition.1 + sides[0].1 + none.1
          )
        }
        return whole(position)
      default: return whole(position)
      }
    }
    return stripped(root)
  }

  private static func shape(of member: Equation, _ problem: LawProblem, _ edges: [Int]) -> Equation? {
    var (formula, kept) = withoutFactor(member.formula)
    if formula.isConstant { (formula, kept) = (.constant(1), [nil]) }
    let fit = problem.fit(formula, edges: edges)
    guard fit.loss.isFinite else { return nil }
    return Equation(
      formula: formula, target: member.target, features: member.features, loss: fit.loss,
      validationLoss: nil, score: 0, r2: 1 - fit.loss / fit.variance,
      standardErrors: kept.map { $0.flatMap { member.standardErrors[$0] } })
  }
}

extension Formula {
  fileprivate var isConstant: Bool { nodes.count == 1 && nodes[0].isConstant }
}

extension Equation {
  fileprivate func with(score: Double) -> Equation {
    Equation(
      formula: formula, target: target, features: features, loss: loss, validationLoss: validationLoss,
      score: score, r2: r2, standardErrors: standardErrors)
  }
}
