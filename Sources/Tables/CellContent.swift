import CNumberParsing

/// What one cell of a table says.
package enum CellContent: Equatable {
  /// A finite number, correctly rounded.
  case number(Double)
  /// An infinity, or a number beyond the range of a `Double`.
  case infinite(Double)
  /// An empty cell, `NA`, `NaN` or `null`.
  case missing
  /// Anything else.
  case word

  /// Reads the text of a cell, spaces around it left aside.
  package init(_ text: String, decimalMark: Character = ".") {
    var text = text
    var value = 0.0
    let mark = CChar(bitPattern: decimalMark.asciiValue ?? UInt8(ascii: "."))
    let kind = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty buffer may have no address; the parser wants one all the same.
        guard let start = characters.baseAddress else { return CellKind.missing }
        return cell_parse(start, characters.count, mark, &value)
      }
    }
    self =
      switch kind {
      case .number: .number(value)
      case .infinite: .infinite(value)
      case .missing: .missing
      case .word: .word
      }
  }
}
