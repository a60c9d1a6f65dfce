import Expressions
import Search
import Tables

/// What a document says of a search besides what the search itself reports.
public struct RunHeading: Sendable {
  /// The explained column.
  public let target: String
  /// The columns it is explained with.
  public let features: [String]
  /// Rows the search learns from.
  public let rows: Int
  /// The search's options.
  public let options: SearchOptions
  /// The data's origin.
  public let source: DataSource
  /// What was left out of the data.
  public let notes: [String]
  /// Why the result may mean little.
  public let warnings: [String]

  /// The heading of a search of `dataset`.
  public init(_ dataset: Dataset, options: SearchOptions, source: DataSource = DataSource()) {
    target = dataset.targetName
    features = dataset.featureNames
    rows = dataset.rowCount
    self.options = options
    self.source = source
    notes = dataset.notes
    warnings = dataset.warnings
  }
}

extension RunDocument {
  /// The document of a finished search.
  public init(_ heading: RunHeading, _ result: SearchResult) {
    self.init(
      heading, rows: result.rows, elapsed: result.elapsed, evaluations: result.evaluations,
      iterations: result.iterations, stopReason: result.stopReason.rawValue, best: result.best,
      front: result.front)
    notes += result.notes
    noise = result.noise.map(RunNoise.init)
  }

  /// The document of a search that runs.
  public init(_ heading: RunHeading, _ progress: SearchProgress) {
    self.init(
      heading, rows: heading.rows, elapsed: progress.elapsed, evaluations: progress.evaluations,
      iterations: progress.iterations, stopReason: RunDocument.running, best: progress.best,
      front: progress.front)
  }

  private init(
    _ heading: RunHeading, rows: Int, elapsed: Double, evaluations: Int, iterations: Int, stopReason: String,
    best: Int, front: [Equation]
  ) {
    self.init(
      target: heading.target, features: heading.features, rows: rows,
      options: RunOptions(heading.options, source: heading.source), seed: heading.options.seed,
      threads: heading.options.threads, elapsedSeconds: elapsed, evaluations: evaluations,
      iterations: iterations,
      stopReason: stopReason, best: best, front: front.map(RunMember.init), warnings: heading.warnings,
      notes: heading.notes)
  }
}

extension RunMember {
  /// What a document says of `equation`.
  public init(_ equation: Equation) {
    let errors = equation.standardErrors
    self.init(
      complexity: equation.complexity, loss: equation.loss, validationLoss: equation.validationLoss,
      score: equation.score, r2: equation.r2, expression: equation.expression,
      equation: equation.printedExpression,
      sympy: equation.formula.text(in: .sympy, features: equation.features),
      latex: equation.printed.shortLatex(features: equation.features),
      constants: equation.formula.constants.enumerated().map { index, value in
        RunConstant(value: value, standardError: index < errors.count ? errors[index] : nil)
      }, descriptionLength: equation.descriptionLength, defined: equation.isDefined ? nil : false)
  }
}
