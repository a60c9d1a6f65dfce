import Evaluation
import Expressions
import Foundation
import Noise

/// Everything that shapes a search, with defaults under which a search of any data set ends by itself.
public struct SearchOptions: Sendable {
  /// The operators candidates are built from.
  public var operators: OperatorSet = .standard
  /// Largest complexity of a candidate (nodes).
  public var maximumSize = 30
  /// Largest depth of a candidate; nil for no bound but the size.
  public var maximumDepth: Int?
  /// Stop after this many epochs of every island; nil for no such limit.
  public var iterations: Int?
  /// Stop this long after ``startedAt``; nil for no such limit. See also ``stopsWhenConverged``.
  public var timeLimit: Duration?
  /// Stop after this many evaluated candidates; nil for no such limit. Kept at the end of an epoch, so that
  /// the result does not depend on the number of threads.
  public var maximumEvaluations: Int?
  /// Whether a search ends when its front has stopped improving or fits the data to rounding error.
  public var stopsWhenConverged = true
  /// What is made small.
  public var loss: Loss = .meanSquaredError
  /// What is known of the errors of the target. Heeded under the squared loss.
  public var noise: NoiseSetting = .auto
  /// Number of islands.
  public var populations = 16
  /// Members on each island.
  public var populationSize = 100
  /// Cost per node, in units of the logarithm of the loss.
  public var parsimony = 0.0
  /// Rows drawn for each epoch's evaluations; nil lets the search decide (all rows of small data sets).
  public var batchSize: Int?
  /// Width of the numbers during the search.
  public var precision: Precision = .double
  /// Worker threads; the result does not depend on it unless a clock stops the search.
  public var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)
  /// The seed of every random choice.
  public var seed: UInt64
  /// How the best member of the front is chosen.
  public var selection: Selection = .best
  /// Fraction of the rows held out, on which the front is scored for selection; 0 for none.
  public var validationFraction = 0.0
  /// Whether constants are fitted; switched off only to measure what the rest costs.
  public var fitsConstants = true
  /// Whether symmetries and separability that the derivatives of the best member show guide all islands but
  /// the first. Off unless asked for: no law has been seen to be found only with them.
  public var usesStructureHints = false
  /// What is tried in closed form beside evolution; switched off in part to measure what each adds.
  public var closedForms = Set(ClosedForm.allCases)
  /// The moment from which ``timeLimit`` counts; a program sets its own start, so that reading the data is
  /// included.
  public var startedAt: ContinuousClock.Instant = .now

  /// The defaults, with a seed drawn from the system unless one is given.
  public init(seed: UInt64? = nil) { self.seed = seed ?? UInt64.random(in: 0...UInt64(UInt32.max)) }

  /// Checks that the options make sense together.
  ///
  /// - Throws: ``SearchOptionsError`` for the first that does not.
  public func validate() throws(SearchOptionsError) {
    func check(_ condition: Bool, _ option: String, _ remedy: String) throws(SearchOptionsError) {
      if !condition { throw SearchOptionsError(option: option, remedy: remedy) }
    }
    try check((1...1000).contains(maximumSize), "max-size", "give a size from 1 to 1000")
    try check(maximumDepth.map { $0 >= 1 } ?? true, "max-depth", "give a depth of at least 1")
    try check(iterations.map { $0 >= 0 } ?? true, "iterations", "give 0 or more")
    try check(timeLimit.map { $0 >= .zero } ?? true, "timeout", "give 0 seconds or more")
    try check(maximumEvaluations.map { $0 >= 0 } ?? true, "max-evaluations", "give 0 or more")
    try check((1...10_000).contains(populations), "populations", "give 1 to 10000")
    try check((4...100_000).contains(populationSize), "population-size", "give 4 to 100000")
    try check(parsimony >= 0 && parsimony.isFinite, "parsimony", "give 0 or a positive number")
    try check(batchSize.map { $0 >= 2 } ?? true, "batch-size", "give at least 2 rows")
    try check((1...1024).contains(threads), "threads", "give 1 to 1024")
    try check(
      validationFraction >= 0 && validationFraction < 1, "validation", "give a fraction from 0 to below 1")
  }
}

/// A way to propose whole expressions, or parts of them, by linear algebra over a library of small ones.
public enum ClosedForm: String, Sendable, CaseIterable, Codable {
  /// Sums of sinusoids of one column, damped or not.
  case harmonics
  /// Products of powers, with up to two expressions as factors.
  case powers
  /// A function of one product of powers, times another.
  case groups
  /// Polynomials, also behind inverse functions and factors.
  case polynomials
  /// Sums of two expressions, also behind inverse functions and factors.
  case pairs
  /// Sums of three to five expressions.
  case sums
  /// Better subtrees for the members of the front, by what the data want in their place.
  case backsolving
}

/// An option outside its range.
public struct SearchOptionsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The option, by its name on the command line.
  public let option: String
  /// What to give instead.
  public let remedy: String

  /// The option and the remedy.
  public var description: String { "--\(option) is out of range: \(remedy)" }
}

/// How one member of the front is chosen as the answer.
public enum Selection: String, Sendable, CaseIterable, Codable {
  /// The highest score among those whose description length is within two nats of the shortest.
  case best
  /// The lowest loss.
  case accuracy
  /// The highest score.
  case score
  /// The shortest description: bits for the structure, its constants at their precision, and the residuals.
  case mdl
}
