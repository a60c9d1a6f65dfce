import ArgumentParser
import Distillation
import Foundation
import Networks
import SymbolicRegression
import Worlds

/// `symreg distill train`.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on a simulation, whose messages may turn out to be forces.",
    discussion: """
      A graph network learns the accelerations of bodies: from each pair a message, summed for each body. Kept \
      few, messages are linear maps of the forces:
        bottleneck   as many components as space has dimensions
        l1, kl       100 components, penalised by magnitude or by divergence from a normal distribution
        pruning      100 components, switched off one after the other
        standard     100 components, and nothing keeps them few
      From a trajectory, in which masses are not known, forces of pairs and masses of bodies are learned instead.
      The folder holds architecture.json, weights.safetensors and a checkpoint. The same command goes on where \
      it was stopped; the same seed gives the same network at any number of threads.
      """)

  @Argument(help: "The simulation, an .npz file.")
  var simulation: String
  @OptionGroup(title: "Network and training") var network: NetworkArguments
  @Option(parsing: .unconditional, help: "Seconds after which training stops, wherever it is.")
  var timeout: Double?
  @Option(help: "Seed of every random choice. (default: drawn, and reported)")
  var seed: UInt64?
  @Option(
    parsing: .unconditional, help: "Worker threads; the result does not depend on them. (default: all cores)")
  var threads: Int?
  @Option(name: [.short, .long], help: "The model folder to write.")
  var output: String
  @Option(help: "What is printed at the end: table or json.")
  var format = TrainingSummary.Format.table
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Flag(help: "Do not show how far the training is.")
  var noProgress = false

  func validate() throws {
    if let threads, !(1...1_000_000_000).contains(threads) {
      throw ValidationError("--threads must be between 1 and 1000000000, not \(threads)")
    }
    if let timeout, !(timeout >= 0 && timeout < 1e9) {
      throw ValidationError("--timeout must be a number of seconds, not \(timeout)")
    }
  }

  func run() async throws {
    let simulation = try Simulation(contentsOf: simulation)
    let seed = seed ?? UInt64.random(in: 0...999_999_999)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let folder = ModelFolder(path: output)
    let data = try GraphSet(simulation)
    let options = network.options(for: simulation, seed: seed)
    let training = try NetworkTraining(
      network.architecture(for: simulation, data), data: data, options: options, folder: folder)
    let start = ContinuousClock.now
    let end = try await TrainingSession(
      threads: threads, timeout: timeout, quiet: quiet, showsProgress: !quiet && !noProgress
    ).run(training)
    let summary = TrainingSummary(
      training, end: end, agreement: try MessageAgreement(of: training.trainer.network, with: simulation),
      law: simulation.world?.law.rawValue, seconds: (.now - start) / .seconds(1), threads: threads)
    switch format {
    case .json: try StandardOutput.write(summary.json())
    case .table: try StandardOutput.write(summary.table())
    }
    if !quiet, end != .finished {
      Messages.note(
        "stopped after \(training.trainer.step) of \(options.steps) steps; the same command goes on")
    }
    leave(Interrupts.shared.status ?? .done)
  }
}
