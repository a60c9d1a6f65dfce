import CNumberParsing

/// Room in which a scanner notes how the cells of the first rows were written.
///
/// The first rows do, since a file is written in one way from the beginning to the end, and to look at every
/// cell of a large one takes longer than reading it. Nothing changes once ``close(at:)`` was called, so it may be
/// shared from then on.
final class FormRecord: @unchecked Sendable {
  private let columns: Int
  let begin: UnsafeMutablePointer<NumberForm>
  let end: UnsafeMutablePointer<NumberForm>
  private var count = 0

  /// Room for about 65,000 cells, sixteen rows at least.
  init(columns: Int) {
    self.columns = columns
    let count = columns * max(16, 65_536 / columns)
    begin = .allocate(capacity: count)
    end = begin + count
  }

  deinit { begin.deallocate() }

  /// Says that the scanner wrote up to `end`.
  func close(at end: UnsafeMutablePointer<NumberForm>?) { count = end.map { $0 - begin } ?? 0 }

  /// How the cells of a column were written, as far as they were noted.
  func forms(ofColumn column: Int) -> [NumberForm] {
    stride(from: column, to: count, by: columns).map { begin[$0] }
  }
}
