import Networks
import Randomness
import Testing

@Suite struct PairEnergyTests {
  private func network(isRelative: Bool) -> PairEnergyNetwork {
    PairEnergyNetwork(
      features: 5, dimensions: 2, massColumn: 4, hidden: [5, 4], activation: .softplus, isRelative: isRelative
    )
  }

  /// The sum of all energies of a graph's edges, in 64 bits.
  private func energy(_ network: PairEnergyNetwork, _ parameters: [Double], _ state: [Double]) -> [Double] {
    let reference = ReferencePerceptron(perceptron: network.energyFunction)
    let leading = network.isRelative ? 2 : 0
    let topology = GraphTopology.complete(bodies: state.count / 5)
    return zip(topology.receivers, topology.senders).map { receiver, sender in
      let to = Array(state[Int(receiver) * 5..<Int(receiver) * 5 + 5])
      let from = Array(state[Int(sender) * 5..<Int(sender) * 5 + 5])
      let pair = (0..<leading).map { to[$0] - from[$0] } + to[leading...] + from[leading...]
      return reference.output(parameters, pair)[0]
    }
  }

  /// Accelerations as differences of the energy, by body and axis.
  private func accelerations(_ network: PairEnergyNetwork, _ parameters: [Double], _ state: [Double])
    -> [Double]
  {
    let slopes = differences(state, step: 1e-4) { energy(network, parameters, $0).reduce(0, +) }
    return (0..<state.count / 5).flatMap { body -> [Double] in
      let mass = state[body * 5 + 4]
      return [-slopes[body * 5] / mass, -slopes[body * 5 + 1] / mass]
    }
  }

  @Test(arguments: [false, true])
  func `forces are derivatives of energies, and training follows their derivatives`(isRelative: Bool) throws {
    let set = try ParticleExamples.springs(graphs: 2, seed: 1)
    var architecture = network(isRelative: isRelative)
    architecture.penalty = 0.1
    let network = try Network(.pairEnergy(architecture), seed: 2)
    let states = set.states.doubles
    func state(_ graph: Int) -> [Double] { Array(states[graph * 15..<graph * 15 + 15]) }
    let parameters = network.parameters.doubles
    let wanted = (0..<2).flatMap { accelerations(architecture, parameters, state($0)) }
    #expect(relativeError(try network.accelerations(set), wanted) < 1e-5)

    let pass = network.makePass(topology: set.topology, graphs: 2)
    pass.states.base.update(from: set.states.base, count: set.states.count)
    pass.targets.base.update(from: set.accelerations.base, count: set.accelerations.count)
    _ = pass.train(graphs: 2, batch: 2, stream: RandomStream(seed: 1))
    let slopes = differences(parameters, step: 1e-4) { parameters in
      (0..<2).reduce(0) { sum, graph in
        let found = accelerations(architecture, parameters, state(graph))
        let error = (0..<6).reduce(0) { $0 + abs(found[$1] - set.accelerations.doubles[graph * 6 + $1]) }
        let squares = energy(architecture, parameters, state(graph)).reduce(0) { $0 + $1 * $1 }
        return sum + (error + 0.1 * squares) / 2
      }
    }
    #expect(relativeError(pass.gradient.values, slopes) < 3e-5)
  }

  @Test func `pair forces add up to what bodies feel`() throws {
    let set = try ParticleExamples.springs(graphs: 3, bodies: 4, seed: 3)
    let network = try Network(.pairEnergy(network(isRelative: true)), seed: 4)
    let forces = try network.messages(set, graphs: 3)
    let accelerations = try network.accelerations(set)
    for graph in 0..<3 {
      for body in 0..<4 {
        let mass = set.states.values[(graph * 4 + body) * 5 + 4]
        for axis in 0..<2 {
          let sum = (0..<12).filter { set.topology.receivers[$0] == Int32(body) }
            .reduce(Float(0)) { $0 + forces[(graph * 12 + $1) * 2 + axis] }
          #expect(abs(sum / mass - accelerations[(graph * 4 + body) * 2 + axis]) < 1e-5)
        }
      }
    }
  }

  @Test func `springs are learned from energies`() throws {
    let data = try ParticleExamples.springs(graphs: 2000, seed: 2)
    var architecture = network(isRelative: true)
    architecture.hidden = [32, 32]
    architecture.activation = .silu
    var options = TrainingOptions()
    options.steps = 800
    options.rate = 1e-2
    options.translation = 0
    let trainer = try Trainer(Network(.pairEnergy(architecture), seed: 1), data: data, options: options)
    _ = try trainer.run(threads: 2)
    let first = try #require(trainer.history.first?.validation)
    #expect(try #require(trainer.history.last?.validation) < 0.2 * first)
  }
}
