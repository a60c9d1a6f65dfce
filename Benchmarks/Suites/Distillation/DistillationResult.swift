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
  /// The simulator made of the law and the law of bodies; nil where there is no law, or the world has a string.
  public var simulator: SimulatorResult?
  /// Seconds of simulation and training.
  public var trainingSeconds: Double
  /// Seconds of the whole run.
  public var seconds: Double

  enum CodingKeys: String, CodingKey {
    case name = "case"
    case seed, expression, remainder, parameters, seconds, simulator
    case isAligned = "aligned"
    case isRecovered = "recovered"
    case messageForce = "message_force_r2"
    case direction = "direction_r2"
    case agreement = "law_r2"
    case trainingSeconds = "training_seconds"
  }
}

/// How well two laws move bodies in place of the network they come from.
public struct SimulatorResult: Sendable, Hashable, Codable {
  /// Errors of accelerations in units of the network's.
  public struct Ratios: Sendable, Hashable, Codable {
    /// In the range of the data.
    public var inRange: Double
    /// With twice as many bodies.
    public var twiceTheBodies: Double
    /// With all distances doubled.
    public var twiceTheDistances: Double

    enum CodingKeys: String, CodingKey {
      case inRange = "in_range"
      case twiceTheBodies = "twice_the_bodies"
      case twiceTheDistances = "twice_the_distances"
    }
  }

  /// The law of pairs, fitted to the motions.
  public var edgeLaw: String
  /// The law of bodies, fitted to the motions.
  public var nodeLaw: String
  /// The verdict on it as it was distilled from the network alone.
  public var distilledVerdict: NodeLawJudge.Verdict?
  /// The verdict on it after its constants were fitted to the motions.
  public var verdict: NodeLawJudge.Verdict?
  /// With the constants that were distilled.
  public var distilled: Ratios
  /// With constants fitted to the motions.
  public var refitted: Ratios

  enum CodingKeys: String, CodingKey {
    case edgeLaw = "edge_law"
    case nodeLaw = "node_law"
    case distilledVerdict = "distilled_verdict"
    case verdict, distilled, refitted
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

  /// The median of the largest of a simulator's three ratios.
  private func ratio(
    _ path: KeyPath<SimulatorResult, SimulatorResult.Ratios>, _ part: [DistillationResult]
  ) -> String {
    let values = part.compactMap { row in
      row.simulator.map { simulator in
        let ratios = simulator[keyPath: path]
        return max(ratios.inRange, ratios.twiceTheBodies, ratios.twiceTheDistances)
      }
    }.sorted()
    return values.isEmpty ? "-" : NumberText.rounded(values[values.count / 2], digits: 2)
  }

  /// A line for each case: recovered, flagged as no force, medians, and the error of the accelerations that the laws
  /// give in units of the network's, the largest of in range, twice the bodies and twice the distances.
  public var text: String {
    var table = [
      [
        "case", "recovered", "no force", "robust R²", "law R²", "a, distilled", "a, fitted", "seconds",
        "a law",
      ]
    ]
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
        ratio(\.distilled, part), ratio(\.refitted, part),
        NumberText.rounded(times[times.count / 2], digits: 3),
        example.expression,
      ])
    }
    return TextTable.aligned(table)
  }
}
