/// What one run on one problem gave: a row of the tables that benchmark commands print.
public struct ProblemResult: Sendable, Hashable, Codable {
  /// Suite the problem belongs to, such as `empirical` or `feynman`.
  public var suite: String
  /// The problem's short name.
  public var problem: String
  /// Seed of the search.
  public var seed: UInt64
  /// Seed the data were generated with; nil for the committed file.
  public var dataSeed: UInt64?
  /// Whether the front has the law, exactly up to fitted constants.
  public var isSolved: Bool
  /// Whether the front has the law's form, a free constant possibly held: the published reading by eye.
  public var hasForm: Bool
  /// The solving member of the front, else the member that the run selected.
  public var expression: String
  /// Its number of nodes.
  public var complexity: Int
  /// Its loss on the data; nil where it is not finite.
  public var loss: Double?
  /// Its largest deviation from the law on the range of the data, with its constants as they are.
  public var deviationOnRange: Double?
  /// The same well beyond the range of the data.
  public var deviationBeyond: Double?
  /// Seconds from the start of the search until the law was on the front; nil where it never was.
  public var secondsToSolution: Double?
  /// Seconds the run took.
  public var seconds: Double

  enum CodingKeys: String, CodingKey {
    case suite, problem, seed, expression, complexity, loss, seconds
    case dataSeed = "data_seed"
    case isSolved = "solved"
    case hasForm = "solved_as_published"
    case deviationOnRange = "deviation_on_range"
    case deviationBeyond = "deviation_beyond"
    case secondsToSolution = "seconds_to_solution"
  }

  /// A row; values that are not finite become nil, as JSON has none.
  public init(
    suite: String, problem: String, seed: UInt64, dataSeed: UInt64? = nil, verdict: Verdict?,
    expression: String, complexity: Int, loss: Double, secondsToSolution: Double?, seconds: Double
  ) {
    self.suite = suite
    self.problem = problem
    self.seed = seed
    self.dataSeed = dataSeed
    isSolved = verdict?.isSolved ?? false
    hasForm = verdict?.hasForm ?? false
    self.expression = expression
    self.complexity = complexity
    self.loss = loss.isFinite ? loss : nil
    deviationOnRange = verdict?.deviationOnRange
    deviationBeyond = verdict?.deviationBeyond
    self.secondsToSolution = verdict?.isSolved == true ? secondsToSolution : nil
    self.seconds = seconds
  }
}
