import ArgumentParser
import Networks
import SymbolicRegression
import Worlds

/// Which network is trained, and how.
struct NetworkArguments: ParsableArguments {
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
    help: "Steps of training, each with one batch. (default: 10000; 30000 where masses are learned)")
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
  @Option(
    parsing: .unconditional,
    help:
      "Standard deviation in decades by which masses that are learned are blurred at first. (default: 0.3)")
  var massNoise: Double?
  @Option(parsing: .unconditional, help: "Weight of the penalty on messages, for l1 and kl.")
  var penalty: Double?
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

  func validate() throws {
    for (flag, value) in [("--steps", steps ?? 1), ("--batch", batch ?? 1), ("--hidden", hidden ?? 1)]
    where !(1...1_000_000_000).contains(value) {
      throw ValidationError("\(flag) must be between 1 and 1000000000, not \(value)")
    }
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate must be positive, not \(rate)")
    }
    if let massNoise, !(massNoise >= 0 && massNoise < 10) {
      throw ValidationError("--mass-noise must be at least 0 and below 10, not \(massNoise)")
    }
    if let penalty, !(penalty >= 0 && penalty.isFinite) {
      throw ValidationError("--penalty must not be negative, and is \(penalty)")
    }
  }

  /// Nothing but forces and masses can be learned where masses are not known.
  private func chosen(_ simulation: Simulation) -> NetworkChoice {
    network ?? (simulation.knowsProperties ? .graph : .force)
  }

  /// The network for the states of a simulation.
  func architecture(for simulation: Simulation, _ data: GraphSet) -> NetworkArchitecture {
    let choice = chosen(simulation)
    let widths = [Int](repeating: hidden ?? (choice == .force ? 64 : 128), count: 3)
    switch choice {
    case .graph:
      var network = GraphNetwork(for: data, messages: messages, hidden: widths)
      network.isReciprocal = network.isReciprocal && reciprocal && !published
      network.isRelative = !absolute && !published
      network.isMechanical = mechanical && network.isRelative && !published
      if !network.isMechanical { network.positive = [] }
      network.penalty = penalty ?? network.penalty
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

  /// How it is trained.
  func options(for simulation: Simulation, seed: UInt64) -> TrainingOptions {
    let choice = chosen(simulation)
    var options = choice == .force ? PairForceNetwork.trainingOptions : TrainingOptions()
    options.steps = steps ?? (choice == .force ? options.steps : 10_000)
    options.batch = batch ?? options.batch
    options.rate = rate ?? options.rate
    options.massNoise = massNoise ?? options.massNoise
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
