import Dispatch
import Foundation

/// The time a search has, measured from the moment its options name as the start.
final class SearchClock {
  private let start: UInt64
  private let limit: UInt64?

  init(options: SearchOptions) {
    let already = ContinuousClock.Instant.now - options.startedAt
    start = StopSignal.now() &- SearchClock.nanoseconds(already)
    limit = options.timeLimit.map(SearchClock.nanoseconds)
  }

  private static func nanoseconds(_ duration: Duration) -> UInt64 {
    let parts = duration.components
    guard parts.seconds >= 0, parts.seconds < 1_000_000_000 else { return parts.seconds < 0 ? 0 : 1 << 60 }
    return UInt64(parts.seconds) * 1_000_000_000 + UInt64(max(0, parts.attoseconds) / 1_000_000_000)
  }

  /// Seconds since the start.
  var elapsed: Double { Double(StopSignal.now() &- start) * 1e-9 }

  /// Seconds until the limit; nil without one.
  var secondsLeft: Double? { limit.map { max(0, Double($0) * 1e-9 - elapsed) } }

  /// Uptime at which evolution has to end so that the front can still be polished, in nanoseconds.
  ///
  /// - Parameter rows: rows the search learns from: polishing passes over all of them, some hundred times.
  func searchDeadline(rows: Int) -> UInt64 {
    guard let limit else { return .max }
    let whole = Double(limit) * 1e-9
    let kept = min(0.08 * whole, 2, 0.3 + 2e-4 * Double(rows))
    return start &+ UInt64(max(0, whole - kept) * 1e9)
  }

  /// Moves the deadline to the end of the time, less what printing takes; a search that was interrupted gets
  /// half a second.
  func beginFinishing(_ stop: StopSignal) {
    let printing: UInt64 = 30_000_000
    var deadline = limit.map { start &+ ($0 > 2 * printing ? $0 - printing : $0 / 2) } ?? .max
    if stop.isRequested { deadline = min(deadline, StopSignal.now() + 500_000_000) }
    stop.setDeadline(deadline)
  }

  /// The largest part of any stop rule that is used up; nil without rules.
  func fractionDone(epoch: Int, evaluations: Int, options: SearchOptions) -> Double? {
    var parts: [Double] = []
    if let limit, limit > 0 { parts.append(elapsed / (Double(limit) * 1e-9)) }
    if let iterations = options.iterations, iterations > 0 {
      parts.append(Double(epoch) / Double(iterations))
    }
    if let most = options.maximumEvaluations, most > 0 { parts.append(Double(evaluations) / Double(most)) }
    return parts.max().map { min(1, $0) }
  }
}

/// Decides when progress is worth telling.
struct ProgressReporter {
  private var last = 0.0
  private var lastEvaluations = 0
  private var lastVolume = Double.infinity
  private let origin = StopSignal.now()

  /// Candidates per second since the last report, or nil when it is too early for another.
  mutating func next(evaluations: Int, hallVolume: Double, force: Bool) -> Double? {
    let now = Double(StopSignal.now() - origin) * 1e-9
    let due = hallVolume != lastVolume ? 0.1 : 0.5
    guard force || now - last >= due else { return nil }
    let pace = Double(evaluations - lastEvaluations) / max(now - last, 1e-9)
    last = now
    lastEvaluations = evaluations
    lastVolume = hallVolume
    return pace
  }
}
