/// Where a training stands.
public struct TrainingProgress: Sendable {
  /// Steps done.
  public let step: Int
  /// Steps in all.
  public let steps: Int
  /// Passes through the training graphs, the present one with its part.
  public let epoch: Double
  /// Error and penalty of the batches since the last report, a graph.
  public let loss: Double
  /// Error of the validation graphs when last measured, a graph; nil before, or without such graphs.
  public let validation: Double?
  /// The learning rate.
  public let rate: Double
  /// Components of messages that are switched on; nil unless they are pruned.
  public let activeMessages: Int?
  /// Seconds since this run of the training began.
  public let seconds: Double
}

/// Why a training ended.
public enum TrainingEnd: String, Codable, Sendable {
  /// All steps were done.
  case finished
  /// The time was up.
  case timeLimit = "timeout"
  /// Somebody asked.
  case stopped
}

/// One line of the history of a training: what validation found.
public struct ValidationRecord: Codable, Hashable, Sendable {
  /// Steps done.
  public let step: Int
  /// Error and penalty of the batches since the last record, a graph.
  public let loss: Double
  /// Error of the validation graphs, a graph; nil without such graphs.
  public let validation: Double?
}
