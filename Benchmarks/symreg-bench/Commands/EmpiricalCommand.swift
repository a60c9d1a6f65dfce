import ArgumentParser
import Foundation
import Reports
import Search
import Suites

/// `symreg-bench empirical`: which of the nine laws of EmpiricalBench are found.
struct EmpiricalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "empirical", abstract: "Which of the nine laws of EmpiricalBench are found, and how soon.",
    discussion: """
      Every run has the shipped default options, with muladd beside the default operators; only the time \
      limit, the threads and the seed are set. The verdict is on the final front, any member of which may be \
      the law; the seconds are those of the first front with one.
      """)

  @Option(help: "Only this problem; may be given several times.") var problem: [String] = []
  @Option(help: "Seeds of the searches.") var seeds = SeedList(argument: "1,2,3,4,5")!
  @Option(help: "Seconds a search may take.") var timeout = 60.0
  @Option(help: "Workers; by default one a core.") var threads: Int?
  @Option(help: "Draw fresh data with this seed where a problem's data are generated.") var dataSeed: UInt64?
  @Option(help: "Folder of the committed data sets.") var datasets: String?
  @Flag(help: "Stop a search when its front holds the law.") var stopWhenSolved = false
  @Flag(help: "Show the fronts of unsolved runs on standard error.") var showFronts = false
  @Option(help: "How the result is printed.") var format = OutputFormat.table
  @Option(name: .shortAndLong, help: "Keep the JSON document in this file, from the first run on.")
  var output: String?

  func validate() throws {
    try Checks.threads(threads)
    try Checks.seconds(timeout, "timeout")
  }

  func run() async throws {
    let problems = try Checks.problems(problem)
    let folder = DatasetFolder(path: datasets)
    let data = try problems.map { try ProblemData($0, seed: dataSeed, folder: folder) }
    let settings = ProblemRun.Settings(timeout: timeout, threads: threads, stopsWhenSolved: stopWhenSolved)
    var table = ResultTable(
      version: RunDocument.softwareVersion, settings: description(of: settings.options(seed: 0)), rows: [])
    // Whether the file can be written is known before the first search, not after the last.
    try save(table)
    for data in data {
      for seed in seeds.values {
        let run = try await ProblemRun(suite: "empirical", data, seed: seed, settings: settings)
        table.rows.append(run.row)
        report(run)
        try save(table)
      }
    }
    switch format {
    case .json: Output.text(String(decoding: table.json(), as: UTF8.self) + "\n")
    case .table: Output.text(table.text + "\n" + table.summary.text)
    }
  }

  private func save(_ table: ResultTable) throws {
    if let output { try Output.write(table.json(), to: output) }
  }

  private func report(_ run: ProblemRun) {
    let row = run.row
    let verdict = row.isSolved ? "solved" : row.hasForm ? "form only" : "unsolved"
    let time = row.secondsToSolution.map { String(format: " after %.2f s", $0) } ?? ""
    Output.message(
      "\(row.problem), seed \(row.seed): \(verdict)\(time); \(run.stopReason.rawValue) at "
        + String(format: "%.1f s", row.seconds) + ", \(run.evaluations) candidates")
    if showFronts, !row.isSolved { Output.message(run.frontText) }
  }

  private func description(of options: SearchOptions) -> [String: String] {
    [
      "machine": Machine.name, "timeout_seconds": "\(timeout)", "threads": "\(options.threads)",
      "operators": options.operators.description, "maximum_size": "\(options.maximumSize)",
      "precision": "\(options.precision.rawValue)", "stop_when_solved": "\(stopWhenSolved)",
      "seeds": seeds.values.map(String.init).joined(separator: ","),
      "data_seed": dataSeed.map(String.init) ?? "committed files",
    ]
  }
}
