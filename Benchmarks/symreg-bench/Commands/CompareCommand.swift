import ArgumentParser
import Foundation
import Suites

/// `symreg-bench compare`: did a change help?
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two tables: problem by problem, with the interval of the change.")

  @Argument(help: "The older table, as printed with --format json.") var before: String
  @Argument(help: "The newer table.") var after: String
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func run() throws {
    let comparison = try TableComparison(before: read(before), after: read(after))
    switch format {
    case .json: try Output.json(comparison)
    case .table: Output.text(comparison.text)
    }
  }

  private func read(_ path: String) throws -> ResultTable {
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path)) } catch {
      throw Failure.missingFile(
        "cannot read \(path): \(error.localizedDescription); give a table that --output wrote")
    }
    do { return try ResultTable(json: data) } catch {
      throw Failure(status: 65, text: "\(path): \(error.description)")
    }
  }
}
