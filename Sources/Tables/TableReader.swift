import Arrays
import CNumberParsing

/// Sizes that bound what reading a table needs; tests make them small.
package struct ReadingLimits: Sendable {
  /// Bytes read at a time.
  package var bufferBytes = 1 << 20
  /// The longest header line or cell.
  package var longestBytes = 16 << 20

  /// Limits other than the usual ones.
  package init(bufferBytes: Int = 1 << 20, longestBytes: Int = 16 << 20) {
    self.bufferBytes = bufferBytes
    self.longestBytes = longestBytes
  }
}

extension Table {
  /// Reads the text file at `path`, `-` for standard input, or the arrays in a file that ends in `.npz`; see
  /// ``init(_:)`` for the latter.
  ///
  /// The text is UTF-8, packed by gzip or not. Comma, semicolon, tab, bar or white space separate cells, which may
  /// be quoted as in RFC 4180. A number may have a decimal comma unless commas separate, groups of three digits, a
  /// minus sign U+2212 and a percent sign, which does not change it. What is above the header, a line of units and
  /// comments (`#`, `%`) are left out, and a note in ``notes`` tells of each decision. Throws when the file cannot
  /// be read or is no table; cells that are no numbers are no error until it is known which columns are used.
  public init(contentsOf path: String, options: ReadingOptions = ReadingOptions()) throws(DataError) {
    try self.init(contentsOf: path, options: options, limits: ReadingLimits())
  }

  /// The same with limits of one's own.
  package init(
    contentsOf path: String, options: ReadingOptions = ReadingOptions(), limits: ReadingLimits
  ) throws(DataError) {
    let missing = MissingMarks(options.missing)
    if path.lowercased().hasSuffix(".npz") {
      let archive: ArrayArchive
      do { archive = try ArrayArchive(contentsOf: path) } catch { throw .arrays(error) }
      try self.init(archive)
      missing.apply(to: &self)
    } else {
      let source = try InputSource(path: path)
      let layout = try LayoutReader(source: source, options: options, limit: limits.longestBytes).read()
      let buffer = InputBuffer(source: source, capacity: limits.bufferBytes, limit: limits.longestBytes)
      var reader = TableReader(buffer: buffer, layout: layout, missing: missing)
      try reader.readRows()
      self = reader.finish()
    }
  }
}

/// Reads the rows below a header.
private struct TableReader {
  private let buffer: InputBuffer
  private let layout: TableLayout
  private let missing: MissingMarks
  private let blocks: RowBlocks
  private let forms: FormRecord
  private var scanner = NumberScanner()
  private var columns: [TableColumn]
  private var words = WordCounts()
  private var rowLines = RowLines()
  private let hasDecimalCommas: Bool

  init(buffer: InputBuffer, layout: TableLayout, missing: MissingMarks) {
    self.buffer = buffer
    self.layout = layout
    self.missing = missing
    columns = layout.names.map { TableColumn(name: $0) }
    for (index, unit) in (layout.units ?? []).enumerated() { columns[index].unit = unit }
    blocks = RowBlocks(columns: columns.count)
    forms = FormRecord(columns: columns.count)
    hasDecimalCommas = layout.separator != UInt8(ascii: ",")
    scanner.separator = layout.separator
    scanner.decimal_mark = layout.decimalMark ?? UInt8(ascii: ".")
    scanner.other_decimal_mark = layout.decimalMark ?? UInt8(ascii: hasDecimalCommas ? "," : ".")
    scanner.columns = columns.count
    (scanner.forms, scanner.forms_end) = (forms.begin, forms.end)
    scanner.line = Int64(layout.firstRowLine)
  }

  mutating func readRows() throws(DataError) {
    attachBuffer()
    while true {
      switch number_scanner_advance(&scanner) {
      case .needInput:
        let begin = UnsafePointer<UInt8>(buffer.bytes.baseAddress!)
        buffer.consume(scanner.position - begin)
        try buffer.fill(line: Int(scanner.line))
        attachBuffer()
      case .blockFull:
        let block = blocks.addBlock()
        scanner.values = block.baseAddress
        scanner.values_end = block.baseAddress! + block.count
      case .linesSkipped:
        rowLines.note(row: scanner.row, line: Int(scanner.line))
      case .missing: noteMissing()
      case .infinite:
        if columns[scanner.cell_column].firstInfinite == nil {
          columns[scanner.cell_column].firstInfinite = cell()
        }
      case .dressed: noteDressed()
      case .word: noteWord()
      case .raggedRow:
        throw DataError.raggedRow(
          file: buffer.file, line: Int(scanner.row_line), cells: scanner.cell_column, expected: columns.count)
      case .unclosedQuote:
        throw DataError.unclosedQuote(file: buffer.file, line: Int(scanner.line))
      case .end:
        if scanner.row == 0 { throw DataError.noRows(file: buffer.file) }
        return
      }
    }
  }

