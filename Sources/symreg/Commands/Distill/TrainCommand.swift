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
      The folder holds architecture.json, weights.safetensors and a checkpoint. The same command goes on where \
      it was stopped; the same seed gives the same network at any number of threads.
      """)

  @Argument(help: "The simulation, an .npz file.")
  var simulation: String
  @Option(help: "What keeps messages few: bottleneck, standard, l1, kl or pruning.")
  var messages = MessageKind.bottleneck
  @Option(
    help: """
      What is trained: graph (messages), energy (of pairs, forces are its derivatives) or force (of pairs, and a \
      mass for each body, none being known). (default: graph; force for a trajectory)
      """)
  var network: NetworkChoice?
  @Option(parsing: .unconditional, help: "Steps of training, each with one batch.")
  var steps = 40_000
  @Option(parsing: .unconditional, help: "Graphs in a batch.")
  var batch = 64
  @Option(parsing: .unconditional, help: "Largest learning rate.")
  var rate = 1e-3
  @Option(parsing: .unconditional, help: "Width of the three hidden layers.")
  var hidden = 128
  @Option(parsing: .unconditional, help: "Seconds after which training stops, wherever it is.")
  var timeout: Double?
  @Option(help: "Seed of every random choice. (default: drawn, and reported)")
  var seed: UInt64?
  @Option(
    parsing: .unconditional, help: "Worker threads; the result does not depend on them. (default: all cores)")
  var threads: Int?
  @Flag(
    inversion: .prefixedNo,
    help: "Messages between two bodies are equal and opposite, as forces are by Newton's third law.")
  var reciprocal = true
  @Flag(help: "Show the network positions, not only their differences; batches are then moved about.")
  var absolute = false
  @Flag(help: "Turn each graph by a random rotation.")
  var rotations = false
  @Option(name: [.short, .long], help: "The model folder to write.")
  var output: String
  @Option(help: "What is printed at the end: table or json.")
  var format = TrainingSummary.Format.table
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Flag(help: "Do not show how far the training is.")
  var noProgress = false

  func validate() throws {
    for (flag, value) in [
      ("--steps", steps), ("--batch", batch), ("--hidden", hidden), ("--threads", threads ?? 1),
    ] where !(1...1_000_000_000).contains(value) {
      throw ValidationError("\(flag) must be between 1 and 1000000000, not \(value)")
    }
    guard rate > 0, rate.isFinite else { throw ValidationError("--rate must be positive, not \(rate)") }
    if let timeout, !(timeout >= 0 && timeout < 1e9) {
      throw ValidationError("--timeout must be a number of seconds, not \(timeout)")
    }
  }

  func run() async throws {
    let simulation = try loaded()
    let seed = seed ?? UInt64.random(in: 0...999_999_999)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let folder = ModelFolder(path: output)
    let data = try GraphSet(simulation)
    let training = try NetworkTraining(
      architecture(for: simulation, data), data: data, options: options(seed: seed), folder: folder)
    if !quiet {
      if !TrainingMeter.usesOpenBLAS {
        Messages.warning(
          "OpenBLAS was not found, so training takes several times as long; install libopenblas0")
      }
      if training.stepsBefore > 0 {
        Messages.note("goes on after \(training.stepsBefore) of \(steps) steps that \(output) holds")
      }
    }
    let line = quiet || noProgress ? nil : ProgressLine()
    let start = ContinuousClock.now
    let limit = timeout.map { Duration.seconds($0) - (ContinuousClock.now - ProcessStart.instant) }
    let end = try await Interrupts.shared.whileStoppable(by: { training.trainer.stop() }) {
      try await training.run(threads: threads, timeLimit: limit) { progress in
        line?.show(TrainingSummary.line(progress))
      }
    }
    line?.clear()
    let summary = TrainingSummary(
      training, end: end, agreement: try MessageAgreement(of: training.trainer.network, with: simulation),
      law: simulation.world?.law.rawValue, seconds: (.now - start) / .seconds(1), threads: threads)
    switch format {
    case .json: try StandardOutput.write(summary.json())
    case .table: try StandardOutput.write(summary.table())
    }
    if !quiet, end != .finished {
      Messages.note("stopped after \(training.trainer.step) of \(steps) steps; the same command goes on")
    }
    leave(Interrupts.shared.status ?? .done)
  }

  /// Nothing but forces and masses can be learned where masses are not known.
  private func chosen(_ simulation: Simulation) -> NetworkChoice {
    network ?? (simulation.knowsProperties ? .graph : .force)
  }

  private func loaded() throws -> Simulation { try Simulation(contentsOf: simulation) }

  private func architecture(for simulation: Simulation, _ data: GraphSet) -> NetworkArchitecture {
    let widths = [Int](repeating: hidden, count: 3)
    switch chosen(simulation) {
    case .graph:
      return .graphNetwork(
        GraphNetwork(
          features: simulation.stateSize, dimensions: simulation.dimensions, messages: messages,
          hidden: widths, isRelative: !absolute, isReciprocal: reciprocal))
    case .energy:
      return .pairEnergy(
        PairEnergyNetwork(
          features: simulation.stateSize, dimensions: simulation.dimensions,
          massColumn: simulation.stateSize - 1, hidden: widths, isRelative: !absolute))
    case .force:
      var n = PairForceNetwork(for: data, hidden: widths)
      if let v = ProcessInfo.processInfo.environment["MR"] { n.massRate = Double(v)! }
      return .pairForce(n)
    }
  }

  private func options(seed: UInt64) -> TrainingOptions {
    var options = TrainingOptions()
    options.steps = steps
    options.batch = batch
    options.rate = rate
    options.seed = seed
    options.rotates = rotations
    if let n = ProcessInfo.processInfo.environment["MN"] { options.massNoise = Double(n)! }
    if !absolute { options.translation = 0 }
    return options
  }
}

/// The networks that can be trained on a simulation.
enum NetworkChoice: String, CaseIterable, ExpressibleByArgument {
  case graph, energy, force
}

extension MessageKind: ExpressibleByArgument {}
