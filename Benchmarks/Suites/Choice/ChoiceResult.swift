import Search

/// What one search gave: a row of the table of `symreg-bench choice`.
public struct ChoiceResult: Sendable, Hashable, Codable {
  /// The law's short name.
  public var law: String
  /// The kind of errors.
  public var noise: ChoiceNoise
  /// Rows of the data.
  public var rows: Int
  /// Seed of the data and of the search.
  public var seed: UInt64
  /// Whether some member of the front is the law, or simpler and as good.
  public var isOnFront: Bool
  /// Whether the marked member is the law.
  public var isMarkedRight: Bool
  /// Whether the marked member is not the law, but simpler and as good.
  public var isSimplerAsGood: Bool
  /// Why the marked member is, or is not.
  public var finding: ChoiceVerdict
  /// Nodes of the marked member.
  public var markedSize: Int
  /// Nodes of the smallest member that is the law; nil where none is.
  public var lawSize: Int?
  /// The marked member.
  public var expression: String
  /// The smallest member that is the law; nil where none is.
  public var lawExpression: String?
  /// Distance of the marked member from the law on fresh rows over that of the best fit of the law's own form;
  /// nil where it is not defined there.
  public var errorRatio: Double?
  /// Seconds the search took.
  public var seconds: Double
  /// Seconds of processor time it took; other searches at the same time count as well. On a busy machine it
  /// tells how much of the time limit a search was given.
  public var processorSeconds: Double
  /// Why it ended.
  public var stopReason: String

  enum CodingKeys: String, CodingKey {
    case law, noise, rows, seed, finding, expression, seconds
    case isOnFront = "on_front"
    case isMarkedRight = "marked_right"
    case isSimplerAsGood = "simpler_as_good"
    case markedSize = "marked_size"
    case lawSize = "law_size"
    case lawExpression = "law_expression"
    case errorRatio = "error_ratio"
    case processorSeconds = "processor_seconds"
    case stopReason = "stop_reason"
  }

  /// The row of a search on `data`, judged.
  init(_ data: ChoiceData, _ search: MarkedSearch, _ judge: ChoiceJudge) {
    let result = search.result
    law = data.law.key
    noise = data.noise
    rows = data.rows.count
    seed = data.seed
    let verdicts = result.front.map { judge.verdict(on: $0.formula) }
    let marked = result.front.indices.contains(result.best) ? result.front[result.best] : nil
    finding = marked == nil ? .undefined : verdicts[result.best]
    isOnFront = verdicts.contains(where: \.isRight)
    isMarkedRight = finding == .law
    isSimplerAsGood = finding == .simplerAsGood
    let found = verdicts.firstIndex(of: .law).map { result.front[$0] }
    markedSize = marked?.complexity ?? 0
    lawSize = found?.complexity
    expression = marked?.expression ?? ""
    lawExpression = found?.expression
    errorRatio = marked.flatMap { judge.errorRatio(of: $0.formula) }
    seconds = result.elapsed
    processorSeconds = search.processorSeconds
    stopReason = result.stopReason.rawValue
  }
}

extension ChoiceResult: MarkedResult {
  /// What was searched.
  public var name: String { "\(law), \(noise.rawValue), \(rows) rows, seed \(seed)" }
  /// Whether the marked member is right.
  public var isRight: Bool { isMarkedRight || isSimplerAsGood }
  /// Groups in which the row is counted.
  public var groups: [String] { ["noise \(noise.rawValue)", "rows \(rows)"] }
  /// Cells for people.
  public var line: [String] {
    [
      law, noise.rawValue, "\(rows)", "\(seed)", isOnFront ? "yes" : "no", finding.rawValue, "\(markedSize)",
      lawSize.map(String.init) ?? "-", errorRatio.map { TextTable.decimal(min($0, 1e6)) } ?? "-",
      TextTable.decimal(seconds), stopReason, expression,
    ]
  }
  /// Names of the cells.
  public static let header = [
    "law", "noise", "rows", "seed", "on front", "marked", "size", "of law", "error ratio", "seconds",
    "stopped by", "marked member",
  ]
  /// The document's format.
  public static let schema = "symreg.choice/1"
}
