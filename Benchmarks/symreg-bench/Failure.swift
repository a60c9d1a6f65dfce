import ArgumentParser
import Foundation
import Search
import Suites
import Tables

/// An error of this program itself, with its exit status (sysexits.h).
struct Failure: Error {
  /// Exit status.
  let status: Int32
  /// What went wrong, and the remedy.
  let text: String

  static func usage(_ text: String) -> Failure { Failure(status: 64, text: text) }
  static func missingFile(_ text: String) -> Failure { Failure(status: 66, text: text) }
  static func cannotWrite(_ path: String, _ error: any Error) -> Failure {
    Failure(
      status: 73,
      text:
        "cannot write \(path): \(error.localizedDescription); check the path, its permissions and the free "
        + "space")
  }

  /// Says what went wrong on standard error and ends the program.
  static func exit(for error: any Error) -> Never {
    let failure: Failure
    switch error {
    case let error as Failure: failure = error
    case let error as SuiteError: failure = Failure(status: status(of: error), text: error.description)
    case let error as DataError:
      failure = Failure(status: status(of: error), text: error.description)
    case let error as SearchOptionsError: failure = .usage(error.description)
    // Help and mistakes in the arguments: the parser has the texts, and 64 for the latter.
    default: SymregBench.exit(withError: error)
    }
    Output.message("error: " + failure.text)
    Foundation.exit(failure.status)
  }

  private static func status(of error: DataError) -> Int32 {
    switch error {
    case .unreadable, .readFailed: 66
    default: 65
    }
  }

  private static func status(of error: SuiteError) -> Int32 {
    switch error {
    case .unknownProblem, .otherProtocol: 64
    case .missingFile: 66
    case .unsuitableData, .unreadableResults: 65
    }
  }
}
