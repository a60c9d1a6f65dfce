/// Warnings about numbers that may stand for missing values, such as -999.
enum SentinelWarnings {
  /// Numbers that programs and instruments write where they have nothing to say.
  static func isSentinel(_ value: Double) -> Bool {
    let magnitude = value.magnitude
    if value == -1 || magnitude >= 1e20 { return true }
    return [
      99, 999, 9999, 99999, 999_999, 9_999_999, 99.9, 999.9, 9999.9, 99.99, 999.99, 8888, 88888, 6999, 32767,
      32768,
    ]
    .contains(magnitude)
  }

  /// A warning for each extreme of `column` that looks like one: it is there twice at least, and farther from
  /// all other values than these are from each other.
  static func warnings(_ name: String, _ column: Column, least: Double, greatest: Double) -> [String] {
    [least, greatest].filter(isSentinel).compactMap { sentinel in
      var count = 0
      var low = Double.infinity
      var high = -Double.infinity
      var isVaried = false
      for value in column.buffer {
        if value == sentinel {
          count += 1
          continue
        }
        isVaried = isVaried || (low.isFinite && value != low && value != high)
        low = min(low, value)
        high = max(high, value)
      }
      // Two levels and one far away may be settings as well.
      guard count >= 2, count * 2 <= column.count, isVaried else { return nil }
      let distance = min((sentinel - low).magnitude, (sentinel - high).magnitude)
      guard distance > high - low else { return nil }
      let text = CSVWriter.cell(sentinel)
      return
        "column \(quoted(name)): \(text) stands \(count) times, far from all other values; if it stands for "
        + "missing values, say --missing \"\(text)\" --drop-missing"
    }
  }
}
