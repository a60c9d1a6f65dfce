/// The thresholds by which candidates are judged.
public struct JudgeSettings: Sendable, Hashable {
  /// Largest deviation from the law that counts as equal: |candidate - law| / (scale + |law|).
  public var tolerance = 1e-5
  /// How far each constant of a candidate may be moved to reach the law, relative to its value: a search fits
  /// 1.4998 or 2.003 where the law has 3/2 or 2.
  public var largestAdjustment = 0.01
  /// Largest relative difference of two of a candidate's constants that may stand for one constant of the
  /// law.
  public var largestTie = 0.1
  /// Largest complexity, as a multiple of that of the law's simplest form.
  public var complexityFactor = 2.0
  /// Largest root mean square residual on the data, as a multiple of the law's own at its best constants.
  public var lossFactor = 1.5
  /// Largest share of rows on the range of the data on which a candidate may leave the floating-point range.
  public var overflowOnRange = 0.1
  /// Largest such share beyond the range of the data.
  public var overflowBeyond = 0.5

  /// The project's thresholds.
  public init() {}
}
