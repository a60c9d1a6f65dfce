import CNetworkKernels
import Foundation
import Networks
import Randomness
import Testing

@Suite struct TrainerTests {
  private func trainer(
    _ kind: MessageKind, steps: Int = 60, data: GraphSet, change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> Trainer {
    var options = TrainingOptions()
    options.steps = steps
    options.batch = 10
    options.shards = 3
    options.seed = 5
    options.translation = 1
    options.rotates = true
    options.validationInterval = 7
    change(&options)
    return try Trainer(
      Network(.graphNetwork(ParticleExamples.network(kind)), seed: 5), data: data, options: options)
  }

  @Test(arguments: MessageKind.allCases)
  func `the number of threads does not change a bit`(kind: MessageKind) throws {
    let data = try ParticleExamples.springs(graphs: 97, seed: 1)
    let results = try [1, 2, 3].map { threads in
      let trainer = try trainer(kind, data: data)
      #expect(try trainer.run(threads: threads) == .finished)
      return trainer.state
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test(arguments: [MessageKind.kl, .pruning])
  func `a training that is taken up again ends with the same bits`(kind: MessageKind) throws {
    let data = try ParticleExamples.springs(graphs: 97, seed: 1)
    let whole = try trainer(kind, data: data)
    _ = try whole.run(threads: 1)
    let first = try trainer(kind, data: data)
    let end = try first.run(threads: 1, reportInterval: 0) { if $0.step == 24 { first.stop() } }
    #expect(end == .stopped)
    #expect(first.step == 24)
    let second = try trainer(kind, data: data)
    try second.resume(from: first.state)
    #expect(try second.run(threads: 2) == .finished)
    #expect(second.state == whole.state)
  }

  @Test func `another seed gives another network`() throws {
    let data = try ParticleExamples.springs(graphs: 50, seed: 1)
    let one = try trainer(.bottleneck, data: data)
    let other = try trainer(.bottleneck, data: data) { $0.seed = 6 }
    _ = try one.run(threads: 1)
    _ = try other.run(threads: 1)
    #expect(one.state.parameters != other.state.parameters)
  }

  @Test func `springs are learned to a tenth of the accelerations`() throws {
    let data = try ParticleExamples.springs(graphs: 4000, seed: 2)
    var options = TrainingOptions()
    options.steps = 1500
    options.rate = 5e-3
    options.translation = 0
    let network = try Network(
      .graphNetwork(
        ParticleExamples.network(.bottleneck, activation: .silu, isRelative: true, hidden: [32, 32])),
      seed: 1)
    let trainer = try Trainer(network, data: data, options: options)
    _ = try trainer.run(threads: 2)
    let test = try ParticleExamples.springs(graphs: 300, seed: 3)
    let predicted = try network.accelerations(test)
    let truth = test.accelerations.values
    let error = zip(predicted, truth).reduce(0) { $0 + abs($1.0 - $1.1) }
    #expect(error < 0.1 * truth.reduce(0) { $0 + abs($1) })
    #expect(trainer.history.last?.validation ?? .infinity < 0.2 * (trainer.history.first?.validation ?? 0))
  }

  @Test func `pruning leaves as many components as there are dimensions`() throws {
    let data = try ParticleExamples.springs(graphs: 97, seed: 1)
    let trainer = try trainer(.pruning, data: data)
    _ = try trainer.run(threads: 1)
    #expect(trainer.network.mask.values.count { $0 == 1 } == 2)
    let messages = try trainer.network.messages(data, graphs: 10)
    let active = (0..<4).filter { component in (0..<60).contains { messages[$0 * 4 + component] != 0 } }
    #expect(active.count == 2)
  }

  @Test(arguments: PruningSchedule.allCases)
  func `pruning goes from all to few, never back`(schedule: PruningSchedule) {
    let counts = (0...100).map { schedule.active(done: Double($0) / 100, first: 100, last: 2) }
    #expect(counts[0] == 100)
    #expect(counts[65] == 2)
    #expect(counts[100] == 2)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(counts[30] > 2)
  }

  @Test func `a loss that is no number stops the training with advice`() throws {
    let data = try ParticleExamples.springs(graphs: 50, seed: 1)
    let trainer = try trainer(.bottleneck, data: data)
    trainer.network.parameters.base[0] = .nan
    #expect(throws: NetworkError.diverged(step: 0)) { try trainer.run(threads: 1) }
    #expect(NetworkError.diverged(step: 0).description.contains("smaller learning rate"))
  }

  @Test func `a time limit of nothing ends before the first step`() throws {
    let data = try ParticleExamples.springs(graphs: 50, seed: 1)
    let trainer = try trainer(.bottleneck, data: data)
    #expect(try trainer.run(threads: 1, timeLimit: .zero) == .timeLimit)
    #expect(trainer.step == 0)
  }

  @Test func `options that make no sense are refused`() throws {
    let data = try ParticleExamples.springs(graphs: 5, seed: 1)
    for change: (inout TrainingOptions) -> Void in [
      { $0.steps = 0 }, { $0.batch = -1 }, { $0.rate = .nan }, { $0.validation = 1 }, { $0.shards = 0 },
    ] {
      #expect(throws: NetworkError.self) { try trainer(.bottleneck, data: data, change: change) }
    }
    // More validation or larger batches than there are graphs are no mistake.
    let few = try trainer(.bottleneck, data: data) { $0.validation = 0.99 }
    #expect(try few.run(threads: 2) == .finished)
  }
}

@Suite struct OptimizerTests {
  /// Values of PyTorch's OneCycleLR with max_lr 1e-3, total_steps 10, final_div_factor 1e5, by its formulas.
  @Test func `one cycle goes up for three tenths of the steps and down to next to nothing`() {
    let schedule = LearningRate.oneCycle
    let rates = (0..<10).map { schedule.at($0, of: 10, maximum: 1e-3) }
    #expect(abs(rates[0].rate - 4e-5) < 1e-12)
    #expect(abs(rates[1].rate - 5.2e-4) < 1e-12)
    #expect(abs(rates[2].rate - 1e-3) < 1e-12)
    #expect(abs(rates[9].rate - 4e-10) < 1e-16)
    // Half way down, between steps 5 and 6, by symmetry about the mean of 1e-3 and 4e-10.
    #expect(abs(rates[5].rate + rates[6].rate - 1e-3 - 4e-10) < 1e-12)
    #expect(abs(rates[0].momentum - 0.95) < 1e-12)
    #expect(abs(rates[2].momentum - 0.85) < 1e-12)
    #expect(abs(rates[9].momentum - 0.95) < 1e-12)
    #expect(zip(rates[2...], rates[3...]).allSatisfy { $0.rate > $1.rate })
  }

  @Test func `a cosine begins at the maximum`() {
    #expect(LearningRate.cosine.at(0, of: 100, maximum: 2).rate == 2)
    #expect(abs(LearningRate.cosine.at(50, of: 100, maximum: 2).rate - 1) < 1e-12)
    #expect(abs(LearningRate.cosine.at(100, of: 100, maximum: 2).rate) < 1e-12)
  }

  @Test func `steps of Adam are those worked out by hand`() {
    // Gradients 0.5 and then -1 in two shards each, rate 0.1, decays 0.9 and 0.999, weight decay 0.1.
    var parameter: [Float] = [2]
    var mean: [Float] = [0]
    var square: [Float] = [0]
    var wanted = (parameter: 2.0, mean: 0.0, square: 0.0)
    for (step, gradient) in [0.5, -1.0].enumerated() {
      let shards = [FloatBuffer([Float(gradient) - 0.25]), FloatBuffer([0.25])]
      let pointers: [UnsafePointer<Float>?] = shards.map { UnsafePointer($0.base) }
      let age = Double(step + 1)
      nk_adam(
        0, 1, 2, pointers, &parameter, &mean, &square, Float(0.1 / (1 - pow(0.9, age))),
        Float(1 / (1 - pow(0.999, age)).squareRoot()), 0.9, 0.999, 1e-8, 0.1)
      let full = gradient + 0.1 * wanted.parameter
      wanted.mean = 0.9 * wanted.mean + 0.1 * full
      wanted.square = 0.999 * wanted.square + 0.001 * full * full
      wanted.parameter -=
        0.1 * (wanted.mean / (1 - pow(0.9, age)))
        / ((wanted.square / (1 - pow(0.999, age))).squareRoot() + 1e-8)
      if step == 0 { #expect(abs(parameter[0] - 1.9) < 1e-6) }
      withExtendedLifetime(shards) {}
    }
    #expect(abs(Double(parameter[0]) - wanted.parameter) < 1e-6)
    #expect(abs(Double(mean[0]) - wanted.mean) < 1e-6)
  }
}

@Suite struct MessageAgreementTests {
  @Test func `an invertible map of the force agrees, noise does not`() {
    var stream = RandomStream(seed: 4)
    let forces = (0..<2000).map { _ in Float(stream.normal() * exp(stream.normal())) }
    var messages: [Float] = []
    var noise: [Float] = []
    for edge in 0..<1000 {
      let (x, y) = (forces[2 * edge], forces[2 * edge + 1])
      messages += [0.01 * Float(stream.normal()), 3 * x - y + 2, x + 2 * y - 1]
      noise += [Float(stream.normal()), Float(stream.normal()), 0]
    }
    // One message in a hundred is far off.
    for edge in stride(from: 0, to: 1000, by: 100) { messages[3 * edge + 1] += 1000 }
    let agreement = MessageAgreement(messages: messages, width: 3, forces: forces, dimensions: 2)
    #expect(Set(agreement.components) == [1, 2])
    #expect(agreement.robust > 0.9999)
    #expect(agreement.plain < 0.9)
    #expect(MessageAgreement(messages: noise, width: 3, forces: forces, dimensions: 2).robust < 0.1)
  }
}
