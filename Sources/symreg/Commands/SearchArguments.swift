import ArgumentParser
import SymbolicRegression

/// What candidates may look like, and what is made small.
struct SpaceArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Allowed operators, separated by spaces or commas. (default: + - * / ^ exp log sqrt square)")
  var operators: String?
  @Option(parsing: .unconditional, help: .hidden)
  var binaryOperators: String?
  @Option(parsing: .unconditional, help: .hidden)
  var unaryOperators: String?
  @Option(parsing: .unconditional, help: "Largest complexity, in nodes.")
  var maxSize = SearchOptions().maximumSize
  @Option(parsing: .unconditional, help: "Largest depth. (default: bounded by the size only)")
  var maxDepth: Int?
  @Option(
    parsing: .unconditional,
    help: """
      mse, mae, huber(d), logcosh, quantile(q), lp(p), epsilon_insensitive(e), or an expression in y and \
      prediction.
      """)
  var loss = "mse"
  @Option(
    help: """
      How errors of the target behave: constant, proportional to the prediction, like counts, robust (some rows \
      may be far off); auto finds out.
      """)
  var noise = SearchOptions().noise
  @Option(parsing: .unconditional, help: "Cost of a node, in units of ln(loss).")
  var parsimony = SearchOptions().parsimony

  func apply(to options: inout SearchOptions) throws {
    let lists = [operators, binaryOperators, unaryOperators].compactMap(\.self)
    if !lists.isEmpty { options.operators = try OperatorSet(parsing: lists.joined(separator: " ")) }
    options.maximumSize = maxSize
    options.maximumDepth = maxDepth
    options.loss = try Loss(parsing: loss)
    options.parsimony = parsimony
    options.noise = noise
  }
}

/// When the search stops.
struct StopArguments: ParsableArguments {
  @Option(parsing: .unconditional, help: "Epochs of every island.")
  var iterations: Int?
  @Option(
    parsing: .unconditional,
    help: "Seconds, counted from the start of the command. (default: 60 if no other rule is given)")
  var timeout: Double?
  @Option(parsing: .unconditional, help: "Candidates to evaluate.")
  var maxEvaluations: Int?

  func apply(to options: inout SearchOptions) throws {
    if let timeout, !(timeout >= 0) { throw Failure(.usage, "--timeout \(timeout): give 0 seconds or more") }
    let hasRule = iterations != nil || timeout != nil || maxEvaluations != nil
    // No search takes thirty years; larger numbers would not fit the clock.
    let seconds = min(timeout ?? (hasRule ? .infinity : 60), 1e9)
    options.timeLimit = seconds < 1e9 ? .seconds(seconds) : nil
    options.iterations = iterations
    options.maximumEvaluations = maxEvaluations
    // Who asks for so many epochs gets them.
    options.stopsWhenConverged = iterations == nil && maxEvaluations == nil
    options.startedAt = ProcessStart.instant
  }
}

/// How the search is carried out.
struct SearchArguments: ParsableArguments {
  @Option(parsing: .unconditional, help: "Islands.")
  var populations = SearchOptions().populations
  @Option(parsing: .unconditional, help: "Members on each island.")
  var populationSize = SearchOptions().populationSize
  @Option(parsing: .unconditional, help: "Rows drawn for each epoch. (default: all rows of small data sets)")
  var batchSize: Int?
  @Option(help: "Bits of the numbers during the search, 32 or 64.")
  var precision = SearchOptions().precision
  @Option(
    parsing: .unconditional,
    help: "Worker threads; the result does not depend on them. (default: all cores)")
  var threads: Int?
  @Option(help: "Seed of every random choice. (default: drawn, and reported)")
  var seed: UInt64?
  @Option(help: "Which member of the front is the answer: best, accuracy, score or mdl.")
  var select = SearchOptions().selection
  @Option(parsing: .unconditional, help: "Fraction of the rows held out for that choice.")
  var validation = SearchOptions().validationFraction

  func apply(to options: inout SearchOptions) {
    if let seed { options.seed = seed }
    options.populations = populations
    options.populationSize = populationSize
    options.batchSize = batchSize
    options.precision = precision
    if let threads { options.threads = threads }
    options.selection = select
    options.validationFraction = validation
  }
}

extension Precision: ExpressibleByArgument {}
extension NoiseSetting: ExpressibleByArgument {}
extension Selection: ExpressibleByArgument {}
