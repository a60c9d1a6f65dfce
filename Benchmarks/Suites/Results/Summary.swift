/// How often, and how fast, the problems of a table were solved.
public struct Summary: Sendable, Hashable, Codable {
  /// The runs on one problem, or on all.
  public struct Line: Sendable, Hashable, Codable {
    /// The problem's short name; `all` for the last line.
    public let problem: String
    /// Runs that found the law.
    public let solved: Proportion
    /// Runs that found at least the law's form.
    public let form: Proportion
    /// Median of the seconds to solution over all runs, an unsolved run counting as later than any; nil when
    /// half of them or more were not solved.
    public let medianSecondsToSolution: Double?

    enum CodingKeys: String, CodingKey {
      case problem, solved
      case form = "solved_as_published"
      case medianSecondsToSolution = "median_seconds_to_solution"
    }

    init(problem: String, rows: [ProblemResult]) {
      self.problem = problem
      solved = Proportion(successes: rows.count { $0.isSolved }, trials: rows.count)
      form = Proportion(successes: rows.count { $0.hasForm }, trials: rows.count)
      let times = rows.map { $0.secondsToSolution ?? .infinity }.sorted()
      let middle = times.isEmpty ? .infinity : (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
      medianSecondsToSolution = middle.isFinite ? middle : nil
    }
  }

  /// One line a problem, in the order in which they first occur.
  public let problems: [Line]
  /// All runs together.
  public let all: Line

  /// One line a level of noise; nil for suites without.
  public let noiseLevels: [NoiseLevel]?

  enum CodingKeys: String, CodingKey {
    case problems, all
    case noiseLevels = "noise_levels"
  }

  /// The summary of rows.
  public init(_ rows: [ProblemResult]) {
    var order: [String] = []
    for row in rows where !order.contains(row.problem) { order.append(row.problem) }
    problems = order.map { key in Line(problem: key, rows: rows.filter { $0.problem == key }) }
    all = Line(problem: "all", rows: rows)
    let levels = NoiseLevel.levels(rows)
    noiseLevels = levels.isEmpty ? nil : levels
  }

  /// A table for people: share solved with its 95 % interval, and the median time.
  public var text: String {
    let header = ["problem", "solved", "95 % interval", "as published", "median seconds"]
    let body = (problems + [all]).map { line in
      [
        line.problem, "\(line.solved.successes)/\(line.solved.trials)",
        "\(TextTable.percent(line.solved.low))-\(TextTable.percent(line.solved.high)) %",
        "\(line.form.successes)/\(line.form.trials)",
        line.medianSecondsToSolution.map { TextTable.decimal($0) } ?? "-",
      ]
    }
    return TextTable.aligned([header] + body)
  }
}
