import Tables

/// The rows of a problem that one run is given.
public struct ProblemData: Sendable {
  /// The problem.
  public let problem: Problem
  /// The rows, features in the problem's order.
  public let dataset: Dataset
  /// The seed that made the rows; nil for the committed file.
  public let dataSeed: UInt64?

  /// The committed file, or with `seed` fresh rows where the problem's data are generated.
  ///
  /// - Throws: ``SuiteError/missingFile(problem:folders:)``, or `DataError` for a file that cannot be used.
  public init(_ problem: Problem, seed: UInt64? = nil, folder: DatasetFolder = DatasetFolder()) throws {
    self.problem = problem
    if let seed, let rows = problem.generatedRows(seed: seed) {
      dataSeed = seed
      let features = problem.features.enumerated().map { index, name in (name, rows.map { $0[index] }) }
      dataset = try Dataset(
        features: features, target: (problem.target, rows.map { $0[$0.count - 1] }), name: problem.key)
    } else {
      dataSeed = nil
      dataset = try Dataset(
        contentsOf: folder.path(of: problem), target: problem.target, features: problem.features)
    }
  }

  /// The features of each row.
  public var rows: [[Double]] {
    (0..<dataset.rowCount).map { row in dataset.features.map { $0[row] } }
  }

  /// A judge of what is found in these rows.
  ///
  /// - Throws: ``SuiteError/unsuitableData(problem:reason:)``.
  public func judge() throws(SuiteError) -> Judge {
    try Judge(problem, rows: rows, targets: dataset.target.array, evaluate: RowEvaluator().values)
  }
}

extension GroundTruthData {
  /// A judge of what is found in these rows.
  public func judge() -> ExactJudge { ExactJudge(self, evaluate: RowEvaluator().values) }
}
