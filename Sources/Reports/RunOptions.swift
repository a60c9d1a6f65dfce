import Foundation
import Search

/// Where the data of a run came from, and which columns were used how.
public struct DataSource: Codable, Sendable, Hashable {
  /// The file, `-` for standard input; nil for data that were handed over in memory.
  @Nullable public var file: String?
  /// The column of row weights.
  @Nullable public var weights: String?
  /// The column of the target's standard errors.
  @Nullable public var sigma: String?
  /// Whether rows with missing values were left out.
  public var dropMissing: Bool
  /// Lines at the beginning of the file that were skipped, where that was asked for.
  public var skip: Int?
  /// Whether the file has a header line, where that was said.
  public var header: Bool?
  /// Whether it has a line of units, where that was said.
  public var units: Bool?
  /// What stands for missing values besides empty cells and NaN.
  public var missing: [String]?

  enum CodingKeys: String, CodingKey {
    case file, weights, sigma
    case dropMissing = "drop_missing"
    case skip, header, missing
    case units = "units_row"
  }

  /// A source; with no arguments, data in memory.
  public init(
    file: String? = nil, weights: String? = nil, sigma: String? = nil, dropMissing: Bool = false
  ) {
    self.file = file
    self.weights = weights
    self.sigma = sigma
    self.dropMissing = dropMissing
  }
}

/// The options of a search as a ``RunDocument`` records them, under their names on the command line.
public struct RunOptions: Codable, Sendable, Hashable {
  /// The data's origin.
  public var data: DataSource
  /// The allowed operators, as they are given on the command line.
  public var operators: String
  /// Largest complexity.
  public var maximumSize: Int
  /// Largest depth.
  @Nullable public var maximumDepth: Int?
  /// Epochs after which the search stops.
  @Nullable public var iterations: Int?
  /// Seconds after which the search stops.
  @Nullable public var timeout: Double?
  /// Candidates after which the search stops.
  @Nullable public var maximumEvaluations: Int?
  /// Whether the search stops when its front no longer improves.
  public var stopsWhenConverged: Bool
  /// The loss's name or expression.
  public var loss: String
  /// What is known of the errors of the target; nil in documents that were written before it could be said.
  public var noise: String?
  /// Number of islands.
  public var populations: Int
  /// Members on each.
  public var populationSize: Int
  /// Cost per node.
  public var parsimony: Double
  /// Rows drawn for an epoch.
  @Nullable public var batchSize: Int?
  /// Bits of the numbers during the search.
  public var precision: Int
  /// How the best member was chosen.
  public var select: String
  /// Fraction of the rows that was held out.
  public var validation: Double
  /// Whether constants were fitted.
  public var fitsConstants: Bool

  enum CodingKeys: String, CodingKey {
    case data, operators
    case maximumSize = "max_size"
    case maximumDepth = "max_depth"
    case iterations, timeout
    case maximumEvaluations = "max_evaluations"
    case stopsWhenConverged = "stops_when_converged"
    case loss, noise, populations
    case populationSize = "population_size"
    case parsimony
    case batchSize = "batch_size"
    case precision, select, validation
    case fitsConstants = "fits_constants"
  }

  /// What `options` say, for data from `source`.
  public init(_ options: SearchOptions, source: DataSource) {
    data = source
    operators = options.operators.description
    maximumSize = options.maximumSize
    maximumDepth = options.maximumDepth
    iterations = options.iterations
    timeout = options.timeLimit.map { $0 / .seconds(1) }
    maximumEvaluations = options.maximumEvaluations
    stopsWhenConverged = options.stopsWhenConverged
    loss = options.loss.name
    noise = options.noise.rawValue
    populations = options.populations
    populationSize = options.populationSize
    parsimony = options.parsimony
    batchSize = options.batchSize
    precision = options.precision.rawValue
    select = options.selection.rawValue
    validation = options.validationFraction
    fitsConstants = options.fitsConstants
  }
}
