import ArgumentParser
import Distillation
import SymbolicRegression

/// What a law of recorded messages may be made of, and when it is one.
struct LawArguments: ParsableArguments {
  @OptionGroup var columns: RecordedColumns
  @Option(
    parsing: .unconditional,
    help: "Allowed operators, separated by spaces or commas. (default: + - * / ^ exp log sqrt square)")
  var operators: String?
  @Option(
    parsing: .unconditional,
    help: "Robust R² with which messages must be a force, and a law explain them, to count as one.")
  var leastAgreement = DistillerOptions().leastAgreement
  @Option(parsing: .unconditional, help: "Largest complexity of the law, in nodes.")
  var maxSize = 20

  func validate() throws {
    guard leastAgreement >= 0, leastAgreement < 1 else {
      throw ValidationError("--least-agreement must be at least 0 and less than 1, not \(leastAgreement)")
    }
  }

  /// The recording in a file.
  func recording(_ path: String) throws -> MessageRecording { try columns.recording(path) }

  /// Options of a distillation with those of a search.
  func options(_ search: SearchOptions) throws -> DistillerOptions {
    var search = search
    if let operators { search.operators = try OperatorSet(parsing: operators) }
    search.maximumSize = maxSize
    var options = try columns.options(search)
    options.leastAgreement = leastAgreement
    return options
  }
}
