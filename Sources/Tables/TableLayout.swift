/// How a text file holds its table.
struct TableLayout {
  /// The names of the columns, none empty, no two alike.
  var names: [String]
  /// Whether the file says them.
  var isNamed = true
  /// The byte between two cells, ``CellSplitter/whiteSpace`` for runs of spaces and tabs.
  let separator: UInt8
  /// The decimal mark, if the first rows leave no doubt about it.
  var decimalMark: UInt8?
  /// The 1-based line on which rows begin.
  var firstRowLine: Int
  /// The units of the columns, empty where there is none, if a line says them.
  var units: [String]?
  /// What was decided, for people to know.
  var notes: [String] = []
}

/// Finds out from the beginning of a text file how it holds its table.
struct LayoutReader {
  let source: InputSource
  let options: ReadingOptions
  /// The longest line.
  let limit: Int
  /// The most columns a table may have.
  static let mostColumns = 131_072
  /// Bytes that are looked at, unless a few lines are longer.
  private static let sampleBytes = 1 << 16

  /// Reads on to the first row.
  func read() throws(DataError) -> TableLayout {
    try source.dropLines(options.skippedLines)
    let lines = try sample()
    let finder = LayoutFinder(lines: lines, options: options, file: source.file)
    let (layout, firstRow) = try finder.find()
    source.drop(firstRow)
    return layout
  }

  private func sample() throws(DataError) -> SampleLines {
    var wanted = min(limit, Self.sampleBytes)
    while true {
      let bytes = Array(try source.peek(wanted))
      let isFinal = source.isPeekedToEnd
      try checkText(bytes)
      let begin = options.skippedLines == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let lines = SampleLines(bytes, from: begin, number: options.skippedLines + 1, isFinal: isFinal)
      if lines.content.isEmpty {
        if let line = lines.unfinished, isFinal { throw .unclosedQuote(file: source.file, line: line) }
        if isFinal { throw .empty(file: source.file) }
        if wanted >= limit {
          throw .tooLong(file: source.file, line: lines.unfinished ?? 1, limit: limit)
        }
      }
      if lines.content.count >= 4 || isFinal || wanted >= limit { return lines }
      wanted = min(limit, wanted * 4)
    }
  }

  private func checkText(_ bytes: [UInt8]) throws(DataError) {
    if bytes.contains(0) { throw DataError.holdsNUL(file: source.file) }
  }
}
