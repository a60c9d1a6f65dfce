import Dispatch
import Foundation
import Networks

/// Trains a network into a model folder: with checkpoints, and from the last one on where training was stopped.
public final class NetworkTraining: Sendable {
  /// What is trained.
  public let trainer: Trainer
  /// Where it is kept.
  public let folder: ModelFolder
  /// Steps that were done already when it began.
  public let stepsBefore: Int

  private let featureNames: [String]
  private let identity: String

  /// A training of a new network on `data`, or the one that was begun in `folder` with the same data, network
  /// and options.
  ///
  /// - Throws: ``NetworkError`` when data, network and options do not fit, or the folder holds another
  ///   training; `ArrayFileError` when it cannot be written or a file in it is damaged.
  public init(
    _ architecture: NetworkArchitecture, data: GraphSet, options: TrainingOptions, folder: ModelFolder
  ) throws {
    let network = try Network(architecture, seed: options.seed)
    trainer = try Trainer(network, data: data, options: options)
    self.folder = folder
    featureNames = data.featureNames
    identity = try NetworkTraining.identity(architecture, data, options)
    try folder.create()
    if folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint(identity: identity)) }
    stepsBefore = trainer.step
  }

  /// Trains, writing a checkpoint every `interval` seconds, and leaves the network in the folder however it
  /// ends.
  ///
  /// - Throws: ``NetworkError/diverged(step:)``; `ArrayFileError` when a file cannot be written.
  public func run(
    threads: Int, timeLimit: Duration?, checkpointInterval interval: Double,
    report: (TrainingProgress) -> Void
  ) throws -> TrainingEnd {
    var lastWrite = 0.0
    let end = try trainer.run(threads: threads, timeLimit: timeLimit) { progress in
      report(progress)
      if progress.seconds - lastWrite >= interval {
        lastWrite = progress.seconds
        try save(nil)
      }
    }
    try save(end)
    return end
  }

  /// The same on a thread of its own, so that tasks go on meanwhile.
  public func run(
    threads: Int, timeLimit: Duration?, report: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> TrainingEnd {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global(qos: .userInitiated).async {
        continuation.resume(
          with: Result {
            try self.run(threads: threads, timeLimit: timeLimit, checkpointInterval: 20, report: report)
          })
      }
    }
  }

  private func save(_ end: TrainingEnd?) throws {
    try folder.write(trainer.state, identity: identity)
    let record = TrainingRecord(
      options: trainer.options, steps: trainer.step, history: trainer.history, end: end)
    try folder.write(
      trainer.network,
      ModelDescription(
        architecture: trainer.network.architecture, featureNames: featureNames, training: record))
  }

  /// A text that is the same for the same network, options and data.
  private static func identity(
    _ architecture: NetworkArchitecture, _ data: GraphSet, _ options: TrainingOptions
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let network = String(decoding: try encoder.encode(architecture), as: UTF8.self)
    let settings = String(decoding: try encoder.encode(options), as: UTF8.self)
    return "\(network) \(settings) \(data.fingerprint)"
  }
}
