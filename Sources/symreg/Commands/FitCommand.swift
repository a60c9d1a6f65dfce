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

    let timeLimit = options.timeLimit
    var documents: [RunDocument] = []
    var failedWrite: RunFolderError?
    var lastMiss: NoEquationError?
    for (index, dataset) in datasets.enumerated() where Interrupts.shared.status == nil {
      options.timeLimit = timeLimit.map { share(of: $0, among: datasets.count - index) }
      let place =
        datasets.count == 1 ? folder : try folder.subfolder(target: dataset.targetName, index: index)
      let session = FitSession(
        dataset: dataset, options: options, source: data.source, folder: place,
        showsProgress: output.showsProgress)
      do {
        let outcome = try await session.run()
        documents.append(outcome.document)
        failedWrite = failedWrite ?? outcome.failedWrite
      } catch let error as NoEquationError where datasets.count > 1 {
        // The other targets' results are not to be lost for it.
        Messages.warning("\(error)")
        lastMiss = error
      }
    }
    if documents.isEmpty, let lastMiss { throw lastMiss }
    if datasets.count > 1 {
      do { try folder.write(.several(documents)) } catch { failedWrite = failedWrite ?? error }
    }
    // What was found is printed first: a disk that is full must not lose it.
    try output.print(documents, isSeveral: datasets.count > 1)
    if let failedWrite { throw failedWrite }
    output.conclude(documents, of: datasets, folder: folder)
    leave(Interrupts.shared.status ?? .done)
  }

  /// The time limit for the next of `count` searches: its part of what is left of the limit for all.
  private func share(of limit: Duration, among count: Int) -> Duration {
    let used = ContinuousClock.now - ProcessStart.instant
    return count == 1 ? limit : used + max(.zero, limit - used) / count
  }
}
