import Foundation
import Synchronization

/// Ctrl-C and its kin: the first one stops the search, which then saves and prints what it has; the second
/// quits.
///
/// The signals are blocked on every thread and taken by one that waits for them, so that neither a busy
/// machine nor what happens to run at that moment can delay or break the answer.
final class Interrupts: Sendable {
  /// The one of this process.
  static let shared = Interrupts()

  private struct State {
    var received: Int32?
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// The exit status that the first signal asks for; nil while there was none.
  var status: ExitStatus? { state.withLock { $0.received.map(Interrupts.status) } }

  /// Begins to take signals. Must come before any other thread is made: threads inherit which signals are
  /// blocked.
  func begin() {
    // A write then fails with an error that can be told, instead of ending the program.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var taken = sigset_t()
    sigemptyset(&taken)
    sigaddset(&taken, SIGINT)
    sigaddset(&taken, SIGTERM)
    // A run under nohup goes on when the terminal is closed.
    if !Interrupts.isIgnored(SIGHUP) { sigaddset(&taken, SIGHUP) }
    pthread_sigmask(SIG_BLOCK, &taken, nil)
    let waited = taken
    Thread.detachNewThread { [self] in
      var waited = waited
      while true {
        var number: Int32 = 0
        if sigwait(&waited, &number) == 0 { take(number) }
      }
    }
  }

  /// Runs `work` with `stop` as what the first signal does; if one has come already, `stop` is called at
  /// once.
  func whileStoppable<Result>(by stop: @escaping @Sendable () -> Void, _ work: () async throws -> Result)
    async rethrows -> Result
  {
    let isStopped = state.withLock { state in
      state.stop = stop
      return state.received != nil
    }
    if isStopped { stop() }
    // The handler stays: between the end of the search and that of the program a signal must not cut off the
    // saving.
    return try await work()
  }

  private func take(_ number: Int32) {
    let (isFirst, stop) = state.withLock { state in
      let isFirst = state.received == nil
      if isFirst { state.received = number }
      return (isFirst, state.stop)
    }
    guard isFirst, let stop else { _exit(Interrupts.status(number).rawValue) }
    stop()
  }

  private static func status(_ number: Int32) -> ExitStatus {
    switch number {
    case SIGTERM: .terminated
    case SIGHUP: .hungUp
    default: .interrupted
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // SIG_IGN is 1; functions cannot be compared.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
