import ArgumentParser
import Foundation

/// The program's beginning: arguments in, exit status out.
@main
enum Program {
  static func main() async {
    // The clock of --timeout runs from here, so that reading the data counts.
    ProcessStart.mark()
    Interrupts.shared.begin()
    let arguments = ArgumentSpelling.canonical(Array(CommandLine.arguments.dropFirst()))
    do {
      try UnknownCommand.check(arguments)
      var command = try SymregCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Failure.exit(for: error)
    }
    leave(.done)
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
