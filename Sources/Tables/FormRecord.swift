import CNumberParsing

/// Room in which a scanner notes how the cells of the first rows were written.
///
/// The first rows do, since a file is written in one way from the beginning to the end, and to look at every
/// cell of a large one takes longer than reading it.
final class FormRecord {
  private let columns: Int
  let begin: UnsafeMutablePointer<NumberForm>
  let end: UnsafeMutablePointer<NumberForm>

  /// Room for about 65,000 cells, sixteen rows at least.
  init(columns: Int) {
    self.columns = columns
    let count = columns * max(16, 65_536 / columns)
    begin = .allocate(capacity: count)
    end = begin + count
  }

  deinit { begin.deallocate() }

  /// How the cells of a column were written, as far as they were noted: in what lies before `limit`.
  func forms(ofColumn column: Int, until limit: UnsafeMutablePointer<NumberForm>) -> [NumberForm] {
    stride(from: column, to: limit - begin, by: columns).map { begin[$0] }
  }
}
