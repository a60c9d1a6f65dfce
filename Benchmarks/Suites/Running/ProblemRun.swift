import Expressions
import Foundation
import Search
import Tables

/// One search on one problem, and what the judge says about it.
public struct ProblemRun: Sendable {
  /// What is set for a run; everything else is as shipped.
  public struct Settings: Sendable {
    /// Seconds the search may take.
    public var timeout: Double
    /// Workers; nil for as many as the search takes by itself.
    public var threads: Int?
    /// Whether the search is stopped once a front holds the law.
    public var stopsWhenSolved: Bool
    /// Operators of every search; nil for the shipped ones and `muladd`.
    public var operators: OperatorSet?
    /// What every search goes without, to measure what it adds.
    public var without: Set<ClosedForm>
    /// Whether searches use structure hints, which they do not as shipped.
    public var usesStructureHints: Bool

    /// Settings of a run.
    public init(
      timeout: Double, threads: Int? = nil, stopsWhenSolved: Bool = false, operators: OperatorSet? = nil,
      without: Set<ClosedForm> = [], usesStructureHints: Bool = false
    ) {
      self.usesStructureHints = usesStructureHints
      self.without = without
      self.timeout = timeout
      self.threads = threads
      self.stopsWhenSolved = stopsWhenSolved
      self.operators = operators
    }

    /// The options of a search with a seed: the shipped ones but for the operators, the same for every
    /// problem.
    ///
    /// `muladd` joins the default operators so that a straight line in something, `a·f + b`, counts as one
    /// operation: as two, it costs as much as look-alikes that bend it.
    public func options(seed: UInt64) -> SearchOptions {
      var options = SearchOptions(seed: seed)
      options.operators = operators ?? OperatorSet(options.operators.all + [.muladd])
      options.timeLimit = .seconds(timeout)
      if let threads { options.threads = threads }
      options.closedForms.subtract(without)
      options.usesStructureHints = usesStructureHints
      return options
    }
  }

  /// The row for the table. The verdict is on the final front; the time to solution is that of the first
  /// front with a solving member.
  public private(set) var row: ProblemResult
  /// The final front.
  public let front: [Equation]
  /// The verdict on each of its members.
  public let verdicts: [Verdict]
  /// Why the search ended.
  public let stopReason: StopReason
  /// Candidates evaluated.
  public let evaluations: Int

  /// Searches data of a problem of EmpiricalBench and judges.
  ///
  /// - Throws: ``SuiteError/unsuitableData(problem:reason:)``, or `SearchOptionsError` for a setting outside
  ///   its range.
  public init(suite: String, _ data: ProblemData, seed: UInt64, settings: Settings) async throws {
    let row = ProblemResult(suite: suite, problem: data.problem.key, seed: seed, dataSeed: data.dataSeed)
    try await self.init(row, data.dataset, judge: data.judge(), settings: settings)
  }

  /// Searches data made from a law with known constants and judges.
  ///
  /// - Throws: `DataError` for rows that cannot be searched, or `SearchOptionsError` for a setting outside its
  ///   range.
  public init(_ suite: GroundTruthSuite, _ data: GroundTruthData, seed: UInt64, settings: Settings)
    async throws
  {
    let row = ProblemResult(
      suite: suite.rawValue, problem: data.problem.key, seed: seed, dataSeed: data.dataSeed,
      noise: data.noise)
    try await self.init(row, data.dataset(), judge: data.judge(), settings: settings)
  }

  /// Searches and judges; `row` says what was searched.
  private init(_ row: ProblemResult, _ dataset: Dataset, judge: any FormulaJudge, settings: Settings)
    async throws
  {
    // The clock of the run starts after the judge is ready: its fits are no part of the search.
    let search = try Search(dataset, options: settings.options(seed: row.seed))
    let processorStart = clock()
    async let watching = FrontWatch.watch(search, stopping: settings.stopsWhenSolved ? judge : nil)
    let result = await search.run()
    let watch = await watching
    let processorSeconds = Double(clock() - processorStart) / Double(CLOCKS_PER_SEC)

    var judging = FrontJudge(judge)
    let formulas = result.front.map(\.formula)
    let found = judging.bestMember(of: formulas)
    let index = found?.index ?? result.best
    self.row = row
    self.row.seconds = result.elapsed
    self.row.processorSeconds = processorSeconds
    self.row.stopReason = result.stopReason.rawValue
    if result.front.indices.contains(index) {
      let chosen = result.front[index]
      self.row.choose(chosen, found?.verdict ?? judging.verdict(on: chosen.formula))
    }
    if found?.verdict.isSolved == true {
      self.row.secondsToSolution = watch.secondsToSolution(&judging) ?? result.elapsed
    }
    front = result.front
    verdicts = formulas.map { judging.verdict(on: $0) }
    stopReason = result.stopReason
    evaluations = result.evaluations
  }

  /// The final front with the verdict on each member, for people.
  public var frontText: String {
    TextTable.aligned(
      zip(front, verdicts).map { equation, verdict in
        [
          "  \(equation.complexity)", NumberText.rounded(equation.loss, digits: 4), verdict.finding.rawValue,
          equation.formula.description(features: equation.features, digits: 6),
        ]
      })
  }
}
