/// Finds header, separator and first row among the first lines of a text.
struct LayoutFinder {
  let lines: SampleLines
  let options: ReadingOptions
  let file: String

  /// Rows that are compared with a header.
  private static let comparedRows = 16

  /// The layout, and the number of bytes above the first row.
  func find() throws(DataError) -> (TableLayout, firstRow: Int) {
    let index = options.skippedLines == 0 && options.hasHeader != false ? headerIndex() : 0
    let separator = separator(at: index)
    let splitter = CellSplitter(separator: separator)
    let line = lines.content[index]
    let cells = splitter.cells(lines.bytes[line.bytes])
    if cells.count > LayoutReader.mostColumns {
      throw DataError.tooManyColumns(file: file, line: line.number, limit: LayoutReader.mostColumns)
    }
    var layout = TableLayout(
      names: [], separator: separator, decimalMark: decimalMark(from: index, splitter),
      firstRowLine: line.number)
    if index > 0 { layout.notes.append(noteAboutPreamble(of: index)) }
    let isHeader = options.hasHeader ?? !isRow(cells, separator: separator)
    if !isHeader {
      if options.hasHeader == nil, let found = commentHeader(above: index, count: cells.count, splitter) {
        layout.names = found.names
        layout.notes.append("the columns' names are in the comment on line \(found.line)")
      } else {
        layout.names = (1...cells.count).map { $0 == cells.count ? "y" : "x\($0)" }
        layout.isNamed = false
        layout.notes.append("there is no header line: the columns are named \(Self.listed(layout.names))")
      }
      return (layout, line.bytes.lowerBound)
    }
    layout.names = try names(cells, line: line.number)
    var last = line
    if let units = units(below: index, splitter) {
      last = lines.content[index + 1]
      layout.units = units
      layout.notes.append(
        "line \(last.number) holds units (\(units.joined(separator: ", "))) and is left out")
    }
    layout.firstRowLine = last.nextNumber
    return (layout, last.next)
  }

  private static func listed(_ names: [String]) -> String {
    switch names.count {
    case 1: names[0]
    case 2, 3: names.dropLast().joined(separator: ", ") + " and y"
    default: "x1, x2, ..., \(names[names.count - 2]) and y"
    }
  }

  private func names(_ cells: [String?], line: Int) throws(DataError) -> [String] {
    let names = cells.compactMap(\.self)
    if names.count < cells.count { throw .headerNotText(file: file, line: line) }
    try checkNames(names, place: .line(file: file, line: line))
    return names
  }

  // MARK: - Separators

  private func count(_ index: Int, _ separator: UInt8) -> Int {
    CellSplitter(separator: separator).count(lines.bytes[lines.content[index].bytes])
  }

  private func rows(below index: Int) -> Range<Int> {
    index + 1..<max(index + 1, min(lines.content.count, index + 1 + Self.comparedRows))
  }

  /// The separator of the table that begins with line `index`: white space when the line shows no other, or one
  /// by which it does not go with the rows, and the rows have as many cells.
  private func separator(at index: Int) -> UInt8 {
    let shown = CellSplitter.separator(in: lines.bytes[lines.content[index].bytes])
    let rows = rows(below: index)
    func agree(_ separator: UInt8) -> Bool {
      let wanted = count(index, separator)
      guard let first = rows.first, wanted >= 2, count(first, separator) == wanted else { return false }
      return rows.count { count($0, separator) == wanted } * 3 >= rows.count * 2
    }
    if !shown.isShown || (!rows.isEmpty && !agree(shown.separator)) || hasRunsOfTabs(index, shown.separator) {
      if agree(CellSplitter.whiteSpace) { return CellSplitter.whiteSpace }
      if rows.isEmpty, !shown.isShown, isSpacedRow(index) { return CellSplitter.whiteSpace }
    }
    return shown.separator
  }

  /// Whether columns are aligned by several tabs, which leaves some without a name.
  private func hasRunsOfTabs(_ index: Int, _ separator: UInt8) -> Bool {
    guard separator == UInt8(ascii: "\t") else { return false }
    return CellSplitter(separator: separator).cells(lines.bytes[lines.content[index].bytes]).contains("")
  }

  /// Whether the only line of a file is a row of numbers with white space between them.
  private func isSpacedRow(_ index: Int) -> Bool {
    let cells = CellSplitter(separator: CellSplitter.whiteSpace).cells(
      lines.bytes[lines.content[index].bytes])
    return cells.count >= 2 && isRow(cells, separator: CellSplitter.whiteSpace)
  }

  // MARK: - Header

  /// The line that names the columns: the first, unless others have as many cells as it has not, and below it
  /// one is found that does name them.
  private func headerIndex() -> Int {
    if agreesFully(0, separator(at: 0)) { return 0 }
    for index in lines.content.indices.dropFirst().dropLast() where names(at: index) { return index }
    return 0
  }

