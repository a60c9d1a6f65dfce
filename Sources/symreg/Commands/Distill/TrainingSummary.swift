import ArgumentParser
import Distillation
import Foundation
import Networks
import SymbolicRegression

/// What `symreg distill train` says at the end.
struct TrainingSummary: Encodable {
  /// How it is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  private let schema = "symreg.model/1"
  private let model: String
  private let network: String
  private let parameters: Int
  private let seed: UInt64
  private let threads: Int
  private let steps: Int
  private let stopReason: String
  private let elapsedSeconds: Double
  private let loss: Double?
  private let validation: Double?
  private let messageForceR2: Agreement?

  private struct Agreement: Encodable {
    let plain: Double
    let robust: Double
    let reference: String?
    let components: [Int]
  }

  private enum CodingKeys: String, CodingKey {
    case schema, model, network, parameters, seed, threads, steps, loss, validation
    case stopReason = "stop_reason"
    case elapsedSeconds = "elapsed_seconds"
    case messageForceR2 = "message_force_r2"
  }

  init(
    _ training: NetworkTraining, end: TrainingEnd, agreement: MessageAgreement?, law: String?,
    seconds: Double, threads: Int
  ) {
    let trainer = training.trainer
    model = training.folder.path
    network = trainer.network.architecture.name
    parameters = trainer.network.parameters.count
    seed = trainer.options.seed
    self.threads = threads
    steps = trainer.step
    stopReason = end.rawValue
    elapsedSeconds = seconds
    loss = trainer.history.last?.loss
    validation = trainer.history.last?.validation
    messageForceR2 = agreement.map {
      Agreement(plain: $0.plain, robust: $0.robust, reference: law, components: $0.components)
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  func table() -> String {
    var lines = [
      "model       \(model)",
      "network     \(network), \(parameters) parameters, seed \(seed)",
      "training    \(steps) steps, \(TrainingSummary.text(elapsedSeconds, 3)) s, \(stopReason)",
    ]
    if let loss { lines.append("loss        \(TrainingSummary.text(loss)) a graph in training") }
    if let validation { lines.append("validation  \(TrainingSummary.text(validation)) a graph") }
    if let messageForceR2 {
      lines.append(
        "messages    R² with the force of the law \(messageForceR2.reference ?? "") "
          + "\(TrainingSummary.text(messageForceR2.plain)), robust "
          + TrainingSummary.text(messageForceR2.robust, 6))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line while training goes on.
  static func line(_ progress: TrainingProgress) -> String {
    var parts = [
      "step \(progress.step) of \(progress.steps)", "loss \(text(progress.loss))",
    ]
    if let validation = progress.validation { parts.append("validation \(text(validation))") }
    if let active = progress.activeMessages { parts.append("\(active) components") }
    let left = progress.seconds / Double(max(1, progress.step)) * Double(progress.steps - progress.step)
    parts.append("about \(Int(left.rounded(.up))) s left")
    return parts.joined(separator: "   ")
  }

  private static func text(_ value: Double, _ digits: Int = 4) -> String {
    NumberText.rounded(value, digits: digits)
  }
}
