/// What a model folder says about its network beside the weights: `architecture.json`.
public struct ModelDescription: Codable, Sendable {
  /// The version of this format.
  public var schema = ModelDescription.currentSchema
  /// What kind of network it is, and how large.
  public var architecture: NetworkArchitecture
  /// Names of a body's features.
  public var featureNames: [String]
  /// How it was trained, and how far.
  public var training: TrainingRecord?

  /// What is written to ``schema``.
  public static let currentSchema = "symreg.network/1"

  /// A description of a network for bodies with these features.
  public init(architecture: NetworkArchitecture, featureNames: [String], training: TrainingRecord? = nil) {
    self.architecture = architecture
    self.featureNames = featureNames
    self.training = training
  }
}

/// How a network was trained, and how far.
public struct TrainingRecord: Codable, Sendable {
  /// The options.
  public var options: TrainingOptions
  /// Steps done.
  public var steps: Int
  /// What validations found.
  public var history: [ValidationRecord]
  /// Why it ended; nil while it goes on.
  public var end: TrainingEnd?

  /// A record.
  public init(options: TrainingOptions, steps: Int, history: [ValidationRecord], end: TrainingEnd?) {
    self.options = options
    self.steps = steps
    self.history = history
    self.end = end
  }
}
