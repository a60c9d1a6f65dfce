import SymbolicRegression

/// Searches for several targets, one after the other, which share a time limit and a run folder.
struct FitBatch: Sendable {
  /// What a batch leaves.
  struct Outcome {
    /// A document for each target for which there is an equation.
    var documents: [RunDocument] = []
    /// Why the run folder is not complete, if so.
    var failedWrite: RunFolderError?
  }

  let datasets: [Dataset]
  let options: SearchOptions
  let source: DataSource
  let folder: RunFolder
  let showsProgress: Bool

  /// Runs them all.
  ///
  /// - Throws: `NoEquationError` when there is an equation for none.
  func run() async throws -> Outcome {
    var outcome = Outcome()
    var lastMiss: NoEquationError?
    for (index, dataset) in datasets.enumerated() where Interrupts.shared.status == nil {
      var options = self.options
      options.timeLimit = options.timeLimit.map { share(of: $0, among: datasets.count - index) }
      let place =
        datasets.count == 1 ? folder : try folder.subfolder(target: dataset.targetName, index: index)
      let session = FitSession(
        dataset: dataset, options: options, source: source, folder: place, showsProgress: showsProgress)
      do {
        let found = try await session.run()
        outcome.documents.append(found.document)
        outcome.failedWrite = outcome.failedWrite ?? found.failedWrite
      } catch let error as NoEquationError where datasets.count > 1 {
        // The other targets' results are not to be lost for it.
        Messages.warning("\(error)")
        lastMiss = error
      }
    }
    if outcome.documents.isEmpty, let lastMiss { throw lastMiss }
    if datasets.count > 1 {
      do {
        try folder.write(.several(outcome.documents))
      } catch {
        outcome.failedWrite = outcome.failedWrite ?? error
      }
    }
    return outcome
  }

  /// The time limit for the next of `count` searches: its part of what is left of the limit for all.
  private func share(of limit: Duration, among count: Int) -> Duration {
    let used = ContinuousClock.now - ProcessStart.instant
    return count == 1 ? limit : used + max(.zero, limit - used) / count
  }
}

extension OutputArguments {
  /// Searches for all targets, keeps and prints what is found, and says how it ended.
  ///
  /// - Throws: `NoEquationError` when there is an equation for none, `RunFolderError` when it cannot be kept.
  func search(_ datasets: [Dataset], options: SearchOptions, source: DataSource) async throws {
    announce(datasets)
    let folder = try makeFolder()
    let batch = FitBatch(
      datasets: datasets, options: options, source: source, folder: folder, showsProgress: showsProgress)
    let found = try await batch.run()
    // What was found is printed first: a disk that is full must not lose it.
    try print(found.documents, isSeveral: datasets.count > 1)
    if let failed = found.failedWrite { throw failed }
    conclude(found.documents, of: datasets, folder: folder)
  }
}
