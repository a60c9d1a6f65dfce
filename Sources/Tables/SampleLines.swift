/// The lines at the beginning of a text, as far as they are known to be whole.
struct SampleLines {
  /// One line; a quoted cell may hold line ends, so it may go over several of the file.
  struct Line {
    /// The bytes of the line, its end left aside, and where the next begins.
    let bytes: Range<Int>
    let next: Int
    /// The 1-based line of the file, and that of the next.
    let number: Int
    let nextNumber: Int
  }

  /// Lines that are neither blank nor comments.
  private(set) var content: [Line] = []
  /// The last comment above each line of ``content``, if there is one directly above.
  private(set) var comments: [Line?] = []
  /// The line on which an unfinished one begins, at which the sample ends.
  private(set) var unfinished: Int?
  /// The text.
  let bytes: [UInt8]

  /// No more lines are looked at.
  static let most = 256
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  /// The lines of `bytes` from `start` on, the first of which is line `number` of the file; `isFinal` tells that
  /// the text ends there.
  init(_ bytes: [UInt8], from start: Int, number: Int, isFinal: Bool) {
    self.bytes = bytes
    var position = start
    var number = number
    var comment: Line?
    while position < bytes.count && content.count < Self.most {
      guard let line = line(at: position, number: number, isFinal: isFinal) else {
        unfinished = number
        return
      }
      position = line.next
      number = line.nextNumber
      switch kind(of: line.bytes) {
      case .blank: break
      case .comment: comment = line
      case .content:
        content.append(line)
        comments.append(comment)
        comment = nil
      }
    }
  }

  private enum Kind { case blank, comment, content }

  private func kind(of range: Range<Int>) -> Kind {
    guard let first = range.first(where: { bytes[$0] != 0x20 && bytes[$0] != 0x09 }) else { return .blank }
    if bytes[first] == UInt8(ascii: "%") { return .comment }
    guard bytes[first] == UInt8(ascii: "#") else { return .content }
    // The errors of spreadsheets are cells.
    let text = bytes[first..<min(first + 8, range.upperBound)]
    let errors = ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"]
    return errors.contains { text.starts(with: $0.utf8) } ? .content : .comment
  }

  /// The line that begins at `start`; nil when its end is not there. In a comment quotes mean nothing.
  private func line(at start: Int, number: Int, isFinal: Bool) -> Line? {
    let first = bytes[start...].first { $0 != 0x20 && $0 != 0x09 }
    let isComment = first == UInt8(ascii: "#") || first == UInt8(ascii: "%")
    var isQuoted = false
    var isCellBegin = true
    var lines = 1
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        var next = position + 1
        if byte == Self.carriageReturn {
          if next == bytes.count && !isFinal { return nil }
          if next < bytes.count && bytes[next] == Self.lineFeed { next += 1 }
        }
        if !isQuoted {
          return Line(bytes: start..<position, next: next, number: number, nextNumber: number + lines)
        }
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
      } else if CellSplitter.separators.contains(byte) {
        isCellBegin = true
      } else if byte != UInt8(ascii: " ") {
        isCellBegin = false
      }
      position += 1
    }
    guard isFinal && !isQuoted else { return nil }
    return Line(bytes: start..<bytes.count, next: bytes.count, number: number, nextNumber: number + lines)
  }
}
