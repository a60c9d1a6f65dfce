import Expressions

/// What one distillation gave: a row of the table of `symreg-bench distill`.
public struct DistillationResult: Sendable, Hashable, Codable {
  /// The case's name.
  public var name: String
  /// Seed of simulation, network and search.
  public var seed: UInt64
  /// Whether the messages were said to be a force.
  public var isAligned: Bool
  /// Whether the law is that of the world.
  public var isRecovered: Bool
  /// The law.
  public var expression: String
  /// See `ForceLawJudge.Verdict`.
  public var remainder: Double?
  /// Exponents and lengths of the law.
  public var parameters: [String: Double]
  /// Robust R² of messages and true forces.
  public var messageForce: Double?
  /// Robust R² of messages and the best force along the displacements.
  public var direction: Double?
  /// Robust R² of messages and law; for the control R² of the formula.
  public var agreement: Double?
  /// Seconds of simulation and training.
  public var trainingSeconds: Double
  /// Seconds of the whole run.
  public var seconds: Double

  enum CodingKeys: String, CodingKey {
    case name = "case"
    case seed, expression, remainder, parameters, seconds
    case isAligned = "aligned"
    case isRecovered = "recovered"
    case messageForce = "message_force_r2"
    case direction = "direction_r2"
    case agreement = "law_r2"
    case trainingSeconds = "training_seconds"
  }
}

/// All rows of a run of `symreg-bench distill`.
public struct DistillationTable: Sendable, Codable {
  /// The document's format.
  public private(set) var schema = "symreg.bench.distill/1"
  /// Machine and settings, by name.
  public var settings: [String: String]
  /// One row a case and seed.
  public var rows: [DistillationResult] = []

  /// A table without rows.
  public init(settings: [String: String]) { self.settings = settings }

  /// A line for each case: recovered, flagged as no force, and medians.
  public var text: String {
    var table = [["case", "recovered", "no force", "robust R²", "law R²", "seconds", "a law"]]
    var names: [String] = []
    for row in rows where !names.contains(row.name) { names.append(row.name) }
    for name in names {
      let part = rows.filter { $0.name == name }
      func median(_ path: KeyPath<DistillationResult, Double?>, digits: Int = 5) -> String {
        let values = part.compactMap { $0[keyPath: path] }.sorted()
        return values.isEmpty ? "-" : NumberText.rounded(values[values.count / 2], digits: digits)
      }
      let times = part.map(\.seconds).sorted()
      let example = part.first { $0.isRecovered } ?? part[0]
      table.append([
        name, "\(part.count { $0.isRecovered })/\(part.count)",
        "\(part.count(where: { !$0.isAligned }))/\(part.count)", median(\.messageForce), median(\.agreement),
        NumberText.rounded(times[times.count / 2], digits: 3), example.expression,
      ])
    }
    return TextTable.aligned(table)
  }
}
