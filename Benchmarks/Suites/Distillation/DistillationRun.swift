import Distillation
import Expressions
import Foundation
import Networks
import Search
import Tables
import Worlds

/// One world simulated, one network trained on it, and the law of its messages.
public struct DistillationRun: Sendable {
  /// What is the same for all runs.
  public struct Settings: Sendable, Hashable, Codable {
    /// Simulations the network is trained on, of 200 moments each.
    public var simulations = 1000
    /// Bodies in each.
    public var bodies = 4
    /// Steps of training.
    public var steps = 10_000
    /// Seconds of the search for the law.
    public var timeout = 30.0
    /// Threads of a run.
    public var threads = 1

    /// The defaults.
    public init() {}
  }

  /// A world other than the training's.
  private static let testSeed: UInt64 = 1_000_000

  let item: DistillationCase
  let seed: UInt64
  let settings: Settings

  /// Runs and judges.
  ///
  /// - Throws: ``NetworkError``, `WorldError`, `RecordingError`, `DistillationError`, `DataError`.
  public static func result(
    of item: DistillationCase, seed: UInt64, settings: Settings
  ) async throws -> DistillationResult {
    let run = DistillationRun(item: item, seed: seed, settings: settings)
    return item.messages == nil ? try await run.control() : try await run.distilled()
  }

  private func simulation(_ count: Int, seed: UInt64) throws -> Simulation {
    let world = try World(law: item.law, dimensions: item.dimensions, bodies: settings.bodies)
    return try world.simulate(
      count: count, times: world.publishedTimes(), seed: seed, threads: settings.threads)
  }

  private func distilled() async throws -> DistillationResult {
    let start = ContinuousClock.now
    let training = try simulation(settings.simulations, seed: seed)
    let data = try GraphSet(training)
    var network = GraphNetwork(for: data, messages: item.messages ?? .bottleneck)
    var options = TrainingOptions()
    options.steps = settings.steps
    options.seed = seed
    options.isRelative = !item.isPublished
    if item.isPublished {
      network = GraphNetwork(
        features: data.features, dimensions: data.dimensions, messages: network.messages, isRelative: false)
    } else {
      options.translation = 0
    }
    let trainer = try Trainer(Network(.graphNetwork(network), seed: seed), data: data, options: options)
    _ = try trainer.run(threads: settings.threads)
    let trained = ContinuousClock.now
    let test = try simulation(100, seed: seed + DistillationRun.testSeed)
    let recording = try MessageRecording(of: trainer.network, with: test)
    var distiller = DistillerOptions(seed: seed)
    distiller.search.timeLimit = .seconds(settings.timeout)
    distiller.search.threads = settings.threads
    let law = try await Distiller(options: distiller).law(recording)
    let simulator = try await simulator(law, trainer.network, data, Distiller(options: distiller))
    let verdict = ForceLawJudge(item.law).verdict(on: law.law.formula, features: law.law.features)
    return DistillationResult(
      name: item.name, seed: seed, isAligned: law.isAligned,
      isRecovered: law.isAligned && verdict.isRecovered, expression: law.law.expression,
      remainder: verdict.remainder, parameters: verdict.parameters,
      messageForce: recording.outputs.isEmpty ? nil : law.messageForce?.robust,
      direction: law.direction.robust, agreement: law.agreement.robust, simulator: simulator,
      trainingSeconds: (trained - start) / .seconds(1), seconds: (.now - start) / .seconds(1))
  }

  /// The two laws in the network's place; nil where the messages have no law.
  private func simulator(
    _ law: DistilledLaw, _ network: Network, _ data: GraphSet, _ distiller: Distiller
  ) async throws -> SimulatorResult? {
    guard law.isAligned, !item.law.isString else { return nil }
    let found = try await distiller.simulator(of: network, law: law, on: data)
    let node = found.node
    let world = try World(law: item.law, dimensions: item.dimensions, bodies: settings.bodies)
    func ratios(_ simulator: SymbolicSimulator) throws -> SimulatorResult.Ratios {
      let comparison = try SimulatorComparison(
        simulator, network, world: world, times: world.publishedTimes(every: 100),
        seed: seed + 2 * DistillationRun.testSeed)
      return SimulatorResult.Ratios(
        inRange: comparison.inRange.ratio, twiceTheBodies: comparison.twiceTheBodies.ratio,
        twiceTheDistances: comparison.twiceTheDistances.ratio)
    }
    let judge = NodeLawJudge(item.law)
    let columns = ["force", "v", "q", "m"] + ["x", "y", "z"].prefix(item.dimensions).map { "along_\($0)" }
    return SimulatorResult(
      edgeLaw: found.simulator.edgeLaw, nodeLaw: found.simulator.nodeLaw,
      distilledVerdict: judge.verdict(on: node.law.formula, features: node.law.features),
      verdict: (try? Formula(parsing: found.simulator.nodeLaw, features: columns)).flatMap {
        judge.verdict(on: $0, features: columns)
      },
      distilled: try ratios(found.distilled), refitted: try ratios(found.simulator))
  }

  /// The control without a network: the acceleration of the first body in terms of all that is known of all.
  private func control() async throws -> DistillationResult {
    let start = ContinuousClock.now
    let simulation = try simulation(100, seed: seed + DistillationRun.testSeed)
    let moments = stride(from: 0, to: simulation.count * simulation.times.count, by: 5)
    let size = simulation.stateSize
    var columns: [(name: String, values: [Double])] = []
    for body in 0..<simulation.bodies {
      for (index, name) in simulation.stateNames.enumerated() {
        let offset = body * size + index
        columns.append(
          ("\(name)\(body + 1)", moments.map { simulation.states[$0 * simulation.bodies * size + offset] }))
      }
    }
    let stride = simulation.bodies * simulation.dimensions
    let target = moments.map { simulation.accelerations[$0 * stride] }
    let dataset = try Dataset(
      features: columns, target: (name: "ax1", values: target), weights: nil, name: item.name)
    var options = DistillerOptions(seed: seed).search
    options.timeLimit = .seconds(settings.timeout)
    options.threads = settings.threads
    let found = try await Search(dataset, options: options).run()
    let best = found.front.last
    return DistillationResult(
      name: item.name, seed: seed, isAligned: false,
      // Whoever has the sum of three forces has the law.
      isRecovered: (best?.r2 ?? 0) > 1 - 1e-6, expression: best?.expression ?? "", remainder: nil,
      parameters: [:], messageForce: nil, direction: nil, agreement: best?.r2, simulator: nil,
      trainingSeconds: 0,
      seconds: (.now - start) / .seconds(1))
  }
}
