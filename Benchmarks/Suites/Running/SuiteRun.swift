import Expressions
import Search

/// Searches on every problem of a suite at several levels of noise.
public struct SuiteRun: Sendable {
  /// The suite.
  public var suite: GroundTruthSuite
  /// Its problems that are searched.
  public var problems: [GroundTruthProblem]
  /// Levels of noise, relative to the target's root mean square.
  public var noises: [Double]
  /// Seeds of the searches.
  public var seeds: [UInt64]
  /// Rows of each data set.
  public var rowCount: Int
  /// Seed of rows and noise.
  public var dataSeed: UInt64
  /// What is set for each search.
  public var settings: ProblemRun.Settings
  /// Searches that run at the same time.
  public var jobs: Int

  /// A run from its parts.
  public init(
    suite: GroundTruthSuite, problems: [GroundTruthProblem], noises: [Double], seeds: [UInt64], rowCount: Int,
    dataSeed: UInt64, settings: ProblemRun.Settings, jobs: Int
  ) {
    self.suite = suite
    self.problems = problems
    self.noises = noises
    self.seeds = seeds
    self.rowCount = rowCount
    self.dataSeed = dataSeed
    self.settings = settings
    self.jobs = jobs
  }

  /// One search.
  private struct Task: Sendable {
    let problem: GroundTruthProblem
    let noise: Double
    let seed: UInt64

    func matches(_ row: ProblemResult) -> Bool {
      row.problem == problem.key && row.noise == noise && row.seed == seed
    }
  }

  /// All searches: level by level, so that a run that is stopped has whole levels.
  private var tasks: [Task] {
    noises.flatMap { noise in
      seeds.flatMap { seed in problems.map { Task(problem: $0, noise: noise, seed: seed) } }
    }
  }

  /// Searches that are asked for.
  public var count: Int { tasks.count }

  /// The protocol, by name: what two tables must share to be read as one.
  public var protocolSettings: [String: String] {
    let options = settings.options(seed: 0)
    return [
      "suite": suite.rawValue, "operators": options.operators.description, "rows": "\(rowCount)",
      "data_seed": "\(dataSeed)", "timeout_seconds": "\(settings.timeout)", "threads": "\(options.threads)",
      "maximum_size": "\(options.maximumSize)", "precision": "\(options.precision.rawValue)",
      "stop_when_solved": "\(settings.stopsWhenSolved)",
      "without": settings.without.map(\.rawValue).sorted().joined(separator: ","),
      "structure_hints": "\(settings.usesStructureHints)",
    ]
  }

  /// Refuses a table that was made under another protocol.
  ///
  /// - Throws: ``SuiteError/otherProtocol(setting:now:before:)``.
  public func check(_ table: ResultTable) throws(SuiteError) {
    for (name, value) in protocolSettings.sorted(by: { $0.key < $1.key }) {
      let other = table.settings[name]
      guard other == value else {
        throw .otherProtocol(setting: name, now: value, before: other)
      }
    }
  }

  /// Runs every search that `table` does not have yet and adds its row; rows stand in the order of the
  /// searches, whichever ends first.
  ///
  /// - Parameters:
  ///   - table: where rows go; those it has are kept.
  ///   - finished: called after each search with its run and the table so far.
  /// - Throws: what `finished` throws, ``SuiteError`` for a problem without data, `SearchOptionsError` for a
  ///   setting out of range.
  public func run(
    into table: inout ResultTable, finished: (_ run: ProblemRun, _ table: ResultTable) throws -> Void
  ) async throws {
    let order = tasks
    var waiting = order.filter { task in !table.rows.contains(where: task.matches) }[...]
    var rows = table.rows
    defer { table.rows = rows }
    let template = table
    try await withThrowingTaskGroup(of: ProblemRun.self) { group in
      func startNext() {
        guard let task = waiting.popFirst() else { return }
        group.addTask { try await search(task) }
      }
      for _ in 0..<max(1, jobs) { startNext() }
      while let run = try await group.next() {
        var row = run.row
        if jobs > 1 { row.processorSeconds = nil }
        rows.append(row)
        rows = sorted(rows, by: order)
        var soFar = template
        soFar.rows = rows
        try finished(run, soFar)
        startNext()
      }
    }
  }

  private func search(_ task: Task) async throws -> ProblemRun {
    let data = try GroundTruthData(task.problem, rowCount: rowCount, noise: task.noise, seed: dataSeed)
    return try await ProblemRun(suite, data, seed: task.seed, settings: settings)
  }

  /// Rows in the order of the searches; others, kept from an earlier run, first.
  private func sorted(_ rows: [ProblemResult], by order: [Task]) -> [ProblemResult] {
    let places = rows.map { row in order.firstIndex { $0.matches(row) } ?? -1 }
    return rows.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { rows[$0] }
  }
}
