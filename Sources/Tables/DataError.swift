import Arrays

/// What kept data from becoming a ``Table`` or a ``Dataset``.
///
/// The text of each names the file, line and column, the reason, and what to do about it.
public enum DataError: Error, Sendable, Equatable {
  /// There is no such file, or it cannot be read; `reason` is the system's.
  case unreadable(file: String, reason: String)
  /// Reading broke off in the middle; `reason` is the system's.
  case readFailed(file: String, reason: String)
  /// The bytes are no UTF-8 text: `reason` says what they seem to be, `remedy` what to do.
  case notText(file: String, reason: String, remedy: String)
  /// Nothing in the file but, perhaps, blank lines and comments.
  case empty(file: String)
  /// The header names columns, but no row follows.
  case noRows(file: String)
  /// Column number `column` (1-based) has no name.
  case unnamedColumn(place: DataPlace, column: Int)
  /// Columns number `first` and `second` (1-based) have the same name.
  case duplicateColumn(place: DataPlace, name: String, first: Int, second: Int)
  /// The header line is not UTF-8 text.
  case headerNotText(file: String, line: Int)
  /// The header has more than `limit` columns.
  case tooManyColumns(file: String, line: Int, limit: Int)
  /// A header line or cell is longer than `limit` bytes.
  case tooLong(file: String, line: Int, limit: Int)
  /// A quoted cell that begins on `line` never ends.
  case unclosedQuote(file: String, line: Int)
  /// The row on `line` has `cells` cells, the header has `expected`.
  case raggedRow(file: String, line: Int, cells: Int, expected: Int)

  /// A file of arrays cannot be read.
  case arrays(ArrayFileError)
  /// The arrays of a file are no columns of a table: `reason` says why, `remedy` what to do.
  case arrayShapes(file: String, reason: String, remedy: String)

  /// A cell of a column that is used holds `text`.
  case notANumber(place: DataPlace, column: String, text: String)
  /// A cell of a column that is used is infinite, or beyond the range of a 64-bit number.
  case infinite(place: DataPlace, column: String, text: String)
  /// `count` cells of the columns that are used are missing, the first at `place` in `column`, in `rows`
  /// rows.
  case missing(place: DataPlace, column: String, count: Int, rows: Int)
  /// After leaving out rows with missing cells none is left; `column` has the most missing cells, `count`.
  case noCompleteRow(place: DataPlace, column: String, count: Int, rows: Int)
  /// There is no column `name`; `nearest` are the most similar of the names there are, `known`.
  case unknownColumn(place: DataPlace, name: String, nearest: [String], known: [String])
  /// No column holds numbers.
  case noNumericColumn(place: DataPlace, hint: String?)
  /// Only the target is left, nothing to explain it with.
  case noFeature(place: DataPlace, target: String)
  /// More features than ``Dataset/mostFeatures``.
  case tooManyFeatures(place: DataPlace, count: Int)
  /// A column was given two roles, such as target and feature.
  case conflictingRoles(place: DataPlace, column: String, roles: String)
  /// A weight or standard error that cannot be one; `reason` completes "the weight -1 is ...".
  case invalidWeight(place: DataPlace, column: String, value: Double, role: String, reason: String)
  /// A column of `count` rows where `expected` are needed.
  case unequalCounts(column: String, count: Int, expected: Int)
}

extension DataError {
  /// The error that a text holds NUL bytes.
  static func holdsNUL(file: String) -> DataError {
    .notText(
      file: file, reason: "the file holds NUL bytes, so it is binary or not UTF-8 text",
      remedy: "save it as CSV in UTF-8")
  }

  /// The two kinds of failure that scripts tell apart by the exit code (those of `sysexits.h`).
  public enum Kind: Int32, Sendable {
    /// The file cannot be opened or read.
    case noInput = 66
    /// The file can be read, but what it holds cannot be used.
    case badData = 65
  }

  /// Whether the file or what it holds is at fault.
  public var kind: Kind {
    switch self {
    case .unreadable, .readFailed: .noInput
    case .arrays(let error): error.isUnreadable ? .noInput : .badData
    default: .badData
    }
  }

  /// The exit code a program should end with: 66 or 65.
  public var exitCode: Int32 { kind.rawValue }
}
