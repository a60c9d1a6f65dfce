import Evaluation
import Expressions
import Search
import Tables

/// How much a real search gets done in a second.
///
/// The search is for Feynman I.12.11 in 1 % noise with `+ - * / exp log sin cos sqrt`, its other options as
/// shipped, except that it does not stop when it has found the law.
public struct SearchRate: Sendable, Codable {
  /// Operators of the search.
  public static let operators = OperatorSet([
    .add, .subtract, .multiply, .divide, .exp, .log, .sin, .cos, .sqrt,
  ])

  /// Candidates scored per second of the whole run.
  public let candidatesPerSecond: Double
  /// Candidates, and residual and Jacobian passes of constant fitting, per second.
  public let evaluationsPerSecond: Double
  /// Mean number of nodes of the candidates.
  public let meanLength: Double
  /// Residual and Jacobian passes of constant fitting per second.
  public let fittingPassesPerSecond: Double
  /// Candidates scored.
  public let candidates: Int
  /// Children that had been seen before and were not scored again.
  public let duplicates: Int
  /// Epochs.
  public let iterations: Int
  /// Seconds of the run.
  public let seconds: Double
  /// Rows of the data.
  public let rows: Int
  /// Bits of a number during the search.
  public let precision: Int
  /// Whether constants were fitted.
  public let fitsConstants: Bool
  /// Workers.
  public let threads: Int
  /// Seed of the search.
  public let seed: UInt64
  /// The selected equation, to show that the search is a real one.
  public let best: String
  /// Its coefficient of determination.
  public let r2: Double?
  /// The vector instructions used.
  public let instructionSet: String
  /// The machine.
  public let machine: String

  enum CodingKeys: String, CodingKey {
    case candidates, duplicates, iterations, seconds, rows, precision, threads, seed, best, r2, machine
    case candidatesPerSecond = "candidates_per_second"
    case evaluationsPerSecond = "evaluations_per_second"
    case meanLength = "mean_length"
    case fittingPassesPerSecond = "fitting_passes_per_second"
    case fitsConstants = "constant_fitting"
    case instructionSet = "instruction_set"
  }

  /// The shipped options, as this benchmark changes them.
  public static func options(seconds: Double, seed: UInt64) -> SearchOptions {
    var options = SearchOptions(seed: seed)
    options.operators = operators
    options.timeLimit = .seconds(seconds)
    options.stopsWhenConverged = false
    return options
  }

  /// Runs the search and measures it.
  ///
  /// - Throws: `DataError` or `SearchOptionsError` where rows or options are outside their range.
  public init(measuring options: SearchOptions, rows: Int) async throws {
    let data = try FeynmanField.dataset(rows: rows, noise: 0.01, seed: 7)
    var options = options
    options.startedAt = .now
    let result = try await Search(data, options: options).run()
    self.init(result)
  }

  private init(_ result: SearchResult) {
    let work = result.work
    let elapsed = max(result.elapsed, 1e-9)
    candidatesPerSecond = Double(work.evaluations) / elapsed
    evaluationsPerSecond = Double(work.evaluations + work.fittingPasses) / elapsed
    meanLength = Double(work.nodes) / Double(max(1, work.evaluations))
    fittingPassesPerSecond = Double(work.fittingPasses) / elapsed
    candidates = work.evaluations
    duplicates = work.duplicates
    iterations = result.iterations
    seconds = elapsed
    rows = result.rows
    precision = result.options.precision.rawValue
    fitsConstants = result.options.fitsConstants
    threads = result.options.threads
    seed = result.options.seed
    let chosen = result.front.indices.contains(result.best) ? result.front[result.best] : nil
    best = chosen?.expression ?? ""
    r2 = chosen.flatMap { $0.r2.isFinite ? $0.r2 : nil }
    instructionSet = InstructionSet.name
    machine = Machine.name
  }
}
