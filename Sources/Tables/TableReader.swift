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
  /// Reads the CSV file at `path`, `-` for standard input, or the arrays in a file that ends in `.npz`; see
  /// ``init(_:)`` for the latter.
  ///
  /// The text is UTF-8 with a header line; comma, semicolon, tab or bar separate cells, which may be quoted
  /// as in RFC 4180. A number may have a decimal comma unless commas separate. Throws when the file cannot be
  /// read or is no table; cells that are no numbers are no error until it is known which columns are used.
  public init(contentsOf path: String) throws(DataError) {
    try self.init(contentsOf: path, limits: ReadingLimits())
  }

  /// The same with limits of one's own.
  package init(contentsOf path: String, limits: ReadingLimits) throws(DataError) {
    if path.lowercased().hasSuffix(".npz") {
      let archive: ArrayArchive
      do { archive = try ArrayArchive(contentsOf: path) } catch { throw .arrays(error) }
      try self.init(archive)
      return
    }
    let buffer = try InputBuffer(path: path, capacity: limits.bufferBytes, limit: limits.longestBytes)
    let header = try HeaderReader(buffer: buffer).read()
    var reader = TableReader(buffer: buffer, header: header)
    try reader.readRows()
    self = reader.finish()
  }
}

/// Reads the rows below a header.
private struct TableReader {
  private let buffer: InputBuffer
  private let blocks: RowBlocks
  private let forms: FormRecord
  private var scanner = NumberScanner()
  private var columns: [TableColumn]
  private var rowLines = RowLines()
  private let hasDecimalCommas: Bool

  init(buffer: InputBuffer, header: Header) {
    self.buffer = buffer
    columns = header.names.map { TableColumn(name: $0) }
    blocks = RowBlocks(columns: columns.count)
    forms = FormRecord(columns: columns.count)
    hasDecimalCommas = header.separator != UInt8(ascii: ",")
    scanner.separator = header.separator
    scanner.decimal_mark = UInt8(ascii: ".")
    scanner.other_decimal_mark = UInt8(ascii: hasDecimalCommas ? "," : ".")
    scanner.columns = columns.count
    (scanner.forms, scanner.forms_end) = (forms.begin, forms.end)
    scanner.line = Int64(header.nextLine)
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
      case .missing:
        columns[scanner.cell_column].missingCount += 1
        if columns[scanner.cell_column].firstMissing == nil {
          columns[scanner.cell_column].firstMissing = cell()
        }
      case .infinite:
        if columns[scanner.cell_column].firstInfinite == nil {
          columns[scanner.cell_column].firstInfinite = cell()
        }
      case .word:
        columns[scanner.cell_column].wordCount += 1
        if columns[scanner.cell_column].firstWord == nil { columns[scanner.cell_column].firstWord = cell() }
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
    let isNumeric = columns.map { $0.wordCount <= scanner.row - $0.missingCount - $0.wordCount }
    let values = blocks.takeColumns(rows: scanner.row, wanted: isNumeric)
    var columns = columns
    let formsEnd = scanner.forms ?? forms.begin
    for index in columns.indices {
      columns[index].values = values[index]
      guard let values = values[index] else { continue }
      columns[index].precision = PrecisionEstimate.precision(
        values, origin: .text, forms: forms.forms(ofColumn: index, until: formsEnd))
    }
    let usesCommas = hasDecimalCommas && scanner.decimal_mark == UInt8(ascii: ",")
    return Table(
      file: buffer.file, columns: columns, rowCount: scanner.row, origin: .lines(rowLines),
      notes: usesCommas ? ["commas in numbers were read as decimal commas (3,14 is 3.14)"] : [])
  }
}
