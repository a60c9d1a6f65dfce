import Foundation

/// What a running search tells those who watch it.
public enum SearchEvent: Sendable {
  /// The search has begun, on this many training rows with this seed.
  case started(rows: Int, seed: UInt64)
  /// Where the search stands; sent when the front has changed and at least about twice a second.
  case progress(SearchProgress)
  /// The search has ended; no event follows.
  case finished(StopReason)
}

/// Where a search stands.
public struct SearchProgress: Sendable {
  /// Seconds since the search's start.
  public let elapsed: Double
  /// Candidates evaluated so far.
  public let evaluations: Int
  /// Candidates evaluated per second since the last report.
  public let evaluationsPerSecond: Double
  /// Finished epochs.
  public let iterations: Int
  /// Part of the nearest stop rule that is used up, 0 to 1; nil where no rule tells.
  public let fractionDone: Double?
  /// Seconds until the clock stops the search; nil without a time limit.
  public let secondsLeft: Double?
  /// The front so far, from simple to complex. Its constants' standard errors are not worked out yet.
  public internal(set) var front: [Equation]
  /// Index into `front` of the member that would be chosen now.
  public internal(set) var best: Int
}

/// Why a search ended.
public enum StopReason: String, Sendable, Codable {
  /// The front stopped improving, or fits to rounding error.
  case converged
  /// The time limit was reached.
  case timeout
  /// The asked number of epochs is done.
  case iterations
  /// The asked number of candidates is done.
  case evaluations
  /// The task was cancelled, or `stop()` called.
  case interrupted
}

/// What a search found.
public struct SearchResult: Sendable {
  /// From simple to complex; the loss falls strictly.
  public internal(set) var front: [Equation]
  /// Index into `front` of the chosen member.
  public internal(set) var best: Int
  /// Why the search ended.
  public let stopReason: StopReason
  /// What was done: candidates evaluated, constants fitted.
  public let work: SearchWork
  /// Epochs that were finished on every island.
  public let iterations: Int
  /// Seconds since the search's start.
  public let elapsed: Double
  /// Rows the search learned from; those held out for validation are not counted.
  public let rows: Int
  /// The options of the search, the seed among them.
  public let options: SearchOptions
  /// How the errors of the target behave; nil where the loss is not the squared one.
  public let noise: NoiseSummary?
  /// What is to be said of the result: how errors behave, which member is as good, rows that are far off.
  public let notes: [String]

  /// Candidates that were evaluated.
  public var evaluations: Int { work.evaluations }
}
