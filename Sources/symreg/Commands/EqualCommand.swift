import ArgumentParser
import SymbolicRegression

/// `symreg equal`.
struct EqualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "equal",
    abstract: "Tell whether two expressions are equal wherever both are defined.",
    discussion: """
      Prints equal, different or undecided; the exit status is 0, 1 or 2. Equal is said by exact algebra \
      alone, different where algebra or bounds of the values at a point prove it. Any names may stand for \
      real numbers; 0.1 is one tenth, and pi the circle's constant.

      symreg equal "sin(x)^2 + cos(x)^2" 1          equal
      symreg equal "sqrt(x^2)" x                    different: not where x is negative
      symreg equal "sqrt(x^2)" x --positive x       equal
      """)

  @Argument(help: "An expression, as the front prints them.") var first: String
  @Argument(help: "Another.") var second: String
  @Option(help: "Names that stand for positive numbers, with commas between them.") var positive: String?

  func run() throws {
    let a = try ExpressionText(first, label: "first")
    let b = try ExpressionText(second, label: "second")
    let names = a.names + b.names.filter { !a.names.contains($0) }
    let assumptions = Assumptions(
      positiveFeatures: try ExpressionText.indices(of: positive, among: names))
    let answer = Equivalence.decide(
      try a.formula(features: names), try b.formula(features: names), assuming: assumptions)
    try StandardOutput.write(answer.rawValue + "\n")
    switch answer {
    case .equal: leave(.done)
    case .different: leave(.different)
    case .undecided: leave(.undecided)
    }
  }
}
