import Distillation
import Foundation
import Networks
import SymbolicRegression

/// A training that a user watches and may stop.
struct TrainingSession {
  let threads: Int
  /// Seconds, counted from the start of the command.
  let timeout: Double?
  let quiet: Bool
  let showsProgress: Bool

  /// Trains until it is done, stopped or out of time.
  func run(_ training: NetworkTraining) async throws -> TrainingEnd {
    let steps = training.trainer.options.steps
    if !quiet {
      if !TrainingMeter.usesOpenBLAS {
        Messages.warning(
          "OpenBLAS was not found, so training takes several times as long; install libopenblas0")
      }
      if training.stepsBefore > 0 {
        Messages.note(
          "goes on after \(training.stepsBefore) of \(steps) steps that \(training.folder.path) holds")
      }
    }
    let line = showsProgress ? ProgressLine() : nil
    let limit = timeout.map { Duration.seconds($0) - (ContinuousClock.now - ProcessStart.instant) }
    let end = try await Interrupts.shared.whileStoppable(by: { training.trainer.stop() }) {
      try await training.run(threads: threads, timeLimit: limit) { progress in
        line?.show(TrainingSummary.line(progress))
      }
    }
    line?.clear()
    return end
  }
}
