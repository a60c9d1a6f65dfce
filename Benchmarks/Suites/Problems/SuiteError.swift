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

  /// A table was made under another protocol than the run that is to go on with it; nil where it does not say.
  case otherProtocol(setting: String, now: String, before: String?)

  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .unknownProblem(let name, let known):
      "there is no problem \"\(name)\""
        + (Spelling.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ";")
        + " The suite has: "
        + (known.count > 20
          ? known.prefix(3).joined(separator: ", ") + " and \(known.count - 3) more"
          : known.joined(separator: ", "))
    case .missingFile(let problem, let folders):
      "the data of problem \"\(problem)\" are not in \(folders.joined(separator: " or ")); give the folder "
        + "with --datasets"
    case .otherProtocol(let setting, let now, let before):
      "the table was made with \(setting) = \(before ?? "(not set)"), and this run has \(now); give the same "
        + "options as then, or another file"
    case .unsuitableData(let problem, let reason):
      "the data of problem \"\(problem)\" cannot be judged: \(reason)"
    case .unreadableResults(let reason):
      "the results cannot be read: \(reason); expected a table printed with --format json"
    }
  }
}
