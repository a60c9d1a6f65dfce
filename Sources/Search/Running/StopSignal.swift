import Dispatch
import Synchronization

/// Tells workers to stop: because somebody asked, or because the time is up.
///
/// Workers ask between candidates, so a search of any data set stops within the time of one evaluation.
final class StopSignal: Sendable {
  private let asked = Atomic<Bool>(false)
  private let deadline: Atomic<UInt64>

  /// A signal without a deadline.
  init() { deadline = Atomic(.max) }

  /// Asks the workers to stop.
  func request() { asked.store(true, ordering: .relaxed) }

  /// Whether somebody asked.
  var isRequested: Bool { asked.load(ordering: .relaxed) }

  /// Sets the deadline, in nanoseconds of the system's uptime.
  func setDeadline(_ nanoseconds: UInt64) { deadline.store(nanoseconds, ordering: .relaxed) }

  /// Whether the deadline has passed.
  var isPastDeadline: Bool { StopSignal.now() >= deadline.load(ordering: .relaxed) }

  /// Whether to stop now, for either reason.
  func isDue() -> Bool { isRequested || isPastDeadline }

  /// Nanoseconds of the system's uptime.
  static func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
}
