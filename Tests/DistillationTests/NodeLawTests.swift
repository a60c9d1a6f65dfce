import Distillation
import Foundation
import Networks
import Search
import Testing
import Worlds

/// From a trained network to two laws that move bodies better than it does.
@Suite struct NodeLawTests {
  /// Motions and a small network trained on them for a few seconds.
  private struct Trained {
    let simulation: Simulation
    let data: GraphSet
    let network: Network
    let training: TrainingOptions

    init(_ world: World, simulations: Int) throws {
      simulation = try world.simulate(
        count: simulations, times: world.publishedTimes(frames: 100, every: 5), seed: 1)
      data = try GraphSet(simulation)
      network = try Network(
        .graphNetwork(GraphNetwork(for: data, messages: .bottleneck, hidden: [32, 32])), seed: 1)
      var training = TrainingOptions()
      training.steps = 1500
      training.rate = 4e-3
      training.translation = 0
      training.isRelative = true
      self.training = training
      _ = try Trainer(network, data: data, options: training).run(threads: 2)
    }
  }

  private var distiller: Distiller {
    var options = DistillerOptions(seed: 1)
    options.search.timeLimit = nil
    options.search.iterations = 1
    options.search.populations = 8
    options.maximumEdges = 1000
    return Distiller(options: options)
  }

  @Test func `laws of pairs and bodies together are better than their network, also far away`() async throws {
    let world = try World(law: .damped, dimensions: 2, bodies: 4)
    let trained = try Trained(world, simulations: 300)
    let (simulation, data, network) = (trained.simulation, trained.data, trained.network)
    let law = try await distiller.law(MessageRecording(of: network, with: simulation, graphs: 200))
    #expect(law.isAligned)
    let node = try await distiller.nodeLaw(of: network, law: law, on: data)
    #expect(node.agreement.robust > 0.99)
    #expect(Set(node.law.formula.featureIndices.map { node.law.features[$0] }) == ["force", "v", "m"])
    let simulator = try node.simulator()

    // Other simulations; twice as many bodies; places twice as far from each other.
    let fresh = try world.simulate(count: 40, times: [0, 0.5, 1], seed: 2)
    let many = try World(law: .damped, dimensions: 2, bodies: 8).simulate(
      count: 20, times: [0, 0.5], seed: 3)
    let inside = try GraphSet(fresh)
    let errors = try (
      AccelerationError(of: simulator, on: inside), AccelerationError(of: network, on: inside)
    )
    #expect(errors.0.mean < 1.2 * errors.1.mean)
    let larger = try GraphSet(many)
    #expect(
      try AccelerationError(of: simulator, on: larger).mean < AccelerationError(of: network, on: larger).mean)
    let truth = try SymbolicSimulator(
      stateNames: data.featureNames, dimensions: 2, vectors: [2], edgeLaw: "-2 * (r + 0.01 - 1)",
      nodeLaw: "(force - 0.5 * v) / m")
    let spread = fresh.states.enumerated().map { $0.offset % 6 < 2 ? 2 * $0.element : $0.element }
    let far = try GraphSet(
      topology: data.topology, dimensions: 2, featureNames: data.featureNames, vectors: [2],
      states: spread.map { Float($0) },
      accelerations: truth.accelerations(spread, bodies: 4).map { Float($0) })
    #expect(try AccelerationError(of: simulator, on: far).mean < AccelerationError(of: network, on: far).mean)

    // Constants off by a fifth are found again through the network's loss.
    var formulas = try SymbolicMessages(law, stateNames: data.featureNames)
    for index in law.law.formula.constants.indices { formulas.constants[index] *= 1.2 }
    let symbolic = try network.replacingMessages(with: formulas)
    let before = try AccelerationError(of: symbolic, on: inside).mean
    var training = trained.training
    training.steps = 300
    _ = try Trainer(symbolic, data: data, options: training).run(threads: 2)
    #expect(try AccelerationError(of: symbolic, on: inside).mean < 0.5 * before)
  }

  @Test func `gravitation along one axis is found where forces alone do not suffice`() async throws {
    let world = try World(law: .string, dimensions: 2, bodies: 5)
    let trained = try Trained(world, simulations: 200)
    let (simulation, data, network) = (trained.simulation, trained.data, trained.network)
    let law = try await distiller.law(MessageRecording(of: network, with: simulation, graphs: 200))
    let found = try await distiller.simulator(of: network, law: law, on: data)
    #expect(found.node.agreement.robust > 0.99 && found.member >= law.best)
    let refitted = try #require(found.refitted)
    #expect(
      refitted.nodeLaw.contains("along_y") && !refitted.nodeLaw.contains("along_x"), "\(refitted.nodeLaw)")
    let error = try AccelerationError(of: refitted, on: data)
    #expect(try error.trimmed < 0.1 * AccelerationError(of: network, on: data).trimmed)
  }
}
