import ArgumentParser
import Foundation
import SymbolicRegression

/// `symreg simplify`.
struct SimplifyCommand: ParsableCommand {
  /// How the result is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "simplify",
    abstract: "Print the shortest expression that exact algebra finds equal to one.",
    discussion: """
      The value stays the same wherever there is one, and there is none elsewhere: x / x stays, since it has \
      no value at 0. Constants are decimals and stay exact: 0.1 + 0.2 is 0.3, 1 / 3 stays 1 / 3.

      symreg simplify "x*y + x*z"                   x * (y + z)
      symreg simplify "log(exp(x) * exp(2*x))"      3.0 * x
      symreg simplify "x / x" --positive x          1.0
      """)

  @Argument(help: "An expression, as the front prints them.") var expression: String
  @Option(
    help: "Operators that may be used. (default: the expression's own, and all that are commonly written)")
  var operators: String?
  @Option(help: "expression, sympy, latex or python.") var `as` = Language.expression
  @Option(help: "Names that stand for positive numbers, with commas between them.") var positive: String?
  @Option(help: "text or json.") var format = Format.text

  func run() throws {
    let given = try ExpressionText(expression, label: "given")
    let formula = try given.formula(features: given.names)
    let assumptions = Assumptions(
      positiveFeatures: try ExpressionText.indices(of: positive, among: given.names))
    let usual = OperatorSet(Operator.allCases.filter { $0 != .inverse && $0 != .relu && $0 != .condition })
    let allowed =
      try operators.map(OperatorSet.init(parsing:)) ?? OperatorSet(usual.all + formula.operators.all)
    let result = formula.shortest(allowed: allowed, assuming: assumptions)
    switch format {
    case .text: try StandardOutput.write(result.text(in: `as`, features: given.names) + "\n")
    case .json: try StandardOutput.write(try json(formula, result, given.names))
    }
    leave(.done)
  }

  private struct Document: Encodable {
    let expression: String
    let sympy: String
    let latex: String
    let python: String
    let complexity: Int
    let complexityBefore: Int

    enum CodingKeys: String, CodingKey {
      case expression, sympy, latex, python, complexity
      case complexityBefore = "complexity_before"
    }
  }

  private func json(_ before: Formula, _ after: Formula, _ names: [String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      expression: after.description(features: names), sympy: after.sympy(features: names),
      latex: after.latex(features: names), python: after.python(features: names),
      complexity: after.complexity, complexityBefore: before.complexity)
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

extension Language: ExpressibleByArgument {}
