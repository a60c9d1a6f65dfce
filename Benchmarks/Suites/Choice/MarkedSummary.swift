/// How often marked members were right.
public struct MarkedSummary: Sendable, Hashable, Codable {
  /// Rows of one group, or all.
  public struct Line: Sendable, Hashable, Codable {
    /// The group's name; `all` for the last line.
    public let group: String
    /// Rows whose marked member was right, of those whose front has the law.
    public let ofFront: Proportion
    /// Rows whose marked member was right, of all.
    public let ofAll: Proportion

    enum CodingKeys: String, CodingKey {
      case group
      case ofFront = "right_of_on_front"
      case ofAll = "right_of_all"
    }

    init(_ group: String, _ rows: [some MarkedResult]) {
      self.group = group
      let right = rows.count { $0.isRight }
      ofFront = Proportion(successes: right, trials: rows.count { $0.isOnFront })
      ofAll = Proportion(successes: right, trials: rows.count)
    }
  }

  /// One line a group, in the order in which they first occur, then one for all.
  public let lines: [Line]
  /// Rows that are left out because their data do not show the law.
  public let uncounted: Int

  /// The summary of rows.
  public init(_ rows: [some MarkedResult]) {
    let counted = rows.filter(\.counts)
    uncounted = rows.count - counted.count
    let kinds = counted.map(\.groups.count).max() ?? 0
    var lines: [Line] = []
    for kind in 0..<kinds {
      var order: [String] = []
      for row in counted where !order.contains(row.groups[kind]) { order.append(row.groups[kind]) }
      // Numbers ascending, whichever search ended first; kinds as the table has them.
      let numbers = order.map { $0.split(separator: " ").last.flatMap { Int($0) } }
      if !numbers.contains(nil) { order.sort { ($0.count, $0) < ($1.count, $1) } }
      lines += order.map { name in Line(name, counted.filter { $0.groups[kind] == name }) }
    }
    self.lines = lines + [Line("all", counted)]
  }

  /// The first group, of the first kind, in which the least share of those on the front was marked; nil without
  /// rows whose front has the law.
  public var worst: Line? {
    let kind = lines.first?.group.split(separator: " ").first
    return lines.filter { $0.group.split(separator: " ").first == kind && $0.ofFront.trials > 0 }
      .min { $0.ofFront.share < $1.ofFront.share }
  }

  /// A table for people.
  public var text: String {
    func cells(_ share: Proportion) -> [String] {
      [
        "\(share.successes)/\(share.trials)",
        "\(TextTable.percent(share.low))-\(TextTable.percent(share.high)) %",
      ]
    }
    let header = ["group", "right of on front", "95 % interval", "right of all", "95 % interval"]
    let body = lines.map { [$0.group] + cells($0.ofFront) + cells($0.ofAll) }
    let left = uncounted == 0 ? "" : "not counted, as the data do not show the law: \(uncounted)\n"
    return TextTable.aligned([header] + body) + (worst.map { "worst: \($0.group)\n" } ?? "") + left
  }
}
