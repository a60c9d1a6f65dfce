import CNumberParsing

/// What the first rows say about the decimal mark, where commas do not separate.
///
/// 1,234.5 and 1.234.567 leave no doubt. 1,234 alone may be a number of three decimals; in a column that has 950 and
/// 1,234, but no 1234 and no 1,5, commas divide thousands.
struct DecimalMarkEvidence {
  /// What the commas of one column look like.
  private struct Commas {
    var groups = 0
    var smallWholes = 0
    var others = 0

    var divideThousands: Bool { groups >= 2 && smallWholes > 0 && others == 0 }
  }

  private let separator: UInt8
  private var columns: [Int: Commas] = [:]
  /// The mark that a cell leaves no doubt about.
  private var settled: UInt8?

  init(separator: UInt8) { self.separator = separator }

  /// The decimal mark; nil where the first number with one settles it.
  var mark: UInt8? {
    if let settled { return settled }
    let withGroups = columns.values.filter { $0.groups > 0 }
    let divideThousands =
      withGroups.contains { $0.divideThousands } && withGroups.allSatisfy { $0.others == 0 }
    return divideThousands ? UInt8(ascii: ".") : nil
  }

  /// Looks at a cell of a column.
  mutating func add(_ text: String, column: Int) {
    guard settled == nil, let found = CellText.dressed(text, separator: separator) else { return }
    if found.dress & UInt8(NUMBER_DRESS_GROUPS) != 0, found.mark != 0 {
      settled = found.mark
      return
    }
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
    let parts = digits.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if parts.count == 1 {
      guard found.form.last_power == 0, found.mark == 0 else { return }
      if found.value.magnitude < 1000 {
        columns[column, default: Commas()].smallWholes += 1
      } else {
        columns[column, default: Commas()].others += 1
      }
    } else if parts[1].count == 3, (1...3).contains(parts[0].count), parts[0].first != UInt8(ascii: "0") {
      columns[column, default: Commas()].groups += 1
    } else {
      columns[column, default: Commas()].others += 1
    }
  }
}
