import ArgumentParser
import Foundation
import Suites

/// `symreg-bench distill`: which laws of particle worlds are distilled from networks trained on them.
struct DistillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill", abstract: "Which force laws are distilled from networks trained on particles.",
    discussion: """
      For each case and seed a world is simulated, a network is trained on its accelerations, its messages are \
      recorded on another simulation, and the law of the messages is searched. A law counts as recovered when \
      the messages are said to be a force and the law has the form of the world's, with exponents, rest lengths \
      and thresholds within 0.03. A case is named by law, dimensions and what keeps the messages few, as in \
      r2-3d-bottleneck; -published trains the network as Cranmer et al. (2020) did, and raw searches without a \
      network.
      """)

  @Option(help: "Only this case; may be given several times, or as a comma list.")
  var `case`: [String] = []
  @Option(help: "Seeds.") var seeds = SeedList(argument: "1,2,3,4,5")!
  @Option(help: "Simulations for training, of 200 moments each.") var simulations = 1000
  @Option(help: "Steps of training.") var steps = 10_000
  @Option(help: "Seconds of the search for a law.") var timeout = 30.0
  @Option(help: "Threads of a run.") var threads = 1
  @Option(help: "Runs at the same time.") var jobs = 1
  @Option(help: "How the result is printed.") var format = OutputFormat.table
  @Option(name: .shortAndLong, help: "Keep the JSON document in this file, from the first run on.")
  var output: String?

  func validate() throws {
    try Checks.threads(threads)
    try Checks.seconds(timeout, "timeout")
    guard (1...1024).contains(jobs), simulations > 0, steps > 0 else {
      throw ValidationError("--jobs, --simulations and --steps must be positive")
    }
  }

  func run() async throws {
    var settings = DistillationRun.Settings()
    settings.simulations = simulations
    settings.steps = steps
    settings.timeout = timeout
    settings.threads = threads
    var table = DistillationTable(settings: [
      "machine": Machine.name, "jobs": "\(jobs)", "simulations": "\(simulations)", "steps": "\(steps)",
      "timeout_seconds": "\(timeout)", "threads": "\(threads)",
    ])
    try save(table)
    let cases = try self.cases()
    var tasks = cases.flatMap { item in seeds.values.map { (item, $0) } }[...]
    var results: [DistillationResult] = []
    try await withThrowingTaskGroup(of: DistillationResult.self) { group in
      func startNext() {
        guard let (item, seed) = tasks.popFirst() else { return }
        group.addTask { [settings] in
          try await DistillationRun.result(of: item, seed: seed, settings: settings)
        }
      }
      for _ in 0..<jobs { startNext() }
      while let result = try await group.next() {
        startNext()
        results.append(result)
        Output.message(
          "\(result.name), seed \(result.seed): \(result.isRecovered ? "recovered" : "not recovered")"
            + "\(result.isAligned ? "" : ", no force"); \(result.expression)")
        // In the order of the cases, whichever ends first.
        table.rows = cases.flatMap { item in
          results.filter { $0.name == item.name }.sorted { $0.seed < $1.seed }
        }
        try save(table)
      }
    }
    switch format {
    case .json: try Output.json(table)
    case .table: Output.text(table.text)
    }
  }

  private func cases() throws -> [DistillationCase] {
    let names = `case`.flatMap { $0.split(separator: ",").map(String.init) }
    guard !names.isEmpty else { return DistillationCase.standard }
    return try names.map { name in
      guard let item = DistillationCase(name) else {
        throw Failure.usage(
          "--case: there is no case \"\(name)\"; give law, dimensions and kind of messages, such as "
            + DistillationCase.standard.map(\.name).joined(separator: ", "))
      }
      return item
    }
  }

  private func save(_ table: DistillationTable) throws {
    guard let output else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Output.write(encoder.encode(table), to: output)
  }
}
