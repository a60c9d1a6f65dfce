import ArgumentParser
import Suites

/// `symreg-bench periodic`: are the frequencies of random signals found, rather than their aliases?
struct PeriodicCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "periodic", abstract: "Whether the marked member is the signal, on random periodic records.",
    discussion: """
      Records of 12 to 500 rows, most at even steps, of one or two frequencies, some damped, with noise of up \
      to 20 %. A marked member is right when it is the signal between the rows and half a record beyond them, as \
      near as the least standard errors of a fit allow. Records that do not show their signal are searched, too, \
      and not counted.
      """)

  @Option(help: "Signals.") var count = 100
  @Option(help: "Seed of signals and searches.") var seed: UInt64 = 1
  @OptionGroup var options: MarkedOptions

  func validate() throws {
    guard (1...1_000_000).contains(count) else { throw ValidationError("--count: give 1 to 1000000 signals") }
  }

  func run() async throws {
    let run = PeriodicRun(count: count, seed: seed, settings: options.settings)
    var table: MarkedTable<PeriodicResult> = try options.table(
      options.settings.text.merging(["suite": "periodic"]) { $1 })
    try options.save(table)
    try await run.run(into: &table, jobs: options.jobs) { row, soFar in
      try options.report(row, soFar, of: count)
    }
    try options.show(table)
  }
}
