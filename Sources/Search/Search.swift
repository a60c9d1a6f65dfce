import Dispatch
import Evaluation
import Foundation
import Synchronization
import Tables

/// A search for equations, run once.
///
/// ```swift
/// let search = try Search(dataset, options: options)
/// Task { for await event in search.events { print(event) } }
/// let result = await search.run()
/// ```
public final class Search: Sendable {
  /// Events as they happen, for one reader. The newest are kept for a reader that is slow; the stream ends
  /// with the search.
  public let events: AsyncStream<SearchEvent>
  private let continuation: AsyncStream<SearchEvent>.Continuation
  private let dataset: Dataset
  private let options: SearchOptions
  private let resumed: SearchCheckpoint?
  private let signal = StopSignal()
  private let newest = Mutex<SearchCheckpoint?>(nil)

  /// A search for equations that explain the target of `dataset`.
  ///
  /// - Parameters:
  ///   - dataset: the rows to explain.
  ///   - options: what shapes the search.
  ///   - checkpoint: where an earlier search of the same data stopped; nil to begin anew.
  /// - Throws: ``SearchOptionsError`` for an option outside its range.
  public init(
    _ dataset: Dataset, options: SearchOptions, resuming checkpoint: SearchCheckpoint? = nil
  ) throws(SearchOptionsError) {
    try options.validate()
    self.dataset = dataset
    self.options = options
    resumed = checkpoint
    (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
  }

  /// Searches until a stop rule holds or the task is cancelled; then, too, what was found so far is returned.
  public func run() async -> SearchResult {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (waiting: CheckedContinuation<SearchResult, Never>) in
        // A thread of Dispatch's: a search blocks its thread for as long as it runs.
        DispatchQueue.global(qos: .userInitiated).async { waiting.resume(returning: self.runBlocking()) }
      }
    } onCancel: {
      stop()
    }
  }

  /// The same on the calling thread, for programs without an event loop.
  public func runBlocking() -> SearchResult {
    let centring = Centring(dataset)
    let engine = SearchEngine(
      dataset: centring.centred(dataset), options: options, stop: signal, checkpoint: resumed,
      centring: centring, emit: { self.continuation.yield(centring.restored($0, options: self.options)) },
      keep: { checkpoint in self.newest.withLock { $0 = checkpoint } })
    let result = centring.restored(engine.run(), on: dataset)
    continuation.finish()
    return result
  }

  /// Asks the search to stop soon; ``run()`` then returns what was found. May be called from any thread.
  public func stop() { signal.request() }

  /// The newest state from which the search could go on; nil before the first is taken. Taken every few
  /// seconds.
  public var checkpoint: SearchCheckpoint? { newest.withLock { $0 } }
}
