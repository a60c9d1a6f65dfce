import Evaluation
import Expressions
import Reports
import Search
import Tables

/// Finds equations that explain the target of a data set.
///
/// ```swift
/// let data = try Dataset(contentsOf: "Datasets/hubble.csv", target: "velocity")
/// let search = SymbolicRegressor(operators: "+ - * / exp", timeLimit: .seconds(20), seed: 1)
/// let run = try await search.fit(data)
/// print(run.best)
/// let predicted = try run.best.predict(data)
/// ```
public struct SymbolicRegressor: Sendable {
  /// Everything that shapes the search; change it before ``fit(_:)``.
  public var options: SearchOptions
  private let operatorError: OperatorError?
  private let hub = EventHub()

  /// A search with these settings and the defaults of ``SearchOptions`` for the others.
  ///
  /// - Parameters:
  ///   - operators: the allowed operators, for example `"+ - * / exp"`; ``fit(_:)`` throws when the list
  ///     cannot be read.
  ///   - timeLimit: the longest a fit may take, counted from the call; nil for no limit. A fit also ends when
  ///     its front has stopped improving, see ``SearchOptions/stopsWhenConverged``.
  ///   - seed: makes the result repeatable, unless the clock ends the search; nil draws one.
  public init(
    operators: String = OperatorSet.standard.description, timeLimit: Duration? = .seconds(60),
    seed: UInt64? = nil
  ) {
    options = SearchOptions(seed: seed)
    options.timeLimit = timeLimit
    do {
      options.operators = try OperatorSet(parsing: operators)
      operatorError = nil
    } catch {
      operatorError = error
    }
  }

  /// A search with exactly these options.
  public init(options: SearchOptions) {
    self.options = options
    operatorError = nil
  }

  /// Progress of the fits that are under way or begin later. Every access makes a stream of its own, which
  /// ends with the next fit that ends; a slow reader misses older events, never the last.
  public var events: AsyncStream<SearchEvent> { hub.stream() }

  /// Searches for equations that explain the target of `dataset`.
  ///
  /// When the task is cancelled the search stops within a fraction of a second and what it found so far is
  /// returned; ``Run/stopReason`` is then ``StopReason/interrupted``.
  ///
  /// - Throws: ``OperatorError`` or ``SearchOptionsError`` for settings that cannot be used,
  ///   ``NoEquationError`` when no candidate has a finite loss.
  public func fit(_ dataset: Dataset) async throws -> Run {
    defer { hub.finish() }
    if let operatorError { throw operatorError }
    var options = options
    options.startedAt = .now
    let search = try Search(dataset, options: options)
    let hub = hub
    let forwarding = Task { for await event in search.events { hub.send(event) } }
    let result = await search.run()
    await forwarding.value
    return try Run(result, heading: RunHeading(dataset, options: options))
  }
}
