import ArgumentParser
import Expressions
import Foundation
import Reports
import Suites

/// Options and work of the commands that run a suite of laws with known constants.
struct GroundTruthOptions: ParsableArguments {
  @Option(help: "Only this problem; may be given several times, or as a comma list.")
  var problem: [String] = []
  @Option(help: "Seeds of the searches.") var seeds = SeedList(argument: "1")!
  @Option(help: "Levels of noise on the target, relative to its root mean square.")
  var noise = NoiseList(argument: "0")!
  @Option(help: "Seconds a search may take.") var timeout = 90.0
  @Option(help: "Rows of each data set.") var rows: Int?
  @Option(help: "Seed of rows and noise.") var dataSeed: UInt64 = 0
  @Option(help: "Allowed operators, the same for every problem.")
  var operators = GroundTruthSuite.defaultOperators
  @Option(help: "What to leave out, to measure what it adds: \(ClosedFormList.names); or a comma list.")
  var without = ClosedFormList(argument: "")!
  @Flag(help: "Let symmetries and separability in the data guide evolution, to measure what it adds.")
  var structureHints = false
  @Option(help: "Workers of each search.") var threads = 1
  @Option(help: "Searches that run at the same time.") var jobs = 1
  @Flag(help: "Stop a search when its front holds the law.") var stopWhenSolved = false
  @Flag(help: "A line on standard error for each finished search; given by itself on a terminal.")
  var progress = false
  @Flag(help: "Show the fronts of unsolved runs on standard error.") var showFronts = false
  @Option(help: "How the result is printed.") var format = OutputFormat.table
  @Option(name: .shortAndLong, help: "Keep the JSON document in this file, from the first run on.")
  var output: String?
  @Option(help: "Keep the rows of this table, made by an interrupted run, and search only what it lacks.")
  var resume: String?

  func validate() throws {
    try Checks.threads(threads)
    try Checks.seconds(timeout, "timeout")
    try Checks.generatedRows(rows)
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs: give 1 to 1024 searches") }
  }

  /// Runs the suite and prints its table.
  func run(_ suite: GroundTruthSuite) async throws {
    let run = try suiteRun(suite)
    var table = ResultTable(version: RunDocument.softwareVersion, settings: [:], rows: [])
    if let resume {
      let earlier = try ResultTable(path: resume)
      do { try run.check(earlier) } catch {
        throw Failure.usage("--resume \(resume): \(error.description)")
      }
      table.rows = earlier.rows
    }
    table.settings = run.protocolSettings.merging(["machine": Machine.name, "jobs": "\(jobs)"]) { $1 }
    // Whether the file can be written is known before the first search, not after the last.
    try save(table)
    try await run.run(into: &table) { finished, soFar in
      report(finished, soFar.rows.count, of: run.count)
      try save(soFar)
    }
    switch format {
    case .json: Output.text(String(decoding: table.json(), as: UTF8.self) + "\n")
    case .table: Output.text(text(of: table, suite))
    }
  }

  private func suiteRun(_ suite: GroundTruthSuite) throws -> SuiteRun {
    let names = problem.flatMap { $0.split(separator: ",").map(String.init) }
    let set: OperatorSet
    do { set = try OperatorSet(parsing: operators) } catch {
      throw Failure.usage("--operators: \(error.description)")
    }
    return SuiteRun(
      suite: suite, problems: try suite.problems(names), noises: noise.values, seeds: seeds.values,
      rowCount: rows ?? suite.defaultRowCount, dataSeed: dataSeed,
      settings: ProblemRun.Settings(
        timeout: timeout, threads: threads, stopsWhenSolved: stopWhenSolved, operators: set,
        without: without.values, usesStructureHints: structureHints),
      jobs: jobs)
  }

  private func save(_ table: ResultTable) throws {
    if let path = output ?? resume { try Output.write(table.json(), to: path) }
  }

  private func report(_ run: ProblemRun, _ done: Int, of count: Int) {
    let row = run.row
    if progress || isatty(STDERR_FILENO) == 1 {
      let time = row.secondsToSolution.map { String(format: " after %.2f s", $0) } ?? ""
      Output.message(
        "\(done)/\(max(done, count)) \(row.problem), noise \(row.noise ?? 0), seed \(row.seed): "
          + "\(row.isSolved ? "solved" : "unsolved")\(time); \(run.stopReason.rawValue) at "
          + String(format: "%.1f s", row.seconds) + ", \(run.evaluations) candidates; \(row.expression)")
    }
    if showFronts, !row.isSolved { Output.message(run.frontText) }
  }

  private func text(of table: ResultTable, _ suite: GroundTruthSuite) -> String {
    let settings = table.settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    return [
      table.text, settings, NoiseLevel.text(table.summary.noiseLevels ?? []), PublishedRates.text(suite),
    ].joined(separator: "\n")
  }
}
