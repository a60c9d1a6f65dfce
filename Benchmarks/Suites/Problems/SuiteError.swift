/// What can be wrong with a request to a benchmark suite.
public enum SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No problem of the suite has this name.
  case unknownProblem(String, known: [String])
  /// A problem's data do not fit its law: what is wrong.
  case unsuitableData(problem: String, reason: String)
  /// Two tables, or a table and this program, do not fit together: what is wrong.
  case unreadableResults(reason: String)

  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .unknownProblem(let name, let known):
      "there is no problem \"\(name)\"; the suite has: " + known.joined(separator: ", ")
    case .unsuitableData(let problem, let reason):
      "the data of problem \"\(problem)\" cannot be judged: \(reason)"
    case .unreadableResults(let reason):
      "the results cannot be read: \(reason); expected a table printed with --format json"
    }
  }
}
