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

  /// The front of `document` as its equations are printed; the chosen member is marked unless `marking` names
  /// another.
  public init(_ document: RunDocument, marking index: Int? = nil) {
    best = index ?? document.best
    rows = document.front.map { member in
      Row(
        complexity: member.complexity, loss: member.loss, score: member.score,
        equation: "\(document.target) = \(member.printed(features: document.features))")
    }
  }

  /// How much of the table a width has room for.
  private struct Layout {
    let hasLoss: Bool
    let hasScore: Bool
    let room: Int

    init(width: Int) {
      hasLoss = width >= 40
      hasScore = width >= 60
      room = max(
        8, width - FrontTable.mark - FrontTable.column * (1 + (hasLoss ? 1 : 0) + (hasScore ? 1 : 0)))
    }

    func head(_ mark: String, _ complexity: String, _ loss: String, _ score: String) -> String {
      mark + FrontTable.pad(complexity) + (hasLoss ? FrontTable.pad(loss) : "")
        + (hasScore ? FrontTable.pad(score) : "")
    }
  }

  private static let mark = 2
  private static let column = 12

  /// The table's lines, of at most `width` columns where that is 22 or more; narrow tables leave out scores,
  /// then losses.
  ///
  /// - Parameter isWrapped: whether an equation that is too long goes on below its beginning; else it is cut
  ///   off.
  public func lines(width: Int, isWrapped: Bool = true) -> [String] {
    let layout = Layout(width: width)
    var lines = [layout.head("  ", "Complexity", "Loss", "Score") + "Equation"]
    for (index, row) in rows.enumerated() {
      let head = layout.head(
        index == best ? "> " : "  ", "\(row.complexity)", FrontTable.number(row.loss),
        FrontTable.number(row.score))
      let parts =
        isWrapped
        ? FrontTable.wrap(row.equation, width: layout.room)
        : [DisplayWidth.cut(row.equation, to: layout.room)]
      for (part, text) in parts.enumerated() {
        lines.append((part == 0 ? head : String(repeating: " ", count: head.count)) + text)
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

  private static func pad(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, column - text.count))
  }

  /// Cuts `text` into pieces of at most `width` columns: at spaces, else behind a sign, else anywhere.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    while DisplayWidth.of(rest) > width {
      var used = 0
      var end = rest.startIndex
      var atSpace: String.Index?
      var atSign: String.Index?
      while used + DisplayWidth.of(rest[end...end]) <= width {
        used += DisplayWidth.of(rest[end...end])
        let character = rest[end]
        end = rest.index(after: end)
        if character == " " { atSpace = end }
        if "()*/^,".contains(character) { atSign = end }
      }
      if rest[end] == " " { atSpace = rest.index(after: end) }
      let cut = atSpace ?? atSign ?? end
      lines.append(String(rest[..<cut].last == " " ? rest[..<cut].dropLast() : rest[..<cut]))
      rest = rest[cut...]
    }
    return lines + [String(rest)]
  }
}
