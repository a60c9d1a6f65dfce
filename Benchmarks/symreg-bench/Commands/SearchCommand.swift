import ArgumentParser
import Evaluation
import Foundation
import Suites

/// `symreg-bench search`: candidates per second inside a real search.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Candidates and evaluations per second inside a real search.",
    discussion: """
      The search is for Feynman I.12.11, F = q (Ef + B v sin(theta)), five features uniform in [1, 5], with \
      normal noise of 1 % of the force's standard deviation and + - * / exp log sin cos sqrt. It does not \
      stop at the law. "evaluations" counts the residual and Jacobian passes of constant fitting besides the \
      candidates.
      """)

  @Option(help: "Rows of the data.") var rows = 1000
  @Option(help: "Seconds of the search.") var seconds = 10.0
  @Flag(help: "Leave constants as they are drawn.") var noConstantFitting = false
  @Option(help: "Bits of a number during the search.") var precision = Precision.double
  @Option(help: "Workers; by default one a core.") var threads: Int?
  @Option(help: "Seed of the search.") var seed: UInt64 = 1
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func validate() throws {
    try Checks.rows(rows)
    try Checks.threads(threads)
    try Checks.seconds(seconds, "seconds")
  }

  func run() async throws {
    var options = SearchRate.options(seconds: seconds, seed: seed)
    options.fitsConstants = !noConstantFitting
    options.precision = precision
    if let threads { options.threads = threads }
    let rate = try await SearchRate(measuring: options, rows: rows)
    guard format == .table else { return try Output.json(rate) }
    Output.text(
      TextTable.aligned([
        ["candidates/s", Output.rate(rate.candidatesPerSecond)],
        ["evaluations/s", Output.rate(rate.evaluationsPerSecond)],
        ["fitting passes/s", Output.rate(rate.fittingPassesPerSecond)],
        ["mean length", TextTable.decimal(rate.meanLength)],
        ["candidates", "\(rate.candidates)"], ["duplicates", "\(rate.duplicates)"],
        ["iterations", "\(rate.iterations)"], ["seconds", TextTable.decimal(rate.seconds)],
        ["best", rate.best], ["r2", rate.r2.map { String(format: "%.6f", $0) } ?? "-"],
        [
          "settings",
          "\(rows) rows, \(precision.rawValue)-bit, \(rate.threads) threads, constants "
            + (rate.fitsConstants ? "fitted" : "not fitted") + ", \(rate.instructionSet)",
        ], ["machine", rate.machine],
      ]))
  }
}
