import ArgumentParser
import Foundation

/// The program's beginning: arguments in, exit status out.
@main
enum Program {
  // Not `async`: only what runs before the first task is certain to be on the first thread, from which all
  // others inherit which signals are blocked.
  static func main() {
    // The clock of --timeout runs from here, so that reading the data counts.
    ProcessStart.mark()
    Interrupts.shared.begin()
    Task.detached {
      do {
        try await run(ArgumentSpelling.canonical(Array(CommandLine.arguments.dropFirst())))
      } catch {
        Failure.exit(for: error)
      }
      leave(.done)
    }
    while true { pause() }
  }

  private static func run(_ arguments: [String]) async throws {
    try UnknownCommand.check(arguments)
    var command = try SymregCommand.parseAsRoot(arguments)
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  }
}

/// The moment at which the program began.
enum ProcessStart {
  /// When ``mark()`` was first called.
  static let instant = ContinuousClock.now

  /// Fixes ``instant``.
  static func mark() { _ = instant }
}

/// Ends the program at once: freeing a million rows, one by one, is time nobody asked for.
func leave(_ status: ExitStatus) -> Never {
  fflush(nil)
  _exit(status.rawValue)
}
