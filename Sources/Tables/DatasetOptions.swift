/// Which columns of a ``Table`` play which role, and what to do with rows that lack a value.
public struct DatasetOptions: Sendable, Equatable {
  /// The column to explain; nil: the last numeric column that has no other role.
  public var target: String?
  /// The columns to explain it with, in this order; nil: every other numeric column, in the order of the
  /// file.
  public var features: [String]?
  /// The column of per-row weights, none of them negative.
  public var weights: String?
  /// The column of standard errors of the target, all positive; the weight of a row is 1 / sigma².
  public var sigma: String?
  /// Columns that are not taken as features unless ``features`` names them, such as other targets.
  public var excluded: [String]
  /// Whether rows that lack a value in a column that is used are left out; if not, they are an error.
  public var dropMissing: Bool

  /// The given roles.
  public init(
    target: String? = nil, features: [String]? = nil, weights: String? = nil, sigma: String? = nil,
    excluded: [String] = [], dropMissing: Bool = false
  ) {
    self.target = target
    self.features = features
    self.weights = weights
    self.sigma = sigma
    self.excluded = excluded
    self.dropMissing = dropMissing
  }
}
