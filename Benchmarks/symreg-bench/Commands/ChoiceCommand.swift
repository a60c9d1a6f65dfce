import ArgumentParser
import Suites

/// `symreg-bench choice`: is the marked member of the front the law?
struct ChoiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choice",
    abstract: "Whether the marked member of the front is the law, on data as people have.",
    discussion: """
      Laws of one to four columns are rounded or given errors of many kinds, written to a file, read and \
      searched with the shipped options (and sine and cosine). A marked member is right when it is the law with \
      constants as near as the errors let them come, or simpler and as good.
      Laws: \(ChoiceLaws.all.map(\.key).joined(separator: " ")).
      Kinds of errors: \(ChoiceNoise.allCases.map(\.rawValue).joined(separator: " ")).
      """)

  @Option(help: "Only this law; may be given several times, or as a comma list.") var law: [String] = []
  @Option(help: "Only this kind of errors; may be given several times, or as a comma list.")
  var noise: [String] = []
  @Option(help: "Rows of the data.") var rows = SeedList(argument: "60,300,3000")!
  @Option(help: "Seeds of data and searches.") var seeds = SeedList(argument: "1,2,3")!
  @Option(
    help: "Only a part of all searches, such as 0/30: every 30th of each kind, the first being number 0.")
  var share = SearchShare(argument: "0/1")!
  @OptionGroup var options: MarkedOptions

  func validate() throws {
    for count in rows.values { try Checks.generatedRows(Int(clamping: count)) }
  }

  func run() async throws {
    func names(_ given: [String]) -> [String] {
      given.flatMap { $0.split(separator: ",").map(String.init) }
    }
    let run = ChoiceRun(
      laws: try ChoiceLaws.named(names(law)), noises: try ChoiceNoise.named(names(noise)),
      rowCounts: rows.values.map { Int($0) }, seeds: seeds.values, share: share.value,
      settings: options.settings)
    var table: MarkedTable<ChoiceResult> = try options.table(
      options.settings.text.merging(["suite": "choice"]) { $1 })
    // Whether the file can be written is known before the first search, not after the last.
    try options.save(table)
    try await run.run(into: &table, jobs: options.jobs) { row, soFar in
      try options.report(row, soFar, of: run.tasks.count)
    }
    try options.show(table)
  }
}

/// A part of all searches, as in `3/29`.
struct SearchShare: ExpressibleByArgument, CustomStringConvertible {
  let value: ChoiceRun.Share

  /// The part as it is given.
  var description: String { "\(value.offset)/\(value.count)" }

  init?(argument: String) {
    let words = argument.split(separator: "/").map { Int($0) }
    guard words.count == 2, let offset = words[0], let count = words[1], offset >= 0, count > 0 else {
      return nil
    }
    value = ChoiceRun.Share(offset: offset, count: count)
  }
}
