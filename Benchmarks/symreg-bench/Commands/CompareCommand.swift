import ArgumentParser
import Foundation
import Suites

/// `symreg-bench compare`: did a change help?
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two tables: problem by problem, with the interval of the change.",
    discussion: """
      Ends with status 1 when a problem that some run had solved is solved by none any more, or with tables of \
      choice and periodic when a marked member that was right is not.
      """)

  @Argument(help: "The older table, as printed with --format json.") var before: String
  @Argument(help: "The newer table.") var after: String
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func run() throws {
    switch Output.schema(try Output.contents(before)) {
    case ChoiceResult.schema: try compareMarked(ChoiceResult.self)
    case PeriodicResult.schema: try compareMarked(PeriodicResult.self)
    default:
      let comparison = try TableComparison(before: ResultTable(path: before), after: ResultTable(path: after))
      try show(comparison, comparison.text, lost: comparison.lost)
    }
  }

  private func compareMarked<Row: MarkedResult>(_ rows: Row.Type) throws {
    let comparison = try MarkedComparison(
      before: MarkedTable<Row>(path: before), after: MarkedTable<Row>(path: after))
    try show(comparison, comparison.text, lost: comparison.lost)
  }

  private func show(_ comparison: some Encodable, _ text: String, lost: [String]) throws {
    switch format {
    case .json: try Output.json(comparison)
    case .table: Output.text(text)
    }
    // What was solved must stay solved: scripts see it in the exit status.
    if !lost.isEmpty { throw ExitCode(1) }
  }
}
