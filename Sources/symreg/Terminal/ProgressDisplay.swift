import Foundation
import Reports
import SymbolicRegression

/// The front as it grows, redrawn in place on the terminal that standard error is.
///
/// The cursor is never hidden and every frame is one write that leaves it at the end of a line, so that the
/// terminal is in order however the program ends.
final class ProgressDisplay {
  private var drawn: [Int] = []
  private var lastDraw: ContinuousClock.Instant?

  /// A display, or nil where standard error is no terminal that can be redrawn.
  init?() {
    let kind = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
    guard TerminalSize.of(STDERR_FILENO) != nil, kind != "dumb" else { return nil }
  }

  /// Shows where the search stands, at most ten times a second.
  func show(_ progress: SearchProgress) {
    if let lastDraw, .now - lastDraw < .milliseconds(100) { return }
    lastDraw = .now
    guard let size = TerminalSize.of(STDERR_FILENO) else { return }
    // One column is left free: a terminal may wrap when the last one is filled.
    let lines = ProgressFrame.lines(progress, width: max(1, size.columns - 1), height: max(1, size.rows - 1))
    Messages.raw(erasing(at: size) + lines.map { $0 + "\n" }.joined())
    drawn = lines.map(DisplayWidth.of)
  }

  /// Takes the display off the screen.
  func clear() {
    guard !drawn.isEmpty, let size = TerminalSize.of(STDERR_FILENO) else { return }
    Messages.raw(erasing(at: size))
    drawn = []
  }

  /// The sequence that goes back to the beginning of the last frame and erases from there. A terminal that
  /// has become narrower since has wrapped the frame's lines: each counts as many rows as it now takes.
  private func erasing(at size: TerminalSize) -> String {
    guard !drawn.isEmpty else { return "" }
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + size.columns - 1) / size.columns) }
    return "\r\u{1B}[\(min(rows, size.rows - 1))A\u{1B}[J"
  }
}
