extension Table {
  /// What people should know about the columns that were chosen, and those that were left out.
  func notesAboutRoles(_ roles: ColumnRoles, options: DatasetOptions) -> [String] {
    var notes: [String] = []
    let words = columns.filter { $0.values == nil }
    if options.features == nil && !words.isEmpty {
      let example = words[0].firstWord.map { " (\($0.place) says \(quoted($0.text)))" } ?? ""
      let noun = words.count == 1 ? "column" : "\(words.count) columns"
      let pronoun = words.count == 1 ? "it holds" : "they hold"
      notes.append("left out \(noun) \(listed(words.map(\.name))): \(pronoun) text\(example)")
    }
    if let recorded { notes += recorded.notes(options, target: columns[roles.target].name) }
    if options.target == nil && roles.target != columns.count - 1 {
      notes.append(
        "the target is \(quoted(columns[roles.target].name)), the last column of numbers without another role"
      )
    }
    return notes
  }

  /// The error that dropping rows leaves none.
  func noCompleteRow(_ used: [Int]) -> DataError {
    // `used` holds the target at least.
    let worst = used.max { columns[$0].missingCount < columns[$1].missingCount } ?? used[0]
    return .noCompleteRow(
      place: .file(file), column: columns[worst].name, count: columns[worst].missingCount, rows: rowCount)
  }
}
