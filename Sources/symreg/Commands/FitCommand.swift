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
    output.announce(datasets)
    let folder = try output.makeFolder()

    let batch = FitBatch(
      datasets: datasets, options: options, source: data.source, folder: folder,
      showsProgress: output.showsProgress)
    let found = try await batch.run()
    // What was found is printed first: a disk that is full must not lose it.
    try output.print(found.documents, isSeveral: datasets.count > 1)
    if let failed = found.failedWrite { throw failed }
    output.conclude(found.documents, of: datasets, folder: folder)
    leave(Interrupts.shared.status ?? .done)
  }
}
