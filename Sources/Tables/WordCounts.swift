import CNumberParsing

/// Cells that are numbers in disguise: yes and no, percentages, groups of digits.
struct WordCounts {
  /// A number with something around it, as an example.
  private struct Example {
    /// Which it is of all examples.
    let number: Int
    let text: String
    let value: Double
  }

  private var booleans: [Int: (count: Int, first: TableColumn.Cell)] = [:]
  /// For each column, the first number of each kind of dress.
  private var dressed: [Int: [Int32: Example]] = [:]

  /// 1 or 0 for a word that says yes or no, in any case of letters; nil for others.
  static func boolean(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    CellText.boolean(text).map { $0 ? 1 : 0 }
  }

  /// Whether a word for yes or no was noted.
  func hasBoolean(column: Int) -> Bool { booleans[column] != nil }

  /// Notes a word for yes or no, with the cell that holds it if it is the first of the column.
  mutating func noteBoolean(column: Int, cell: TableColumn.Cell?) {
    if let cell { booleans[column] = (1, cell) } else { booleans[column]?.count += 1 }
  }

  /// Whether a number with `dress` around it was noted.
  func hasDressed(column: Int, dress: Int32) -> Bool { dressed[column]?[dress] != nil }

  /// Notes the first number of a column that has `dress` around it.
  mutating func noteDressed(column: Int, dress: Int32, value: Double, text: String) {
    let number = dressed.reduce(0) { $0 + $1.value.count }
    dressed[column, default: [:]][dress] = Example(number: number, text: text, value: value)
  }

  /// Decides which columns hold nothing but yes and no, and returns them. In others such words are words.
  func settleBooleans(in columns: inout [TableColumn], rows: Int) -> [Int] {
    var found: [Int] = []
    for (index, (count, first)) in booleans.sorted(by: { $0.key < $1.key }) {
      if columns[index].wordCount == 0, count == rows - columns[index].missingCount {
        found.append(index)
        continue
      }
      columns[index].wordCount += count
      if first.row < columns[index].firstWord?.row ?? .max { columns[index].firstWord = first }
    }
    return found
  }

  /// What was read as what.
  func notes(names: [String], booleans: [Int]) -> [String] {
    var notes: [String] = []
    if !booleans.isEmpty {
      notes.append(
        "\(WordCounts.columns(booleans.map { names[$0] })): true, yes and on were read as 1, false, no and off as 0"
      )
    }
    func add(_ dress: Int32, _ what: String) {
      let found = dressed.sorted { $0.key < $1.key }.compactMap { column, examples in
        examples.filter { $0.key & dress != 0 }.values.min { $0.number < $1.number }.map {
          (names[column], $0)
        }
      }
      guard let (_, example) = found.first else { return }
      let value = CSVWriter.cell(example.value)
      notes.append("\(WordCounts.columns(found.map(\.0))): \(what) (\(quoted(example.text)) is \(value))")
    }
    add(NUMBER_DRESS_GROUPS, "marks between groups of three digits were left aside")
    add(NUMBER_DRESS_PERCENT, "percent signs were left aside")
    add(NUMBER_DRESS_MINUS, "the minus sign U+2212 was read as -")
    return notes
  }

  private static func columns(_ names: [String]) -> String {
    "\(names.count == 1 ? "column" : "columns") \(listed(names))"
  }
}
