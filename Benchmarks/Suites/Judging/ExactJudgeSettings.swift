/// The thresholds by which candidates for a law with known constants are judged.
public struct ExactJudgeSettings: Sendable {
  /// Largest deviation on the range of the data that counts as equal: |candidate - law| / (scale + |law|),
  /// with the law's root mean square as scale.
  public var tolerance = 1e-9
  /// The same beyond the range, where a rounding error in an exponent counts for more.
  public var toleranceBeyond = 1e-8
  /// How far a constant may be moved to reach the law, relative to its value, whatever the noise.
  public var largestAdjustment = 0.01
  /// How far it may be moved where the data have noise, in standard errors, but relative to its value by no
  /// more than `limit`.
  public var noisyAdjustment = (errors: 4.0, limit: 0.25)
  /// A constant may be moved farther than that if this changes no value by more, relative to the scale: a
  /// search may have fitted 1e-15 in place of zero.
  public var negligibleEffect = 1e-6
  /// Largest root mean square of (candidate - law) on the data, relative to the scale, before any constant is
  /// moved: `base`, and `errors` times what is expected of fitted constants, noise · √(constants / rows).
  public var closeness = (base: 1e-3, errors: 3.0)
  /// Largest complexity: `factor` times that of the law as it is written, plus `extra`.
  public var complexity = (factor: 2.0, extra: 10)
  /// Least share of the rows where the law is defined on which a candidate must be, too.
  public var definedShare = 0.5

  /// The project's thresholds.
  public init() {}
}