  private func agreesFully(_ index: Int, _ separator: UInt8) -> Bool {
    let wanted = count(index, separator)
    return rows(below: index).allSatisfy { count($0, separator) == wanted }
  }

  /// Whether line `index` holds names without doubt, and all above it something else.
  private func names(at index: Int) -> Bool {
    let separator = separator(at: index)
    let wanted = count(index, separator)
    guard wanted >= 2, agreesFully(index, separator),
      (0..<index).allSatisfy({ count($0, separator) != wanted })
    else { return false }
    let splitter = CellSplitter(separator: separator)
    let cells = splitter.cells(lines.bytes[lines.content[index].bytes])
    let names = cells.compactMap(\.self).filter { !$0.isEmpty }
    guard Set(names).count == cells.count,
      names.allSatisfy({ kind($0, separator) == .word })
    else { return false }
    // The line below may hold units.
    return rows(below: index).prefix(2).contains { row in
      splitter.cells(lines.bytes[lines.content[row].bytes]).contains { kind($0, separator) == .number }
    }
  }

  private func kind(_ cell: String?, _ separator: UInt8) -> CellText { CellText(cell, separator: separator) }

  /// Whether the cells look like a row of the table: numbers or what may stand for them, and one number at least.
  private func isRow(_ cells: [String?], separator: UInt8) -> Bool {
    var hasNumber = false
    for cell in cells {
      switch kind(cell, separator) {
      case .number: hasNumber = true
      case .missing, .boolean: break
      case .word: return false
      }
    }
    return hasNumber
  }

  /// The names in the comment directly above line `index`, as NumPy's `savetxt` writes them, if it holds `count`.
  private func commentHeader(
    above index: Int, count: Int, _ splitter: CellSplitter
  ) -> (names: [String], line: Int)? {
    guard let line = lines.comments[index] else { return nil }
    let marks: [UInt8] = [UInt8(ascii: "#"), UInt8(ascii: "%"), 0x20, 0x09]
    let text = lines.bytes[line.bytes].drop { marks.contains($0) }
    let others = [CellSplitter.whiteSpace] + CellSplitter.separators
    for separator in [splitter.separator] + others {
      var names = CellSplitter(separator: separator).cells(text).map { $0 ?? "" }
      // A column may be named "#" itself.
      if names.first == "" { names[0] = "#" }
      if names.count == count, Set(names).count == count, !names.contains(""),
        names.allSatisfy({ kind($0, separator) != .number })
      {
        return (names, line.number)
      }
    }
    return nil
  }

  private func noteAboutPreamble(of index: Int) -> String {
    let first = String(decoding: lines.bytes[lines.content[0].bytes], as: UTF8.self)
    let noun = index == 1 ? "a line that is" : "\(index) lines that are"
    return "left out \(noun) no part of the table above the header on line \(lines.content[index].number) "
      + "(\(quoted(first))\(index == 1 ? "" : ", ..."))"
  }

  // MARK: - Units and marks

  /// The units in the line below the header: words, where the rows below have numbers.
  private func units(below index: Int, _ splitter: CellSplitter) -> [String]? {
    let separator = splitter.separator
    guard options.hasUnits != false, index + 1 < lines.content.count,
      count(index + 1, separator) == count(index, separator)
    else { return nil }
    let cells = splitter.cells(lines.bytes[lines.content[index + 1].bytes]).map { $0 ?? "?" }
    if options.hasUnits == true { return cells }
    let kinds = cells.map { kind($0, separator) }
    guard kinds.contains(.word), !kinds.contains(.number), !kinds.contains(.boolean),
      !cells.contains(where: Self.standsForNothing)
    else { return nil }
    let rows = rows(below: index + 1).prefix(8)
    guard rows.count >= 2 else { return nil }
    let below = rows.map { splitter.cells(lines.bytes[lines.content[$0].bytes]) }
    for (column, kind) in kinds.enumerated() where kind == .word {
      let isNumeric = below.allSatisfy { row in
        row.indices.contains(column)
          && [.number, .missing].contains(self.kind(row[column], separator))
      }
      if !isNumeric { return nil }
    }
    return cells
  }

  private static func standsForNothing(_ cell: String) -> Bool {
    ["n/a", "#n/a", "none", "missing", "unknown", "?", "nil", "error"].contains(cell.lowercased())
  }

  /// The decimal mark that the rows from line `index` on show beyond doubt.
  private func decimalMark(from index: Int, _ splitter: CellSplitter) -> UInt8? {
    guard splitter.separator != UInt8(ascii: ",") else { return nil }
    var evidence = DecimalMarkEvidence(separator: splitter.separator)
    var looked = 0
    for line in lines.content[index...] where looked < 10_000 {
      for (column, cell) in splitter.cells(lines.bytes[line.bytes]).enumerated() {
        looked += 1
        if let cell { evidence.add(cell, column: column) }
      }
    }
    return evidence.mark
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
