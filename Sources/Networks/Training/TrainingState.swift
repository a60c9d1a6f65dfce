/// All that a training has to know to go on to the same bits: random streams derive from seed and step.
public struct TrainingState: Sendable, Equatable {
  /// Steps done.
  public var step: Int
  /// The network's parameters.
  public var parameters: [Float]
  /// Which components of messages are on.
  public var mask: [Float]
  /// Adam's mean of the gradient.
  public var mean: [Float]
  /// Adam's mean of its squares.
  public var square: [Float]
  /// What validations found.
  public var history: [ValidationRecord]
  /// The sum of losses and the number of steps since the last validation.
  package var recentLoss: Double
}
