/// The nine problems of EmpiricalBench (Cranmer 2023, arXiv:2305.01582): laws that people found in data, with
/// the noise and the awkward units they found them in. No physical constant is given to the solver.
public enum EmpiricalBench {
  /// Seed of the generated data that are kept in `Datasets`: the smallest for which, in every one of them,
  /// the law fits better than the look-alikes of its own size.
  ///
  /// With 27 rows and 20 % noise that is no matter of course: for the Schechter function
  /// `log(L)·(k·L + a) + c` fits as well on average and better for seeds 0 to 3, and no search can then tell
  /// the law.
  public static let committedDataSeed: UInt64 = 4

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
