import Foundation
import Search
import Synchronization

/// Keeps a run folder up to date while a search runs, on a thread of its own so that a slow disk delays
/// nothing.
public final class RunRecorder: Sendable {
  private struct State {
    var lastWrite: ContinuousClock.Instant?
    var isWriting = false
    var front: [RunMember] = []
    var iterations = -1
  }

  private let folder: RunFolder
  private let interval: Duration
  private let queue = DispatchQueue(label: "symreg.recorder", qos: .userInitiated)
  private let state = Mutex(State())

  /// A recorder that writes into `folder`, at most once in `interval`.
  public init(folder: RunFolder, interval: Duration = .seconds(2)) {
    self.folder = folder
    self.interval = interval
  }

  /// Takes note of where the search stands; writes it if the last write is `interval` ago and something has
  /// changed.
  ///
  /// A write that fails is left for the next time: the search goes on, and ``finish(_:checkpoint:)`` tells.
  public func record(
    iterations: Int, document: @escaping @Sendable () -> RunDocument,
    checkpoint: @escaping @Sendable () -> (any Encodable)?
  ) {
    let isDue = state.withLock { state in
      if state.isWriting || state.lastWrite.map({ .now - $0 < interval }) ?? false { return false }
      state.isWriting = true
      return true
    }
    guard isDue else { return }
    queue.async { [self] in
      let document = document()
      let (isNewFront, isNewEpoch) = state.withLock {
        ($0.front != document.front, $0.iterations != iterations)
      }
      let written = Result {
        if isNewFront { try folder.write(document) }
        if isNewEpoch, let checkpoint = checkpoint() { try folder.write(checkpoint: checkpoint) }
      }
      state.withLock { state in
        state.isWriting = false
        state.lastWrite = .now
        guard case .success = written else { return }
        state.front = document.front
        state.iterations = iterations
      }
    }
  }

  /// Writes the end of the run, after any write that is under way.
  ///
  /// - Throws: ``RunFolderError``.
  public func finish(_ document: RunDocument, checkpoint: (any Encodable)?) throws(RunFolderError) {
    let result = queue.sync { () -> Result<Void, RunFolderError> in
      Result { () throws(RunFolderError) in
        try folder.write(document)
        if let checkpoint { try folder.write(checkpoint: checkpoint) }
      }
    }
    try result.get()
  }
}
