import Evaluation
import Foundation
import Tables

/// A search for equations, run once.
public final class Search: Sendable {
  /// Events as they happen; one reader. The stream ends with the search.
  public let events: AsyncStream<SearchEvent>
  private let dataset: Dataset
  private let options: SearchOptions
  private let continuation: AsyncStream<SearchEvent>.Continuation

  /// A search for equations that explain the target of `dataset`.
  ///
  /// - Throws: ``SearchOptionsError`` for an option outside its range.
  public init(_ dataset: Dataset, options: SearchOptions) throws(SearchOptionsError) {
    try options.validate()
    self.dataset = dataset
    self.options = options
    (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
  }

  /// Searches until a stop rule holds or the task is cancelled, in which case what was found so far is returned.
  public func run() async -> SearchResult { fatalError() }

  /// Asks the search to stop soon; `run()` returns what was found. May be called from any thread, also a signal's.
  public func stop() {}
}
