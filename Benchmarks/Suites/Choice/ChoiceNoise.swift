/// What stands between a law and the numbers in a file: how they are rounded, and how they err.
public enum ChoiceNoise: String, Sendable, CaseIterable, Codable {
  /// Seventeen significant digits: nothing is lost.
  case exact
  /// Fifteen significant digits, as R, MATLAB and spreadsheets write.
  case digits15 = "digits-15"
  /// Six significant digits.
  case digits6 = "digits-6"
  /// Three significant digits.
  case digits3 = "digits-3"
  /// Fixed decimals: of each column and of the target the median has three digits.
  case decimals
  /// 32-bit floating-point numbers.
  case float32
  /// Normal errors of the target, 5 % of its root mean square.
  case additive
  /// Normal errors of the target, 10 % of each value.
  case proportional
  /// Normal errors of the target, 1 % of each value.
  case proportional1 = "proportional-1"
  /// Normal errors of every column, 3 % of each value; the target is that of the true columns.
  case columns
  /// Errors of the target after Student with two degrees of freedom, at a scale of 3 % of its root mean square.
  case heavyTails = "heavy-tails"
  /// The target is a count drawn after Poisson, its median about 40.
  case counts
  /// Normal errors of 2 % of the root mean square; those of 5 % of the rows are 10 to 50 times that.
  case outliers
  /// Values above the 85th percentile read as it.
  case saturated
  /// The target is a whole number, its median about 40.
  case whole
  /// The target is multiplied by exp(0.1 z), z standard normal.
  case lognormal

  /// Whether the target is brought to a median of about 40 by a factor, which becomes one of the law's.
  var scalesTarget: Bool { self == .counts || self == .whole }

  /// Significant digits with which columns are written; nil for ``decimals`` and ``float32``.
  var digits: Int? {
    switch self {
    case .exact: 17
    case .digits15: 15
    case .digits3: 3
    case .decimals, .float32: nil
    default: 6
    }
  }

  /// Whether `law` can be measured with such errors: what is counted must be positive.
  public func suits(_ law: ChoiceLaw) -> Bool {
    switch self {
    case .counts: law.isPositive
    default: true
    }
  }

  /// The kinds of the given names, in their order here; all when none is named.
  ///
  /// - Throws: ``SuiteError/unknownProblem(_:known:)``.
  public static func named(_ names: [String]) throws(SuiteError) -> [ChoiceNoise] {
    guard !names.isEmpty else { return allCases }
    let known = allCases.map(\.rawValue)
    for name in names where !known.contains(name) { throw .unknownProblem(name, known: known) }
    return allCases.filter { names.contains($0.rawValue) }
  }
}
