/// Takes lines apart into cells.
struct CellSplitter {
  /// What separates cells; a space stands for any run of spaces and tabs.
  let separator: UInt8

  /// The bytes that separate cells, in the order of their mention in counts.
  static let separators: [UInt8] = [",", ";", "\t", "|"].map(UInt8.init(ascii:))
  /// The separator that stands for white space.
  static let whiteSpace = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")
  private static let tab = UInt8(ascii: "\t")

  /// The text of the cells, trimmed and without quotes; nil in place of one that is no UTF-8.
  func cells(_ bytes: ArraySlice<UInt8>) -> [String?] {
    var cells: [String?] = []
    var cell: [UInt8] = []
    split(bytes) { range, isQuoted, rest in
      cell.removeAll(keepingCapacity: true)
      if isQuoted { unquote(bytes[range], into: &cell) } else { cell.append(contentsOf: bytes[range]) }
      let kept = isQuoted ? cell.count : 0
      cell.append(contentsOf: bytes[rest])
      while cell.count > kept, let last = cell.last, last == 0x20 || last == Self.tab { cell.removeLast() }
      cells.append(String(validating: cell, as: UTF8.self))
    }
    return cells
  }

  /// How many cells there are.
  func count(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    split(bytes) { _, _, _ in count += 1 }
    return count
  }

  /// Calls `body` with the text of each cell, whether it was in quotes (which are left aside), and what is
  /// between the closing quote and the separator.
  private func split(_ bytes: ArraySlice<UInt8>, _ body: (Range<Int>, Bool, Range<Int>) -> Void) {
    let isSpaced = separator == Self.whiteSpace
    func isSeparator(_ byte: UInt8) -> Bool { byte == separator || (isSpaced && byte == Self.tab) }
    var position = bytes.startIndex
    while true {
      while position < bytes.endIndex, bytes[position] == 0x20 || (isSpaced && bytes[position] == Self.tab) {
        position += 1
      }
      if isSpaced && position == bytes.endIndex { return }
      var begin = position
      var end = position
      let isQuoted = position < bytes.endIndex && bytes[position] == Self.quote
      if isQuoted {
        position += 1
        begin = position
        end = bytes.endIndex
        while position < bytes.endIndex {
          let byte = bytes[position]
          position += 1
          guard byte == Self.quote else { continue }
          if position < bytes.endIndex && bytes[position] == Self.quote {
            position += 1
          } else {
            end = position - 1
            break
          }
        }
      }
      let rest = position
      while position < bytes.endIndex, !isSeparator(bytes[position]) { position += 1 }
      if isQuoted {
        body(begin..<end, true, rest..<position)
      } else {
        body(begin..<begin, false, rest..<position)
      }
      if position == bytes.endIndex { return }
      if !isSpaced { position += 1 }
    }
  }

  private func unquote(_ bytes: ArraySlice<UInt8>, into cell: inout [UInt8]) {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      cell.append(bytes[position])
      // Of a pair of quotes one stands.
      position += bytes[position] == Self.quote ? 2 : 1
    }
  }

  /// The separator that a line shows, and whether it does: a tab when there is one outside quotes, else the more
  /// frequent of comma and semicolon, else a bar: names such as `|v|` hold bars themselves.
  static func separator(in text: ArraySlice<UInt8>) -> (separator: UInt8, isShown: Bool) {
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
    let isShown = counts.contains { $0 > 0 }
    if counts[2] > 0 { return (UInt8(ascii: "\t"), isShown) }
    if counts[0] == 0 && counts[1] == 0 && counts[3] > 0 { return (UInt8(ascii: "|"), isShown) }
    return (counts[1] >= counts[0] && counts[1] > 0 ? UInt8(ascii: ";") : UInt8(ascii: ","), isShown)
  }
}
