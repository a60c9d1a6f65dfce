import Foundation
import Synchronization

/// One line on the terminal that standard error is, which says how far something is. Any thread may change
/// it.
final class ProgressLine: Sendable {
  private struct State {
    var last: ContinuousClock.Instant?
    var isCleared = false
  }

  private let state = Mutex(State())

  /// A line, or nil where standard error is no terminal whose lines can be changed.
  init?() {
    let kind = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
    guard TerminalSize.of(STDERR_FILENO) != nil, kind != "dumb" else { return nil }
  }

  /// Shows `text` in place of what stood there, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    state.withLock { state in
      if state.isCleared { return }
      if let last = state.last, .now - last < .milliseconds(100) { return }
      state.last = .now
      Messages.raw("\r\u{1B}[K" + text().prefix(max(1, (TerminalSize.of(STDERR_FILENO)?.columns ?? 80) - 1)))
    }
  }

  /// Takes the line off the screen, for good.
  func clear() {
    state.withLock { state in
      state.isCleared = true
      if state.last != nil { Messages.raw("\r\u{1B}[K") }
    }
  }
}
