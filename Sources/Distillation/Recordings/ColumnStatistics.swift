extension [Double] {
  /// Whether not all values are the same.
  var isVarying: Bool { contains { $0 != self[0] } }

  /// Mean squared distance from the mean; 0 for no values.
  var variance: Double {
    guard !isEmpty else { return 0 }
    let mean = reduce(0, +) / Double(count)
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
  }
}
