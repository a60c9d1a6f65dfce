import ArgumentParser
import SymbolicRegression

/// `symreg fit`.
struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Search for equations.",
    discussion: """
      Prints the front, from simple to complex, and keeps it in a run folder. Without a stop rule the search \
      ends when its front no longer improves, after a minute at the latest. PySR's names for the options \
      work too.
      """)

  @OptionGroup(title: "Data") var data: DataArguments
  @OptionGroup(title: "Search space") var space: SpaceArguments
  @OptionGroup(title: "Stop rules, whichever comes first") var stop: StopArguments
  @OptionGroup(title: "Search") var search: SearchArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  func run() async throws {
    var options = SearchOptions()
    try space.apply(to: &options)
    try stop.apply(to: &options)
    search.apply(to: &options)
    try options.validate()
    let datasets = try data.datasets()
    try await output.search(datasets, options: options, source: data.source)
    leave(Interrupts.shared.status ?? .done)
  }
}
