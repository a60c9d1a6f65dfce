import Expressions

/// What can be wrong with a request to a benchmark suite.
public enum SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No problem of the suite has this name.
  case unknownProblem(String, known: [String])
  /// A problem's data do not fit its law: what is wrong.
  case unsuitableData(problem: String, reason: String)
  /// A problem's committed data are in none of the folders.
  case missingFile(problem: String, folders: [String])
  /// Two tables, or a table and this program, do not fit together: what is wrong.
  case unreadableResults(reason: String)

  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .unknownProblem(let name, let known):
      "there is no problem \"\(name)\""
        + (Spelling.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ";")
        + " The suite has: " + known.joined(separator: ", ")
    case .missingFile(let problem, let folders):
      "the data of problem \"\(problem)\" are not in \(folders.joined(separator: " or ")); give the folder "
        + "with --datasets"
    case .unsuitableData(let problem, let reason):
      "the data of problem \"\(problem)\" cannot be judged: \(reason)"
    case .unreadableResults(let reason):
      "the results cannot be read: \(reason); expected a table printed with --format json"
    }
  }
}
