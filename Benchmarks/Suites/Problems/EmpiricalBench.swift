/// The nine problems of EmpiricalBench (Cranmer 2023, arXiv:2305.01582): laws that people found in data, with the
/// noise and the awkward units they found them in. No physical constant is given to the solver.
public enum EmpiricalBench {
  /// All problems, in the order of the paper.
  public static let problems: [Problem] = [
    hubble, kepler, newton, planck, leavitt, schechter, bode, idealGas, rydberg,
  ]

  /// The problem called `key`.
  ///
  /// - Throws: ``SuiteError/unknownProblem(_:known:)``.
  public static func problem(_ key: String) throws(SuiteError) -> Problem {
    guard let problem = problems.first(where: { $0.key == key }) else {
      throw .unknownProblem(key, known: problems.map(\.key))
    }
    return problem
  }
}
