import SymbolicRegression

/// One search from the command line: stoppable, watched, and recorded in a folder while it runs.
struct FitSession: Sendable {
  /// What a session leaves.
  struct Outcome {
    let document: RunDocument
    /// Why the run folder is not complete, if so.
    let failedWrite: RunFolderError?
  }

  let dataset: Dataset
  let options: SearchOptions
  let source: DataSource
  let folder: RunFolder
  let showsProgress: Bool

  func run() async throws -> Outcome {
    let heading = RunHeading(dataset, options: options, source: source)
    let search = try Search(dataset, options: options)
    let recorder = RunRecorder(folder: folder)
    let showsProgress = showsProgress
    let watching = Task {
      let display = showsProgress ? ProgressDisplay() : nil
      for await event in search.events {
        guard case .progress(let progress) = event, !progress.front.isEmpty else { continue }
        display?.show(progress)
        recorder.record(
          iterations: progress.iterations, document: { RunDocument(heading, progress) },
          checkpoint: { search.checkpoint })
      }
      display?.clear()
    }
    let result = await Interrupts.shared.whileStoppable(by: { search.stop() }) { await search.run() }
    await watching.value
    let run = try Run(result, heading: heading)
    do throws(RunFolderError) {
      try recorder.finish(run.document, checkpoint: search.checkpoint)
    } catch {
      return Outcome(document: run.document, failedWrite: error)
    }
    return Outcome(document: run.document, failedWrite: nil)
  }
}
