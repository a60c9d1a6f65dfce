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
  @Option(
    parsing: .unconditional,
    help: "Steps of training, each with one batch. (default: 40000; 30000 where masses are learned)")
  var steps: Int?
  @Option(parsing: .unconditional, help: "Graphs in a batch. (default: 64; 8 where masses are learned)")
  var batch: Int?
  @Option(
    parsing: .unconditional, help: "Largest learning rate. (default: 0.001; 0.002 where masses are learned)")
  var rate: Double?
  @Option(
    parsing: .unconditional,
    help: "Width of the three hidden layers. (default: 128; 64 where masses are learned)")
  var hidden: Int?
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
  @Flag(
    inversion: .prefixedNo,
    help: """
      Accelerations are linear in the summed messages, as by Newton's second law; distances and positive \
      features are shown as logarithms too.
      """)
  var mechanical = true
  @Flag(help: "Networks and loss as Cranmer et al. published them: none of Newton's laws is built in.")
  var published = false
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
      ("--steps", steps ?? 1), ("--batch", batch ?? 1), ("--hidden", hidden ?? 1),
      ("--threads", threads ?? 1),
    ] where !(1...1_000_000_000).contains(value) {
      throw ValidationError("\(flag) must be between 1 and 1000000000, not \(value)")
    }
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate must be positive, not \(rate)")
    }
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
    let choice = chosen(simulation)
    let options = options(choice, seed: seed)
    let training = try NetworkTraining(
      architecture(choice, simulation, data), data: data, options: options, folder: folder)
    if !quiet {
      if !TrainingMeter.usesOpenBLAS {
        Messages.warning(
          "OpenBLAS was not found, so training takes several times as long; install libopenblas0")
      }
      if training.stepsBefore > 0 {
        Messages.note("goes on after \(training.stepsBefore) of \(options.steps) steps that \(output) holds")
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
      Messages.note(
        "stopped after \(training.trainer.step) of \(options.steps) steps; the same command goes on")
    }
    leave(Interrupts.shared.status ?? .done)
  }

  /// Nothing but forces and masses can be learned where masses are not known.
  private func chosen(_ simulation: Simulation) -> NetworkChoice {
    network ?? (simulation.knowsProperties ? .graph : .force)
  }

  private func loaded() throws -> Simulation { try Simulation(contentsOf: simulation) }

  private func architecture(
    _ choice: NetworkChoice, _ simulation: Simulation, _ data: GraphSet
  ) -> NetworkArchitecture {
    let widths = [Int](repeating: hidden ?? (choice == .force ? 64 : 128), count: 3)
    switch choice {
    case .graph:
      var network = GraphNetwork(for: data, messages: messages, hidden: widths)
      network.isReciprocal = network.isReciprocal && reciprocal && !published
      network.isRelative = !absolute && !published
      network.isMechanical = mechanical && network.isRelative && !published
      if !network.isMechanical { network.positive = [] }
      return .graphNetwork(network)
    case .energy:
      return .pairEnergy(
        PairEnergyNetwork(
          features: simulation.stateSize, dimensions: simulation.dimensions,
          massColumn: simulation.stateSize - 1, hidden: widths, isRelative: !absolute))
    case .force:
      return .pairForce(PairForceNetwork(for: data, hidden: widths))
    }
  }

  private func options(_ choice: NetworkChoice, seed: UInt64) -> TrainingOptions {
    var options = choice == .force ? PairForceNetwork.trainingOptions : TrainingOptions()
    options.steps = steps ?? (choice == .force ? options.steps : 40_000)
    options.batch = batch ?? options.batch
    options.rate = rate ?? options.rate
    options.seed = seed
    options.rotates = rotations
    options.isRelative = !published
    if !absolute && !published { options.translation = 0 }
    return options
  }
}

/// The networks that can be trained on a simulation.
enum NetworkChoice: String, CaseIterable, ExpressibleByArgument {
  case graph, energy, force
}

extension MessageKind: ExpressibleByArgument {}
