import Foundation

/// Columns of text, aligned for a terminal.
public enum TextTable {
  /// Lines of cells with each column as wide as its widest cell; every line ends with a line break.
  public static func aligned(_ lines: [[String]]) -> String {
    let columns = lines.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return lines.map { line in
      var text = ""
      for (cell, width) in zip(line, widths) {
        text += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  /// A share as a whole number of percent.
  public static func percent(_ share: Double) -> String {
    share.isFinite ? "\(Int((share * 100).rounded()))" : "-"
  }

  /// A number with two decimals.
  public static func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
}
