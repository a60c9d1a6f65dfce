import Foundation
import Search

/// What a search found and how, as it is written to `run.json` and printed by `--format json`.
///
/// The schema is `symreg.run/1`: keys may be added under that name, none is renamed or removed.
public struct RunDocument: Codable, Sendable, Hashable {
  /// The schema's name.
  public static let schema = "symreg.run/1"
  /// The schema of a distilled law, whose document holds all that a run's does.
  public static let lawSchema = "symreg.law/1"
  /// The version of this software, which writes itself into every document.
  public static let softwareVersion = "0.1.0"
  /// The ``stopReason`` of a document that was written while the search ran.
  public static let running = "running"

  /// ``schema``.
  public var schema = RunDocument.schema
  /// The version of the software that wrote the document.
  public var version = RunDocument.softwareVersion
  /// The explained column.
  public var target: String
  /// The columns it was explained with.
  public var features: [String]
  /// Rows the search learned from.
  public var rows: Int
  /// Every option of the search with the value it had.
  public var options: RunOptions
  /// The seed of every random choice.
  public var seed: UInt64
  /// Worker threads.
  public var threads: Int
  /// Seconds from the start to the end of the search.
  public var elapsedSeconds: Double
  /// Candidates that were evaluated.
  public var evaluations: Int
  /// Epochs that were finished.
  public var iterations: Int
  /// Why the search ended, or ``running``.
  public var stopReason: String
  /// Index into ``front`` of the chosen member.
  public var best: Int
  /// From simple to complex; the loss falls strictly.
  public var front: [RunMember]
  /// Why the result may mean little.
  public var warnings: [String] = []
  /// What was decided for the user: what was left out of the data, how errors behave, which member is as good.
  public var notes: [String] = []
  /// How the errors of the target behave; nil where the loss is not the squared one, or the search runs.
  public var noise: RunNoise?

  enum CodingKeys: String, CodingKey {
    case schema, version, target, features, rows, options, seed, threads
    case elapsedSeconds = "elapsed_seconds"
    case evaluations, iterations
    case stopReason = "stop_reason"
    case best, front, warnings, notes, noise
  }
}

/// A member of the front in a ``RunDocument``.
public struct RunMember: Codable, Sendable, Hashable {
  /// Number of nodes.
  public var complexity: Int
  /// Mean loss over the rows of the search.
  @Nullable public var loss: Double?
  /// Mean loss over the rows that were held out, if any were.
  public var validationLoss: Double?
  /// Fall of ln(loss) per unit of complexity since the next simpler member.
  @Nullable public var score: Double?
  /// Coefficient of determination; nil for a constant target.
  @Nullable public var r2: Double?
  /// The right-hand side in the project's grammar, constants in full precision.
  public var expression: String
  /// The right-hand side in the project's grammar as it is printed, with as few digits as leave the loss what it
  /// is; nil in documents of before.
  public var equation: String?
  /// The right-hand side for `sympy.sympify`.
  public var sympy: String
  /// The right-hand side as it is printed, for LaTeX's math mode.
  public var latex: String
  /// The constants, in the order in which they stand in the expression.
  public var constants: [RunConstant]
  /// Nats to describe the data by this member; nil where it was not worked out.
  public var descriptionLength: Double?
  /// False where the member has no value, or a pole, somewhere in the box of the data; else nil.
  public var defined: Bool?

  enum CodingKeys: String, CodingKey {
    case complexity, loss
    case validationLoss = "validation_loss"
    case score, r2, expression, equation, sympy, latex, constants
    case descriptionLength = "description_length"
    case defined
  }
}

/// How the errors of the target behave, in a ``RunDocument``.
public struct RunNoise: Codable, Sendable, Hashable {
  /// constant, proportional, counts, columns or known.
  public var kind: String
  /// The size of the errors, as `NoiseSummary.scale` has it.
  public var scale: Double
  /// gaussian or student.
  public var tails: String
  /// Which rounding was counted besides: machine, target or columns.
  public var rounding: String
  /// Whether values at a limit were taken for cut off.
  public var cutOff: Bool
  /// χ² per degree of freedom where the errors are known.
  public var chiSquaredPerFreedom: Double?

  enum CodingKeys: String, CodingKey {
    case kind, scale, tails, rounding
    case cutOff = "cut_off"
    case chiSquaredPerFreedom = "chi_squared_per_freedom"
  }

  /// What a document says of `summary`.
  public init(_ summary: NoiseSummary) {
    kind = summary.kind
    scale = summary.scale
    tails = summary.model.tails.rawValue
    rounding = summary.model.rounding.rawValue
    cutOff = summary.model.isCutOff
    chiSquaredPerFreedom = summary.chiSquaredPerFreedom
  }
}

/// A constant of an equation in a ``RunDocument``.
public struct RunConstant: Codable, Sendable, Hashable {
  /// The value.
  public var value: Double
  /// Its standard error; nil where the data do not determine it.
  @Nullable public var standardError: Double?

  enum CodingKeys: String, CodingKey {
    case value
    case standardError = "standard_error"
  }

  /// A constant and its standard error.
  public init(value: Double, standardError: Double?) {
    self.value = value
    self.standardError = standardError
  }
}
