/// The header line of a table.
struct Header {
  /// The names, trimmed and without quotes, none empty, no two alike.
  let names: [String]
  /// The byte between two cells.
  let separator: UInt8
  /// The 1-based line it begins on, and the line after it.
  let line: Int
  let nextLine: Int
}

/// Finds the header line at the beginning of a file and takes it apart.
struct HeaderReader {
  let buffer: InputBuffer
  /// The most columns a table may have.
  static let mostColumns = 131_072

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")
  private static let separators: [UInt8] = [",", ";", "\t", "|"].map(UInt8.init(ascii:))

  /// Skips a byte order mark, blank lines and comments; reads and consumes the header line.
  func read() throws(DataError) -> Header {
    try buffer.fill(line: 1)
    if buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.consume(3) }
    var line = 1
    while true {
      guard let found = findLine() else {
        if buffer.isFinal { throw DataError.unclosedQuote(file: buffer.file, line: line) }
        try buffer.fill(line: line)
        continue
      }
      let text = buffer.bytes[..<found.end]
      let first = text.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      if let first, first != UInt8(ascii: "#") {
        let header = try takeApart(text, line: line, nextLine: line + found.lines)
        buffer.consume(found.next)
        return header
      }
      if first == nil && found.end == buffer.bytes.count && buffer.isFinal {
        throw DataError.empty(file: buffer.file)
      }
      buffer.consume(found.next)
      line += found.lines
    }
  }

  /// The end of the first line of the buffer, where the next one begins, and how many line ends lie between;
  /// nil when the buffer does not hold the whole line. In a comment quotes mean nothing.
  private func findLine() -> (end: Int, next: Int, lines: Int)? {
    let bytes = buffer.bytes
    let isComment = bytes.first == UInt8(ascii: "#")
    var isQuoted = false
    var isCellBegin = true
    var lines = 1
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        var next = position + 1
        if byte == Self.carriageReturn {
          if next == bytes.count && !buffer.isFinal { return nil }
          if next < bytes.count && bytes[next] == Self.lineFeed { next += 1 }
        }
        if !isQuoted { return (position, next, lines) }
        lines += 1
        position = next
        continue
      }
      if isQuoted {
        if byte == Self.quote { isQuoted = false }
      } else if byte == Self.quote && !isComment && (isCellBegin || bytes[position - 1] == Self.quote) {
        // A quote after a quote is the second of a doubled pair: the cell goes on.
        isQuoted = true
        isCellBegin = false
      } else if Self.separators.contains(byte) {
        isCellBegin = true
      } else if byte != UInt8(ascii: " ") {
        isCellBegin = false
      }
      position += 1
    }
    return buffer.isFinal && !isQuoted ? (bytes.count, bytes.count, lines) : nil
  }

  private func takeApart(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, line: Int, nextLine: Int
  ) throws(DataError) -> Header {
    let separator = Self.separator(of: text)
    let cells = try split(text, at: separator, line: line)
    let place = DataPlace.line(file: buffer.file, line: line)
    if isNumeric(cells, separator: separator) {
      let mark = separator == UInt8(ascii: ",") ? "," : String(UnicodeScalar(separator))
      var names = (1..<max(2, cells.count)).prefix(3).map { "x\($0)" }
      if cells.count > 4 { names.append("...") }
      throw DataError.noHeader(
        file: buffer.file, line: line, example: (names + ["y"]).joined(separator: mark))
    }
    try checkNames(cells, place: place)
    return Header(names: cells, separator: separator, line: line, nextLine: nextLine)
  }

  /// A tab when there is one outside quotes, else the more frequent of comma and semicolon, else a bar: names
  /// such as `|v|` hold bars themselves.
  private static func separator(of text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8 {
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    var isCellBegin = true
    func isDigit(_ position: Int) -> Bool {
      text.indices.contains(position) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position])
    }
    for (position, byte) in zip(text.indices, text) {
      if byte == quote && (isQuoted || isCellBegin) {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), isDigit(position - 1), isDigit(position + 1) {
        // Perhaps a decimal comma; a line that has no other separator is taken apart at commas anyway.
        continue
      } else if !isQuoted, let which = separators.firstIndex(of: byte) {
        counts[which] += 1
        isCellBegin = true
        continue
      }
      if byte != UInt8(ascii: " ") && !isQuoted { isCellBegin = byte == quote }
    }
    if counts[2] > 0 { return UInt8(ascii: "\t") }
    if counts[0] == 0 && counts[1] == 0 && counts[3] > 0 { return UInt8(ascii: "|") }
    return counts[1] >= counts[0] && counts[1] > 0 ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }

  private func split(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, at separator: UInt8, line: Int
  ) throws(DataError) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var position = text.startIndex
    while true {
      cell.removeAll(keepingCapacity: true)
      while position < text.endIndex, text[position] == UInt8(ascii: " ") { position += 1 }
      var kept = 0
      if position < text.endIndex, text[position] == Self.quote {
        position += 1
        while position < text.endIndex {
          if text[position] == Self.quote {
            position += 1
            if position == text.endIndex || text[position] != Self.quote { break }
          }
          cell.append(text[position])
          position += 1
        }
        kept = cell.count
      }
      while position < text.endIndex, text[position] != separator {
        cell.append(text[position])
        position += 1
      }
      while cell.count > kept, let last = cell.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
        cell.removeLast()
      }
      guard let name = String(validating: cell, as: UTF8.self) else {
        throw DataError.headerNotText(file: buffer.file, line: line)
      }
      cells.append(name)
      if cells.count > Self.mostColumns {
        throw DataError.tooManyColumns(file: buffer.file, line: line, limit: Self.mostColumns)
      }
      if position == text.endIndex { return cells }
      position += 1
    }
  }

  /// Whether the cells look like a row of the table: numbers or missing values, and one number at least.
  private func isNumeric(_ cells: [String], separator: UInt8) -> Bool {
    var numbers = 0
    for cell in cells {
      switch CellContent(cell, decimalMark: ".") {
      case .number: numbers += 1
      case .missing, .infinite: break
      case .word:
        guard separator != UInt8(ascii: ","), case .number = CellContent(cell, decimalMark: ",") else {
          return false
        }
        numbers += 1
      }
    }
    return numbers > 0
  }
}

/// Throws unless every name has a character and no two are the same.
func checkNames(_ names: [String], place: DataPlace) throws(DataError) {
  var seen: [String: Int] = [:]
  for (position, name) in names.enumerated() {
    if name.isEmpty { throw DataError.unnamedColumn(place: place, column: position + 1) }
    if let first = seen.updateValue(position, forKey: name) {
      throw DataError.duplicateColumn(place: place, name: name, first: first + 1, second: position + 1)
    }
  }
}
