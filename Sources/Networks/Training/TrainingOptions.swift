/// How a network is trained.
public struct TrainingOptions: Codable, Hashable, Sendable {
  /// How many steps of the optimiser.
  public var steps = 20_000
  /// Graphs in a batch.
  public var batch = 64
  /// The largest learning rate.
  public var rate = 1e-3
  /// How the rate goes.
  public var schedule = LearningRate.oneCycle
  /// Factor of the parameters that is added to their gradient.
  public var weightDecay = 1e-8
  /// Whether errors of accelerations far above the median count relative to them, with the weight
  /// 1/(1 + |a|/median); otherwise close encounters outweigh all the rest.
  public var isRelative = false
  /// Standard deviation of the translation that all graphs of a batch are moved by; 0 for none.
  public var translation = 3.0
  /// Whether each graph is turned by a rotation of its own.
  public var rotates = false
  /// Standard deviation of the noise on the decimal logarithms of masses that are learned, at first; it
  /// vanishes towards the end.
  public var massNoise = 0.0
  /// Share of the graphs that is kept for validation.
  public var validation = 0.1
  /// Parts into which each batch is divided; each part can be worked on by another thread. Results depend on it
  /// in the last bits, on the number of threads they do not.
  public var shards = 4
  /// Steps between two validations, at which pruning happens as well; nil for a fortieth of all.
  public var validationInterval: Int?
  /// Messages are pruned along this schedule.
  public var pruning = PruningSchedule.cosine
  /// Everything random follows from it.
  public var seed: UInt64 = 0

  /// The defaults.
  public init() {}

  /// Steps between two validations.
  var interval: Int { validationInterval ?? max(1, steps / 40) }

  func validate() throws(NetworkError) {
    guard steps > 0, batch > 0, shards > 0, interval > 0 else {
      throw .badSetting("steps, batch, shards and the interval of validation must be positive")
    }
    guard rate > 0, rate.isFinite, weightDecay >= 0, weightDecay.isFinite, translation >= 0,
      translation.isFinite, massNoise >= 0, massNoise.isFinite
    else {
      throw .badSetting("the learning rate must be positive, decay, translation and noise not negative")
    }
    guard validation >= 0, validation < 1 else {
      throw .badSetting("the share kept for validation must be at least 0 and less than 1")
    }
  }
}
