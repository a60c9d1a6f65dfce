/// A suite of laws with known constants.
public enum GroundTruthSuite: String, Sendable, CaseIterable, Codable {
  /// One hundred equations of the Feynman lectures.
  case feynman
  /// Fourteen rates of change of seven dynamical systems.
  case strogatz

  /// The problems, in the order in which they were published.
  public var problems: [GroundTruthProblem] {
    switch self {
    case .feynman: Feynman.problems
    case .strogatz: Strogatz.problems
    }
  }

  /// Rows of a data set unless another number is asked for.
  public var defaultRowCount: Int {
    switch self {
    case .feynman: 1000
    case .strogatz: 400
    }
  }

  /// The operators every problem of a suite is searched with unless others are asked for: those of all its
  /// laws together, so that none is told anything by them.
  public static let defaultOperators = "+ - * / ^ exp log sqrt square sin cos tanh asin acos"

  /// The problems of the given names, in the order of the suite; all when none is named.
  ///
  /// - Throws: ``SuiteError/unknownProblem(_:known:)``.
  public func problems(_ names: [String]) throws(SuiteError) -> [GroundTruthProblem] {
    let all = problems
    guard !names.isEmpty else { return all }
    let known = all.map(\.key)
    for name in names where !known.contains(name) { throw .unknownProblem(name, known: known) }
    return all.filter { names.contains($0.key) }
  }
}