  private mutating func attachBuffer() {
    let bytes = buffer.bytes
    scanner.position = bytes.baseAddress
    scanner.end = bytes.baseAddress! + bytes.count
    scanner.final = buffer.isFinal
  }

  private mutating func noteMissing() {
    columns[scanner.cell_column].missingCount += 1
    if columns[scanner.cell_column].firstMissing == nil { columns[scanner.cell_column].firstMissing = cell() }
  }

  private mutating func noteDressed() {
    let dress = Int32(scanner.dress)
    if words.hasDressed(column: scanner.cell_column, dress: dress) { return }
    words.noteDressed(
      column: scanner.cell_column, dress: dress, value: (scanner.values - 1).pointee, text: cell().text)
  }

  private mutating func noteWord() {
    let text = UnsafeBufferPointer(start: scanner.cell, count: scanner.cell_end - scanner.cell)
    if missing.isWord(text) {
      noteMissing()
    } else if let value = WordCounts.boolean(text) {
      (scanner.values - 1).pointee = value
      // A text is made of the first cell only.
      let isFirst = !words.hasBoolean(column: scanner.cell_column)
      words.noteBoolean(column: scanner.cell_column, cell: isFirst ? cell() : nil)
    } else {
      columns[scanner.cell_column].wordCount += 1
      if columns[scanner.cell_column].firstWord == nil { columns[scanner.cell_column].firstWord = cell() }
    }
  }

  /// The cell that the scanner speaks of.
  private func cell() -> TableColumn.Cell {
    let length = min(240, scanner.cell_end - scanner.cell)
    let text = String(decoding: UnsafeBufferPointer(start: scanner.cell, count: length), as: UTF8.self)
    // At the end of a row the scanner has counted it already.
    let row = scanner.column == 0 ? scanner.row - 1 : scanner.row
    return TableColumn.Cell(
      row: row, place: .line(file: buffer.file, line: Int(scanner.cell_line)), text: text)
  }

  func finish() -> Table {
    var columns = columns
    let booleans = words.settleBooleans(in: &columns, rows: scanner.row)
    let isNumeric = columns.map { $0.wordCount <= scanner.row - $0.missingCount - $0.wordCount }
    let values = blocks.takeColumns(rows: scanner.row, wanted: isNumeric)
    forms.close(at: scanner.forms)
    for index in columns.indices {
      columns[index].values = values[index]
      guard let values = values[index] else { continue }
      missing.mark(values, in: &columns[index]) { .line(file: buffer.file, line: rowLines.line(of: $0)) }
      columns[index].precisionSource = PrecisionSource { [forms] in
        PrecisionEstimate.precision(values, origin: .text, forms: forms.forms(ofColumn: index))
      }
    }
    for index in booleans {
      columns[index].precisionSource = PrecisionSource(ColumnPrecision(isWhole: true, isGrid: true))
    }
    return Table(
      file: buffer.file, columns: columns, rowCount: scanner.row, origin: .lines(rowLines),
      notes: layout.notes + notes(columns, booleans), isNamed: layout.isNamed)
  }

  private func notes(_ columns: [TableColumn], _ booleans: [Int]) -> [String] {
    var notes: [String] = []
    if hasDecimalCommas && scanner.decimal_mark == UInt8(ascii: ",") {
      notes.append("commas in numbers were read as decimal commas (3,14 is 3.14)")
    }
    if scanner.comments > 0 {
      let noun = scanner.comments == 1 ? "a comment" : "\(scanner.comments) comments"
      notes.append("left out \(noun) among the rows (line \(scanner.first_comment))")
    }
    let names = columns.map(\.name)
    return notes + words.notes(names: names, booleans: booleans)
  }
}
