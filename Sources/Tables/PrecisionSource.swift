import Synchronization

/// The precision of a column, found out when somebody asks for it: that takes longer than reading a short column
/// of a wide table.
final class PrecisionSource: Sendable {
  private let found: Mutex<ColumnPrecision?>
  private let find: @Sendable () -> ColumnPrecision

  /// A precision that is known.
  init(_ known: ColumnPrecision) {
    found = Mutex(known)
    find = { known }
  }

  /// The precision that `find` returns.
  init(find: @escaping @Sendable () -> ColumnPrecision) {
    found = Mutex(nil)
    self.find = find
  }

  /// The precision.
  var precision: ColumnPrecision {
    found.withLock { found in
      let precision = found ?? find()
      found = precision
      return precision
    }
  }
}
