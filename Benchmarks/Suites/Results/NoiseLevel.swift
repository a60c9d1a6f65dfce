/// How many runs of a suite found the law at one level of noise.
public struct NoiseLevel: Sendable, Hashable, Codable {
  /// Standard deviation of the noise, relative to the target's root mean square.
  public let noise: Double
  /// Runs that found the law.
  public let solved: Proportion
  /// Runs whose law was confirmed by algebra.
  public let provenByAlgebra: Int
  /// Median of the seconds to solution over the solved runs; nil where there are none.
  public let medianSecondsToSolution: Double?
  /// Mean of the seconds a run took.
  public let meanSeconds: Double

  /// Mean of the processor seconds a run took; nil where they were not counted.
  public let meanProcessorSeconds: Double?

  enum CodingKeys: String, CodingKey {
    case noise, solved
    case provenByAlgebra = "proven_by_algebra"
    case medianSecondsToSolution = "median_seconds_to_solution"
    case meanSeconds = "mean_seconds"
    case meanProcessorSeconds = "mean_processor_seconds"
  }

  /// One line a level, from little to much noise; rows without a level are left out.
  public static func levels(_ rows: [ProblemResult]) -> [NoiseLevel] {
    Set(rows.compactMap(\.noise)).sorted().map { noise in
      NoiseLevel(noise: noise, rows: rows.filter { $0.noise == noise })
    }
  }

  private init(noise: Double, rows: [ProblemResult]) {
    self.noise = noise
    solved = Proportion(successes: rows.count { $0.isSolved }, trials: rows.count)
    provenByAlgebra = rows.count { $0.proof == .algebra }
    let times = rows.compactMap(\.secondsToSolution).sorted()
    medianSecondsToSolution =
      times.isEmpty ? nil : (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
    meanSeconds = rows.reduce(0) { $0 + $1.seconds } / Double(max(rows.count, 1))
    let counted = rows.compactMap(\.processorSeconds)
    meanProcessorSeconds = counted.isEmpty ? nil : counted.reduce(0, +) / Double(counted.count)
  }

  /// A table for people.
  public static func text(_ levels: [NoiseLevel]) -> String {
    let header = [
      "noise", "solved", "rate", "95 % interval", "median seconds", "mean seconds", "of processor",
    ]
    let body = levels.map { level in
      [
        "\(level.noise)", "\(level.solved.successes)/\(level.solved.trials)",
        "\(TextTable.percent(level.solved.share)) %",
        "\(TextTable.percent(level.solved.low))-\(TextTable.percent(level.solved.high)) %",
        level.medianSecondsToSolution.map { TextTable.decimal($0) } ?? "-",
        TextTable.decimal(level.meanSeconds),
        level.meanProcessorSeconds.map { TextTable.decimal($0) } ?? "-",
      ]
    }
    return TextTable.aligned([header] + body)
  }
}
