/// What the judge found about one candidate.
public struct Verdict: Sendable, Hashable, Codable {
  /// The reason for a verdict.
  public enum Finding: String, Sendable, Hashable, Codable {
    /// The law itself, each of its constants fitted.
    case solved
    /// The law, but with one of its free constants held at a value that the data were not asked about.
    case heldConstant = "held constant"
    /// Larger than a few times the law's own size.
    case tooComplex = "too complex"
    /// Far from the data, or from what the law explains of them.
    case poorFit = "poor fit"
    /// Not defined somewhere on the range of the data, or beyond it where the law is.
    case undefined
    /// Another function.
    case different
  }

  /// How equality with a law was established.
  public enum Proof: String, Sendable, Hashable, Codable {
    /// By agreement to nine digits on many rows, on and beyond the range of the data.
    case numeric
    /// By transforming one expression into the other, besides.
    case algebra
  }

  /// The reason.
  public let finding: Finding
  /// Largest deviation from the law at its closest constants on the range of the data, with the candidate's
  /// constants as they are: |candidate - law| / (scale + |law|). Nil where it was not worked out.
  public let deviationOnRange: Double?
  /// The same well beyond the range of the data.
  public let deviationBeyond: Double?
  /// Largest relative change of one of the candidate's constants that made it equal to the law; 0 when none
  /// was needed.
  public let adjustment: Double
  /// Constants of the law that the candidate stands for, in the order of the law's; empty where none do.
  public let lawConstants: [Double]
  /// How a solving candidate was shown to be a law with known constants; nil for others.
  public let proof: Proof?

  /// Whether the law was found: exactly, up to the values of constants that data decide.
  public var isSolved: Bool { finding == .solved }
  /// Whether the candidate has the law's form, a free constant possibly held: the published reading by eye.
  public var hasForm: Bool { finding == .solved || finding == .heldConstant }

  init(
    _ finding: Finding, deviationOnRange: Double? = nil, deviationBeyond: Double? = nil,
    adjustment: Double = 0, lawConstants: [Double] = [], proof: Proof? = nil
  ) {
    self.finding = finding
    self.deviationOnRange = deviationOnRange.flatMap { $0.isFinite ? $0 : nil }
    self.deviationBeyond = deviationBeyond.flatMap { $0.isFinite ? $0 : nil }
    self.adjustment = adjustment
    self.lawConstants = lawConstants
    self.proof = proof
  }
}
