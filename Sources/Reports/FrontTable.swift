import Expressions

/// The front as a table for people, in the columns PySR's users know.
public struct FrontTable: Sendable {
  /// A line of the table.
  public struct Row: Sendable, Hashable {
    let complexity: Int
    let loss: Double?
    let score: Double?
    let equation: String

    /// A line for one member of a front.
    public init(complexity: Int, loss: Double?, score: Double?, equation: String) {
      self.complexity = complexity
      self.loss = loss
      self.score = score
      self.equation = equation
    }
  }

  /// The lines, from simple to complex.
  public let rows: [Row]
  /// Index of the line that is marked with `>`.
  public let best: Int

  /// A table of the given lines.
  public init(rows: [Row], best: Int) {
    self.rows = rows
    self.best = best
  }

  /// The front of `document`, constants rounded to six digits; the chosen member is marked unless `marking` names
  /// another.
  public init(_ document: RunDocument, marking index: Int? = nil) {
    best = index ?? document.best
    rows = document.front.map { member in
      let formula = try? Formula(parsing: member.expression, features: document.features)
      let right = formula?.description(features: document.features, digits: 6) ?? member.expression
      return Row(
        complexity: member.complexity, loss: member.loss, score: member.score,
        equation: "\(document.target) = \(right)")
    }
  }

  private static let indent = 2 + 10 + 2 + 9 + 2 + 9 + 2

  /// The table's lines, none wider than `width` columns: equations that are too long go on below their beginning.
  public func lines(width: Int) -> [String] {
    let room = max(20, width - FrontTable.indent)
    var lines = ["  Complexity  Loss       Score      Equation"]
    for (index, row) in rows.enumerated() {
      let head =
        (index == best ? "> " : "  ") + FrontTable.pad("\(row.complexity)", 12)
        + FrontTable.pad(FrontTable.number(row.loss), 11) + FrontTable.pad(FrontTable.number(row.score), 11)
      for (part, text) in FrontTable.wrap(row.equation, width: room).enumerated() {
        lines.append((part == 0 ? head : String(repeating: " ", count: FrontTable.indent)) + text)
      }
    }
    return lines
  }

  /// The table as text, ending in a line feed.
  public func text(width: Int) -> String { lines(width: width).map { $0 + "\n" }.joined() }

  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "-" }
    return NumberText.rounded(value, digits: 4)
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Cuts `text` into pieces of at most `width` columns, at spaces where there are any.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
      while DisplayWidth.of(line) > width {
        var piece = ""
        while DisplayWidth.of(piece) + DisplayWidth.of(line.prefix(1)) <= width { piece.append(line.removeFirst()) }
        lines.append(piece)
      }
    }
    return lines + [line]
  }
}
