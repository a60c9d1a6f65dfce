import Expressions
import Search

/// What one search of a signal gave: a row of the table of `symreg-bench periodic`.
public struct PeriodicResult: Sendable, Hashable, Codable {
  /// Number of the signal.
  public var index: Int
  /// Seed of the signals.
  public var seed: UInt64
  /// Rows of the record.
  public var rows: Int
  /// Standard deviation of the errors over the largest amplitude.
  public var noise: Double
  /// Frequencies of the signal.
  public var frequencies: Int
  /// Whether it is damped.
  public var isDamped: Bool
  /// Whether moments are equally far apart.
  public var isEven: Bool
  /// First moment of the record.
  public var start: Double
  /// Length of the record.
  public var length: Double
  /// Whether the rows show the signal.
  public var isShown: Bool
  /// Whether some member of the front is the signal.
  public var isOnFront: Bool
  /// Whether the marked member is.
  public var isMarkedRight: Bool
  /// Nodes of the marked member.
  public var markedSize: Int
  /// Nodes of the smallest member that is the signal; nil where none is.
  public var signalSize: Int?
  /// The marked member.
  public var expression: String
  /// How far it is off, relative to what is allowed; nil where it is not defined.
  public var deviation: Double?
  /// Seconds the search took.
  public var seconds: Double
  /// Seconds of processor time it took; other searches at the same time count as well. On a busy machine it
  /// tells how much of the time limit a search was given.
  public var processorSeconds: Double
  /// Why it ended.
  public var stopReason: String

  enum CodingKeys: String, CodingKey {
    case index, seed, rows, noise, frequencies, start, length, expression, deviation, seconds
    case isDamped = "damped"
    case isEven = "even"
    case isShown = "shown"
    case isOnFront = "on_front"
    case isMarkedRight = "marked_right"
    case markedSize = "marked_size"
    case signalSize = "signal_size"
    case processorSeconds = "processor_seconds"
    case stopReason = "stop_reason"
  }

  /// The row of a search, judged.
  init(_ signal: PeriodicSignal, seed: UInt64, _ search: MarkedSearch, _ judge: PeriodicJudge) {
    let result = search.result
    index = signal.index
    self.seed = seed
    rows = signal.times.count
    noise = signal.deviation / signal.components[0].amplitude
    frequencies = signal.components.count
    isDamped = signal.damping > 0
    isEven = signal.isEven
    start = signal.times[0]
    length = signal.times[rows - 1] - start
    isShown = judge.isShown
    let verdicts = result.front.map { judge.isSignal($0.formula) }
    let marked = result.front.indices.contains(result.best) ? result.front[result.best] : nil
    isOnFront = verdicts.contains(true)
    isMarkedRight = marked != nil && verdicts[result.best]
    markedSize = marked?.complexity ?? 0
    signalSize = verdicts.firstIndex(of: true).map { result.front[$0].complexity }
    expression = marked?.expression ?? ""
    let deviation = marked.map { judge.deviation(of: $0.formula) } ?? .infinity
    self.deviation = deviation.isFinite ? deviation : nil
    seconds = result.elapsed
    processorSeconds = search.processorSeconds
    stopReason = result.stopReason.rawValue
  }
}

extension PeriodicResult: MarkedResult {
  /// What was searched.
  public var name: String { PeriodicResult.name(index, seed: seed) }
  /// Whether the marked member is right.
  public var isRight: Bool { isMarkedRight }
  /// Whether the row counts.
  public var counts: Bool { isShown }
  /// Groups in which the row is counted.
  public var groups: [String] {
    [
      "frequencies \(frequencies)", "noise \(noise < 1e-4 ? "0" : noise <= 0.05 ? "to 5 %" : "over 5 %")",
      "steps \(isEven ? "even" : "uneven")", "damping \(isDamped ? "yes" : "no")",
      "rows \(rows < 40 ? "below 40" : rows < 150 ? "40 to 149" : "from 150")",
    ]
  }
  /// Cells for people.
  public var line: [String] {
    [
      "\(index)", "\(rows)", NumberText.rounded(noise, digits: 2), "\(frequencies)", isDamped ? "yes" : "no",
      isEven ? "even" : "uneven", isShown ? "yes" : "no", isOnFront ? "yes" : "no",
      isMarkedRight ? "right" : "wrong", "\(markedSize)",
      deviation.map { NumberText.rounded($0, digits: 2) } ?? "-", TextTable.decimal(seconds), stopReason,
      expression,
    ]
  }
  /// Names of the cells.
  public static let header = [
    "signal", "rows", "noise", "frequencies", "damped", "steps", "shown", "on front", "marked", "size",
    "off by", "seconds", "stopped by", "marked member",
  ]
  /// The document's format.
  public static let schema = "symreg.periodic/1"

  /// The name of the row of a signal.
  static func name(_ index: Int, seed: UInt64) -> String { "signal \(index), seed \(seed)" }
}
