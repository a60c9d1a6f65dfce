/// Two tables of the same searches side by side: which marked members became right, and which wrong.
public struct MarkedComparison: Sendable, Hashable, Codable {
  /// A group of the searches that both tables have.
  public struct Line: Sendable, Hashable, Codable {
    /// The group's name; `all` for the last line.
    public let group: String
    /// Rows that were right in the older table.
    public let before: Proportion
    /// Rows that are right in the newer one.
    public let after: Proportion
    /// Rows right before and not after.
    public let lost: Int
    /// Rows right after and not before.
    public let gained: Int
  }

  /// One line a group, then one for all.
  public let lines: [Line]
  /// Searches whose marked member was right before and is not.
  public let lost: [String]
  /// Searches whose marked member is right and was not.
  public let gained: [String]
  /// Searches that only one of the tables has.
  public let unmatched: Int

  /// Compares two tables, search by search.
  ///
  /// - Throws: ``SuiteError/unreadableResults(reason:)`` when they share none.
  public init<Row: MarkedResult>(before: MarkedTable<Row>, after: MarkedTable<Row>) throws(SuiteError) {
    let old = Dictionary(before.rows.map { ($0.name, $0) }) { first, _ in first }
    let pairs = after.rows.compactMap { row in old[row.name].map { (old: $0, new: row) } }
    guard !pairs.isEmpty else { throw .unreadableResults(reason: "the two tables share no search") }
    unmatched = before.rows.count + after.rows.count - 2 * pairs.count
    lost = pairs.filter { $0.old.isRight && !$0.new.isRight }.map(\.new.name)
    gained = pairs.filter { !$0.old.isRight && $0.new.isRight }.map(\.new.name)
    let groups = MarkedSummary(pairs.map(\.new)).lines.map(\.group)
    lines = groups.map { group in
      let members = pairs.filter { $0.new.counts && (group == "all" || $0.new.groups.contains(group)) }
      return Line(
        group: group,
        before: Proportion(successes: members.count { $0.old.isRight }, trials: members.count),
        after: Proportion(successes: members.count { $0.new.isRight }, trials: members.count),
        lost: members.count { $0.old.isRight && !$0.new.isRight },
        gained: members.count { !$0.old.isRight && $0.new.isRight })
    }
  }

  /// A table for people.
  public var text: String {
    let header = ["group", "right before", "after", "lost", "gained"]
    let body = lines.map { line in
      [
        line.group, "\(line.before.successes)/\(line.before.trials)",
        "\(line.after.successes)/\(line.after.trials)", "\(line.lost)", "\(line.gained)",
      ]
    }
    func listed(_ label: String, _ names: [String]) -> String {
      label + (names.isEmpty ? ": none\n" : ":\n" + names.map { "  \($0)\n" }.joined())
    }
    return TextTable.aligned([header] + body)
      + (unmatched == 0 ? "" : "searches that only one table has: \(unmatched)\n")
      + listed("right before and not after", lost) + listed("right after and not before", gained)
  }
}
