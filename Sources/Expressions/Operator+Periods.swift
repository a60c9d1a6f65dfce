extension Operator {
  /// Whether the function has a period: `sin`, `cos` and `tan`.
  package var isPeriodic: Bool { self == .sin || self == .cos || self == .tan }
}
