/// Solution rates that others published for the suites.
///
/// Rows differ in budget, in the number of rows and in what counts as solved, so each carries its protocol.
public struct PublishedRates: Sendable {
  /// The method.
  public let method: String
  /// Percent solved at noise 0, 0.001, 0.01 and 0.1.
  public let feynman: [Double]
  /// The same for the Strogatz problems; nil where none were published.
  public let strogatz: [Double]?
  /// Protocol.
  public let procedure: Procedure

  /// What was measured, and where it was published.
  public enum Procedure: String, Sendable, CaseIterable {
    /// SRBench's.
    case single = "S"
    /// SRBench's with units of the features given and the whole front looked at.
    case units = "U"
    /// Ninety seconds a run, the whole front looked at.
    case front = "F"

    /// The protocol and its source.
    public var text: String {
      switch self {
      case .single:
        "one final model a run, 10 seeds, at most a million evaluations, up to 10,000 rows, 116 Feynman and 14 "
          + "Strogatz problems (SRBench: La Cava et al. 2021, arXiv:2107.14351); uDSR's as its authors ran it, "
          + "read off a figure of PhySO's repository"
      case .units:
        "as S, but given the units of every feature, 5 seeds, any form on the front counts (PhySO: Tenachi, "
          + "Ibata and Diakogiannis 2023, arXiv:2303.03192)"
      case .front:
        "90 s a run on one processor core, 1,000 rows, no early stop, any form on the front counts (PySR as run "
          + "by the authors of its language-model-evolved variants, Microsoft Research)"
      }
    }
  }

  /// The published rows.
  public static let all: [PublishedRates] = [
    .init("AI Feynman 2", [55.8, 33.1, 13.0, 0.7], [27.1, 22.1, 9.3, 2.1], .single),
    .init("GP-GOMEA", [26.8, 11.0, 5.1, 1.6], [29.5, 7.1, 1.4, 0], .single),
    .init("DSR", [19.7, 19.1, 19.0, 16.8], [19.6, 19.3, 18.6, 15.0], .single),
    .init("Operon", [16.6, 13.2, 2.1, 0.1], [11.4, 5.0, 0.7, 0], .single),
    .init("uDSR", [69, 37, 27.5, 10.7], nil, .single),
    .init("PhySO", [58.4, 58.4, 57.9, 53.4], nil, .units),
    .init("PySR", [50.6, 51.6, 49.7, 45.7], [69.3, 63.6, 64.3, 43.6], .front),
  ]

  private init(_ method: String, _ feynman: [Double], _ strogatz: [Double]?, _ procedure: Procedure) {
    self.method = method
    self.feynman = feynman
    self.strogatz = strogatz
    self.procedure = procedure
  }

  /// The rates of a suite for people, with their protocols.
  public static func text(_ suite: GroundTruthSuite) -> String {
    let header = ["published, %", "0", "0.001", "0.01", "0.1", "protocol"]
    let body = all.compactMap { entry in
      (suite == .feynman ? entry.feynman : entry.strogatz).map { rates in
        [entry.method] + rates.map { "\($0)" } + [entry.procedure.rawValue]
      }
    }
    let procedures = Procedure.allCases.filter { procedure in body.contains { $0.last == procedure.rawValue }
    }
    return TextTable.aligned([header] + body)
      + procedures.map { "\($0.rawValue): \($0.text)\n" }.joined()
  }
}
