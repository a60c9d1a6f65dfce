import ArgumentParser
import Foundation
import Suites

extension RandomExpressions.Operators: ExpressibleByArgument {}

/// `symreg-bench simplify`: whether simplification keeps values, and what it costs.
struct SimplifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simplify",
    abstract: "Whether simplification keeps values and domains, and how long it takes.",
    discussion: """
      Random expressions are simplified twice: by the rewriting that a search applies to every candidate, and \
      by the exact shortening behind `symreg simplify`. Outward rounded bounds of the values before and after \
      are compared at random points, as is whether there is a value; formulas of arithmetic are also compared \
      in exact fractions. The exit status is 1 when a value was shown to have changed.
      """)

  @Option(help: "Expressions.") var count = 100_000
  @Option(help: "Of these, how many are shortened exactly.") var exactCount = 2_000
  @Option(help: "Nodes of an expression.") var size = 15
  @Option(name: .customLong("set"), help: "Operators: all, rational or standard.")
  var operators = RandomExpressions.Operators.all
  @Option(help: "Seed of the expressions.") var seed: UInt64 = 1
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func validate() throws {
    guard (1...10_000_000).contains(count) else { throw ValidationError("--count: give 1 to 10000000") }
    guard (0...10_000_000).contains(exactCount) else {
      throw ValidationError("--exact-count: give 0 to 10000000")
    }
    guard (1...500).contains(size) else { throw ValidationError("--size: give 1 to 500 nodes") }
  }

  func run() throws {
    var settings = SimplificationCheck.Settings()
    settings.count = count
    settings.exactCount = min(count, exactCount)
    settings.size = size
    settings.operators = operators
    settings.seed = seed
    let check = SimplificationCheck(measuring: settings)
    if format == .json {
      try Output.json(check)
    } else {
      Output.text(text(check))
    }
    if check.search.preserved < check.search.count || check.exact.preserved < check.exact.count {
      throw ExitCode(1)
    }
  }

  private func text(_ check: SimplificationCheck) -> String {
    func row(_ name: String, _ figures: SimplificationCheck.Figures) -> [String] {
      [
        name, "\(figures.preserved) of \(figures.count)", "\(figures.decided)",
        String(format: "%.2f", figures.medianMicroseconds),
        String(format: "%.2f", figures.percentile95Microseconds),
        String(format: "%.1f to %.1f", figures.meanNodesBefore, figures.meanNodesAfter),
      ]
    }
    let violations = (check.search.violations + check.exact.violations).map { "changed: \($0)\n" }
    return TextTable.aligned([
      ["", "preserved", "decided", "median us", "95 % us", "nodes"], row("in a search", check.search),
      row("exact", check.exact),
    ]) + violations.joined()
      + "\(operators.rawValue) operators, \(size) nodes, seed \(seed); \(check.machine)\n"
  }
}
