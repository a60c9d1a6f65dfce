extension DataError: CustomStringConvertible {
  /// `where: what is wrong; what to do`, on one line.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason); check the path, or give - to read standard input"
    case .readFailed(let file, let reason):
      "\(file): reading stopped in the middle: \(reason); copy the file to a local disk and try again"
    case .notText(let file, let reason, let remedy):
      "\(file): \(reason); \(remedy)"
    case .empty(let file):
      "\(file): the file is empty; it needs a header line with column names and rows of numbers below it"
    case .noRows(let file):
      "\(file): there is a header line but no row of numbers below it; add rows"
    case .unnamedColumn(let place, let column):
      "\(place): column number \(column) has no name; name it in the header line, or remove the column "
        + "(a row index that pandas wrote goes away with to_csv(index=False))"
    case .duplicateColumn(let place, let name, let first, let second):
      "\(place): columns number \(first) and \(second) are both named \(quoted(name)); rename one of them"
    case .headerNotText(let file, let line):
      "\(file):\(line): the header line is not UTF-8 text, so the file is binary or in another encoding; "
        + "save it as CSV in UTF-8 (iconv -f LATIN1 -t UTF-8 converts a file from western Europe)"
    case .tooManyColumns(let file, let line, let limit):
      "\(file):\(line): the header line has more than \(limit) columns; remove columns that are not needed"
    case .tooLong(let file, let line, let limit):
      "\(file):\(line): a line without end, or a cell, of more than \(limit) bytes; check that the file is a "
        + "table with one row a line, and for a quote that is never closed"
    case .unclosedQuote(let file, let line):
      "\(file):\(line): a cell begins with a double quote that is never closed; close it, or write the quote "
        + "twice"
    case .raggedRow(let file, let line, let cells, let expected):
      "\(file):\(line): the row has \(counted(cells, "cell")) where the header line has \(expected); "
        + "add or remove cells, and put cells that hold the separator in double quotes"
    case .arrays(let error): error.description
    case .arrayShapes(let file, let reason, let remedy): "\(file): \(reason); \(remedy)"
    case .unequalCounts(let column, let count, let expected):
      "column \(quoted(column)) has \(counted(count, "row")) where \(expected) are needed; give every column "
        + "as many values as the target"
    default: roleDescription
    }
  }

  /// The text of what only shows once it is known which columns are used.
  private var roleDescription: String {
    switch self {
    case .notANumber(let place, let column, let text):
      "\(place): column \(quoted(column)): \(quoted(text)) is not a number; "
        + "correct or remove the row, or leave the column out with --features"
    case .infinite(let place, let column, let text):
      "\(place): column \(quoted(column)): \(quoted(text)) is infinite or beyond the range of a 64-bit "
        + "number; remove the row, or leave the column out with --features"
    case .missing(let place, let column, let count, let rows):
      "\(place): column \(quoted(column)): the cell is empty or not a number (NaN); in the columns that are "
        + "used \(counted(count, "cell")) in \(counted(rows, "row")) \(count == 1 ? "is" : "are") missing, "
        + "this is the first; --drop-missing leaves such rows out"
    case .noCompleteRow(let place, let column, let count, let rows):
      "\(place): no row is left: each of the \(counted(rows, "row")) lacks a value in a column that is used, "
        + "column \(quoted(column)) alone in \(count); leave such columns out with --features"
    case .unknownColumn(let place, let name, let nearest, let known):
      "\(place): there is no column \(quoted(name)); "
        + (nearest.isEmpty
          ? "the columns are \(listed(known))"
          : "did you mean \(nearest.map(quoted).joined(separator: " or "))?")
    case .noNumericColumn(let place, let hint):
      "\(place): no column holds numbers; " + (hint ?? "check the separator and the decimal mark of the file")
    case .noFeature(let place, let target):
      "\(place): there is nothing to explain the target \(quoted(target)) with, it is the only column of "
        + "numbers that is used; add a column, or name other columns with --target and --features"
    case .tooManyFeatures(let place, let count):
      "\(place): \(count) features where at most \(Dataset.mostFeatures) are possible; name those that "
        + "matter with --features"
    case .conflictingRoles(let place, let column, let roles):
      "\(place): column \(quoted(column)) is named as \(roles); give each column one role"
    case .invalidWeight(let place, let column, let value, let role, let reason):
      "\(place): column \(quoted(column)): the \(role) \(value) \(reason); correct or remove the row"
    default: ""
    }
  }
}

/// `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Quoted names, the first few of them.
func listed(_ names: [String]) -> String {
  let shown = names.prefix(8).map(quoted).joined(separator: ", ")
  return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
}

/// A name or cell in double quotes, cut to a bearable length, and control characters made visible.
func quoted(_ text: String) -> String {
  var shown = "\""
  for (position, scalar) in text.unicodeScalars.enumerated() {
    if position == 60 {
      shown += "…"
      break
    }
    shown += scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return shown + "\""
}
