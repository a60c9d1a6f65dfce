import ArgumentParser
import Foundation
import Suites

/// `symreg-bench compare`: did a change help?
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two tables: problem by problem, with the interval of the change.",
    discussion: "Ends with status 1 when a problem that some run had solved is solved by none any more.")

  @Argument(help: "The older table, as printed with --format json.") var before: String
  @Argument(help: "The newer table.") var after: String
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func run() throws {
    let comparison = try TableComparison(before: ResultTable(path: before), after: ResultTable(path: after))
    switch format {
    case .json: try Output.json(comparison)
    case .table: Output.text(comparison.text)
    }
    // What was solved must stay solved: scripts see it in the exit status.
    if !comparison.lost.isEmpty { throw ExitCode(1) }
  }
}
