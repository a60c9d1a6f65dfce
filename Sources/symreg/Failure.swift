import ArgumentParser
import Distillation
import Foundation
import ImportedNetworks
import Networks
import SymbolicRegression
import Worlds

/// An error of the command line itself, with the status it ends the program with.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  /// Says what went wrong on standard error and ends the program.
  static func exit(for error: any Error) -> Never {
    guard let status = status(of: error) else {
      // Help, version and mistakes in the arguments: the parser has the texts, and 64 for the latter.
      SymregCommand.exit(withError: error)
    }
    Messages.error("\(error)")
    if status == .internalError {
      Messages.line("This is a fault of symreg; please report it with the command that led to it.")
    }
    leave(status)
  }

  /// The status that belongs to `error`; nil for errors of the argument parser.
  private static func status(of error: any Error) -> ExitStatus? {
    switch error {
    case let error as Failure: error.status
    case let error as DataError: ExitStatus(rawValue: error.exitCode) ?? .badData
    case is OperatorError, is LossError, is FormulaSyntaxError, is SearchOptionsError: .usage
    case is PredictionError, is NoEquationError: .badData
    case is RunFolderError: .cannotCreate
    case let error as ArrayFileError: fileStatus(of: error)
    case let error as WorldError:
      switch error {
      case .setting, .tooLarge: .usage
      case .stuck, .noSimulation, .noTrajectory: .badData
      case .file(let error): fileStatus(of: error)
      }
    case let error as NetworkError:
      switch error {
      case .badSetting: .usage
      case .otherTraining: .cannotCreate
      case .badEdge, .badShape, .notFiniteData, .diverged, .badModel: .badData
      }
    case is RecordingError, is MassRefitError: .badData
    case let error as ImportedNetworkError: error.isUnreadable ? .noInput : .badData
    case let error as DistillationError:
      switch error {
      case .recording, .search: .badData
      case .derivation: .usage
      }
    case let error as SymbolicModelError:
      switch error {
      case .expression, .unknownColumn, .setting, .learnedMasses: .usage
      case .space, .states, .notFinite, .stuck: .badData
      }
    case let error as RunFileError:
      switch error {
      case .missing, .noRunInFolder, .unreadable: .noInput
      case .damaged, .otherSchema: .badData
      }
    case is ExitCode, is ValidationError, is CleanExit: nil
    default: isFromParser(error) ? nil : .internalError
    }
  }

  private static func fileStatus(of error: ArrayFileError) -> ExitStatus {
    if error.isUnreadable { return .noInput }
    return error.isUnwritable ? .cannotCreate : .badData
  }

  // The parser's other errors are of types it does not export.
  private static func isFromParser(_ error: any Error) -> Bool {
    String(reflecting: type(of: error)).hasPrefix("ArgumentParser")
  }
}
