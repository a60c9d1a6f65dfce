/// Two tables of the same problems side by side: is the new one better?
public struct TableComparison: Sendable, Hashable, Codable {
  /// One problem, or all that both tables have.
  public struct Line: Sendable, Hashable, Codable {
    /// The problem's short name; `all` for the last line.
    public let problem: String
    /// Successes of the older table.
    public let before: Proportion
    /// Successes of the newer table.
    public let after: Proportion
    /// Lower end of the 95 % interval of (after - before), as shares.
    public let low: Double
    /// Its upper end.
    public let high: Double
    /// Median seconds to solution in the older table.
    public let secondsBefore: Double?
    /// Median seconds to solution in the newer table.
    public let secondsAfter: Double?

    /// What the interval says: `better`, `worse`, or `same` when it holds 0.
    public var reading: String { low > 0 ? "better" : high < 0 ? "worse" : "same" }

    enum CodingKeys: String, CodingKey {
      case problem, before, after, low, high
      case secondsBefore = "seconds_before"
      case secondsAfter = "seconds_after"
    }

    init(_ before: Summary.Line, _ after: Summary.Line) {
      problem = after.problem
      self.before = before.solved
      self.after = after.solved
      let interval = after.solved.difference(from: before.solved)
      (low, high) = (interval.lowerBound, interval.upperBound)
      secondsBefore = before.medianSecondsToSolution
      secondsAfter = after.medianSecondsToSolution
    }
  }

  /// One line a problem that both tables have, then one for all of these together.
  public let lines: [Line]
  /// Problems that only one of the tables has.
  public let unmatched: [String]
  /// Problems that some run solved before and none after, with the level of noise where there is one.
  public let lost: [String]
  /// Problems that some run solved after and none before.
  public let gained: [String]

  /// Compares two tables.
  ///
  /// - Throws: ``SuiteError/unreadableResults(reason:)`` when they share no problem.
  public init(before: ResultTable, after: ResultTable) throws(SuiteError) {
    let name = TableComparison.name
    let (old, new) = (Set(before.rows.map(name)), Set(after.rows.map(name)))
    let shared = old.intersection(new)
    guard !shared.isEmpty else { throw .unreadableResults(reason: "the two tables share no problem") }
    unmatched = old.symmetricDifference(new).sorted()
    (lost, gained) = TableComparison.changes(from: before.rows, to: after.rows)
    let earlier = Summary(before.rows.filter { shared.contains(name($0)) })
    let later = Summary(after.rows.filter { shared.contains(name($0)) })
    lines =
      later.problems.compactMap { line in
        earlier.problems.first { $0.problem == line.problem }.map { Line($0, line) }
      } + [Line(earlier.all, later.all)]
  }

  /// The problem of a row, with its level of noise where there is one.
  private static func name(_ row: ProblemResult) -> String {
    row.problem + (row.noise.map { " at noise \($0)" } ?? "")
  }

  /// Problems solved in only one of two tables, of those that both have at the same level of noise.
  private static func changes(from before: [ProblemResult], to after: [ProblemResult])
    -> (lost: [String], gained: [String])
  {
    let shared = Set(before.map(name)).intersection(after.map(name))
    let solvedBefore = Set(before.filter(\.isSolved).map(name))
    let solvedAfter = Set(after.filter(\.isSolved).map(name))
    return (
      shared.intersection(solvedBefore).subtracting(solvedAfter).sorted(),
      shared.intersection(solvedAfter).subtracting(solvedBefore).sorted()
    )
  }

  /// A table for people.
  public var text: String {
    let header = ["problem", "before", "after", "95 % interval of the change", "", "seconds before", "after"]
    let body = lines.map { line in
      [
        line.problem, "\(line.before.successes)/\(line.before.trials)",
        "\(line.after.successes)/\(line.after.trials)",
        "\(TextTable.percent(line.low)) to \(TextTable.percent(line.high)) %", line.reading,
        line.secondsBefore.map { TextTable.decimal($0) } ?? "-",
        line.secondsAfter.map { TextTable.decimal($0) } ?? "-",
      ]
    }
    let missing = unmatched.isEmpty ? "" : "in one table only: \(unmatched.joined(separator: ", "))\n"
    func listed(_ label: String, _ names: [String]) -> String {
      "\(label): \(names.isEmpty ? "none" : names.joined(separator: ", "))\n"
    }
    return TextTable.aligned([header] + body) + missing + listed("solved before and not after", lost)
      + listed("solved after and not before", gained)
  }
}
