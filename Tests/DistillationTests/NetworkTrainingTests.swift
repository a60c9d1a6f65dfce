import Distillation
import Foundation
import Networks
import Testing
import Worlds

@Suite struct NetworkTrainingTests {
  private func simulation() throws -> Simulation {
    let world = try World(law: .spring, dimensions: 2, bodies: 3)
    return try world.simulate(count: 200, times: world.publishedTimes(frames: 100, every: 5), seed: 1)
  }

  @Test func `messages that are forces agree, messages of a new network do not`() throws {
    let simulation = try simulation()
    let set = try GraphSet(simulation)
    #expect(set.count == 200 * 20)
    #expect(set.featureNames == ["x", "y", "vx", "vy", "q", "m"])
    let architecture = GraphNetwork(
      features: 6, dimensions: 2, messages: .bottleneck, hidden: [32, 32], activation: .silu,
      isReciprocal: true)
    let network = try Network(.graphNetwork(architecture), seed: 1)
    let before = try #require(try MessageAgreement(of: network, with: simulation))
    var options = TrainingOptions()
    options.steps = 3000
    options.rate = 5e-3
    options.translation = 0
    _ = try Trainer(network, data: set, options: options).run(threads: 2)
    let after = try #require(try MessageAgreement(of: network, with: simulation))
    #expect(before.robust < 0.9)
    #expect(after.robust > 0.95)
  }

  @Test func `a training that was stopped goes on from its folder to the same bits`() throws {
    let set = try GraphSet(simulation())
    let paths = (0..<2).map { _ in
      FileManager.default.temporaryDirectory.path + "/training-\(UUID().uuidString)"
    }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    let architecture = NetworkArchitecture.graphNetwork(
      GraphNetwork(features: 6, dimensions: 2, messages: .pruning, hidden: [8]))
    var options = TrainingOptions()
    options.steps = 60
    func training(_ path: String) throws -> NetworkTraining {
      try NetworkTraining(architecture, data: set, options: options, folder: ModelFolder(path: path))
    }
    _ = try training(paths[0]).run(threads: 1, timeLimit: nil, checkpointInterval: 20) { _ in }
    let first = try training(paths[1])
    first.trainer.stop()
    #expect(try first.run(threads: 1, timeLimit: nil, checkpointInterval: 0) { _ in } == .stopped)
    let second = try training(paths[1])
    #expect(try second.run(threads: 2, timeLimit: nil, checkpointInterval: 0) { _ in } == .finished)
    let networks = try paths.map { try ModelFolder(path: $0).read().network }
    #expect(networks[0].parameters.values == networks[1].parameters.values)
    #expect(networks[0].mask.values == networks[1].mask.values)
    options.rate = 2e-3
    #expect(throws: NetworkError.self) { try training(paths[1]) }
  }
}
