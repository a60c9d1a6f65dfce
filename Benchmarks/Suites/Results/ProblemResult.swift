import Search

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
  /// Standard deviation of the noise on the target, relative to its root mean square; nil where a suite has
  /// no levels of noise.
  public var noise: Double?
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
  /// Seconds of processor time the run took, the search's own watchers included; nil where several runs at a
  /// time share the count. On a busy machine it tells how much of the time limit a run was given.
  public var processorSeconds: Double?
  /// How the solving member was shown to be the law; nil where there is none.
  public var proof: Verdict.Proof?
  /// Why the run ended; nil in tables that do not say.
  public var stopReason: String?

  enum CodingKeys: String, CodingKey {
    case suite, problem, seed, noise, expression, complexity, loss, seconds, proof
    case dataSeed = "data_seed"
    case isSolved = "solved"
    case hasForm = "solved_as_published"
    case deviationOnRange = "deviation_on_range"
    case deviationBeyond = "deviation_beyond"
    case secondsToSolution = "seconds_to_solution"
    case stopReason = "stop_reason"
    case processorSeconds = "processor_seconds"
  }

  /// A row of a run that found nothing yet.
  public init(suite: String, problem: String, seed: UInt64, dataSeed: UInt64? = nil, noise: Double? = nil) {
    self.suite = suite
    self.problem = problem
    self.seed = seed
    self.dataSeed = dataSeed
    self.noise = noise
    (isSolved, hasForm) = (false, false)
    (expression, complexity, seconds) = ("", 0, 0)
  }

  /// Takes a member of a front with the verdict on it; values that are not finite become nil, as JSON has
  /// none.
  mutating func choose(_ member: Equation, _ verdict: Verdict) {
    isSolved = verdict.isSolved
    hasForm = verdict.hasForm
    expression = member.expression
    complexity = member.complexity
    loss = member.loss.isFinite ? member.loss : nil
    deviationOnRange = verdict.deviationOnRange
    deviationBeyond = verdict.deviationBeyond
    proof = verdict.isSolved ? verdict.proof : nil
  }
}
