/// How the program ends, in the numbers of sysexits.h.
enum ExitStatus: Int32 {
  case done = 0
  /// `equal`: the expressions are different.
  case different = 1
  /// `equal`: it could not be decided.
  case undecided = 2
  /// Unknown flag, operator, loss; unreadable expression.
  case usage = 64
  /// Data that cannot be used.
  case badData = 65
  /// A file that is not there.
  case noInput = 66
  /// A fault of this program.
  case internalError = 70
  /// A file or stream that cannot be written.
  case cannotCreate = 73
  /// The terminal was closed; everything is saved.
  case hungUp = 129
  /// Ctrl-C; everything is saved.
  case interrupted = 130
  /// Asked to end; everything is saved.
  case terminated = 143
}
