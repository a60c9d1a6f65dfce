import Foundation

/// The size of a terminal in characters.
struct TerminalSize: Equatable {
  let columns: Int
  let rows: Int

  /// The size of the terminal behind `descriptor`; nil when it is none, or one that cannot move its cursor.
  static func of(_ descriptor: Int32) -> TerminalSize? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return TerminalSize(columns: 80, rows: 24)
    }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
