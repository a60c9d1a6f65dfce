import Foundation
import Networks
import Randomness
import Testing

@Suite struct GraphNetworkTests {
  /// Loss of a batch in 64 bits by the definition of the network, with the noise that `stream` gives.
  private func loss(
    _ network: GraphNetwork, _ parameters: [Double], mask: [Double], _ set: GraphSet, typical: Double,
    stream: RandomStream
  ) -> Double {
    let edgeFunction = ReferencePerceptron(perceptron: network.edgeFunction)
    let nodeFunction = ReferencePerceptron(perceptron: network.nodeFunction)
    var stream = stream
    let (bodies, width) = (set.topology.bodies, network.messageWidth)
    let states = set.states.doubles
    let leading = network.isRelative ? 2 : 0
    var (total, penalty) = (0.0, 0.0)
    for graph in 0..<set.count {
      func body(_ index: Int) -> [Double] {
        Array(states[((graph * bodies) + index) * 5..<((graph * bodies) + index + 1) * 5])
      }
      var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: bodies)
      func raw(_ receiver: Int32, _ sender: Int32) -> [Double] {
        let (to, from) = (body(Int(receiver)), body(Int(sender)))
        var pair = (0..<leading).map { to[$0] - from[$0] } + to[leading...] + from[leading...]
        if network.isMechanical {
          let distance = hypot(pair[0], pair[1])
          pair += [log(distance), pair[0] / distance, pair[1] / distance]
          pair += [to, from].flatMap { body in network.positive.map { log(body[$0]) } }
        }
        var output = edgeFunction.output(parameters, pair)
        if network.isMechanical && network.messages != .kl {
          let factor = exp(output.removeLast())
          output = output.map { $0 * factor }
        }
        return (0..<width).map { component in
          guard network.messages == .kl else { return output[component] }
          let (mean, logarithm) = (output[2 * component], output[2 * component + 1])
          penalty += 0.5 * (exp(logarithm) + mean * mean - logarithm - 1)
          return mean + exp(0.5 * logarithm) * Double(Float(stream.normal()))
        }
      }
      let edges = Array(zip(set.topology.receivers, set.topology.senders))
      let messages = edges.map { raw($0, $1) }
      for (edge, (receiver, sender)) in edges.enumerated() {
        let reverse = edges.firstIndex { $0 == (sender, receiver) }
        for component in 0..<width {
          var message = messages[edge][component]
          if network.isReciprocal, let reverse { message = 0.5 * (message - messages[reverse][component]) }
          if network.messages == .l1 { penalty += abs(message) }
          sums[Int(receiver)][component] += message * (mask.isEmpty ? 1 : mask[component])
        }
      }
      for index in 0..<bodies {
        let own = Array(body(index)[leading...])
        var output: [Double]
        if network.isMechanical {
          let found = nodeFunction.output(parameters, own + network.positive.map { log(body(index)[$0]) })
          let factor = network.messages == .l1 ? 1 : exp(found[2 * width + 2])
          output = (0..<2).map { axis in
            let products = (0..<width).map { found[axis * width + $0] * sums[index][$0] }
            return factor * products.reduce(0, +) + found[2 * width + axis]
          }
        } else {
          output = nodeFunction.output(parameters, own + sums[index])
        }
        let target = (0..<2).map { set.accelerations.doubles[(graph * bodies + index) * 2 + $0] }
        let size = hypot(target[0], target[1])
        for axis in 0..<2 {
          total += abs(output[axis] - target[axis]) / (typical > 0 ? 1 + size / typical : 1)
        }
      }
    }
    return (total + network.penalty / Double(bodies) * penalty) / Double(set.count)
  }

  @Test(arguments: MessageKind.allCases, [0, 1, 2])
  func `loss and gradient are those of a reference in 64 bits`(kind: MessageKind, laws: Int) throws {
    let set = try ParticleExamples.springs(graphs: 3, seed: 1)
    var architecture = ParticleExamples.network(kind, isRelative: laws > 0)
    architecture.isReciprocal = laws > 0
    architecture.isMechanical = laws > 1
    architecture.positive = laws > 1 ? set.positiveFeatures : []
    let typical = laws > 1 ? set.typicalAcceleration : 0
    let network = try Network(.graphNetwork(architecture), seed: 2)
    if kind == .pruning { network.mask.base[1] = 0 }
    let pass = network.makePass(topology: set.topology, graphs: 4)
    pass.typicalAcceleration = Float(typical)
    pass.states.base.update(from: set.states.base, count: set.states.count)
    pass.targets.base.update(from: set.accelerations.base, count: set.accelerations.count)
    let stream = RandomStream(seed: 7)
    let found = pass.train(graphs: 3, batch: 3, stream: stream)
    let mask = network.mask.doubles
    let parameters = network.parameters.doubles
    let wanted = loss(architecture, parameters, mask: mask, set, typical: typical, stream: stream)
    #expect(abs((found.error + found.penalty) / 3 - wanted) < 1e-5 * wanted)
    let slopes = differences(parameters, step: 1e-6) {
      loss(architecture, $0, mask: mask, set, typical: typical, stream: stream)
    }
    #expect(relativeError(pass.gradient.values, slopes) < 3e-5)
  }

  @Test func `divergences of random messages are those of the loss`() throws {
    let set = try ParticleExamples.springs(graphs: 3, seed: 1)
    let architecture = ParticleExamples.network(.kl)
    let network = try Network(.graphNetwork(architecture), seed: 2)
    let pass = network.makePass(topology: set.topology, graphs: 3)
    pass.states.base.update(from: set.states.base, count: set.states.count)
    let penalty = pass.train(graphs: 3, batch: 3, stream: RandomStream(seed: 7)).penalty
    let divergences = try #require(try network.messageDivergences(set, graphs: 3))
    let whole = divergences.reduce(0, +) * Double(3 * set.topology.edges)
    #expect(divergences.count == 4 && divergences.allSatisfy { $0 > 0 })
    #expect(abs(whole * architecture.penalty / Double(set.topology.bodies) - penalty) < 1e-5 * penalty)
    let other = try Network(.graphNetwork(ParticleExamples.network(.l1)), seed: 2)
    #expect(try other.messageDivergences(set, graphs: 3) == nil)
  }

  @Test func `accelerations follow the bodies when these change places`() throws {
    let set = try ParticleExamples.springs(graphs: 5, bodies: 4, seed: 3)
    let network = try Network(.graphNetwork(ParticleExamples.network(.standard)), seed: 4)
    let order = [2, 0, 3, 1]
    let before = try network.accelerations(set)
    let after = try network.accelerations(set.reordered(order))
    for graph in 0..<5 {
      for body in 0..<4 {
        for axis in 0..<2 {
          let moved = after[(graph * 4 + body) * 2 + axis]
          #expect(abs(moved - before[(graph * 4 + order[body]) * 2 + axis]) < 1e-5)
        }
      }
    }
  }

  @Test func `a relative network does not see translations, another one does`() throws {
    let set = try ParticleExamples.springs(graphs: 5, seed: 5)
    let moved = try set.moved(by: [3, -2])
    func change(isRelative: Bool) throws -> Float {
      let network = try Network(
        .graphNetwork(ParticleExamples.network(.standard, isRelative: isRelative)), seed: 6)
      let pairs = zip(try network.accelerations(set), try network.accelerations(moved))
      return pairs.map { abs($0 - $1) }.max() ?? 0
    }
    #expect(try change(isRelative: true) < 1e-5)
    #expect(try change(isRelative: false) > 1e-2)
  }

  @Test func `reciprocal messages are equal and opposite`() throws {
    let set = try ParticleExamples.springs(graphs: 2, seed: 5)
    var architecture = ParticleExamples.network(.bottleneck)
    architecture.isReciprocal = true
    let network = try Network(.graphNetwork(architecture), seed: 6)
    let messages = try network.messages(set, graphs: 2)
    let reverses = try #require(set.topology.reverses)
    for graph in 0..<2 {
      for edge in 0..<6 {
        for component in 0..<2 {
          let opposite = messages[(graph * 6 + Int(reverses[edge])) * 2 + component]
          #expect(messages[(graph * 6 + edge) * 2 + component] == -opposite)
        }
      }
    }
    #expect(messages.contains { abs($0) > 1e-3 })
    let oneWay = try GraphSet(
      topology: GraphTopology(bodies: 2, edges: [(0, 1)]), dimensions: 2,
      featureNames: set.featureNames, states: [Float](repeating: 0, count: 10), accelerations: [])
    #expect(throws: NetworkError.self) { try network.accelerations(oneWay) }
  }

  @Test func `a network may be used with other numbers of bodies and other edges`() throws {
    let network = try Network(.graphNetwork(ParticleExamples.network(.bottleneck)), seed: 8)
    let five = try ParticleExamples.springs(graphs: 2, bodies: 5, seed: 9)
    #expect(try network.accelerations(five).count == 2 * 5 * 2)
    #expect(try network.messages(five, graphs: 1).count == 20 * 2)
    #expect(GraphTopology.chain(bodies: 4).edges == 6)
    #expect(throws: NetworkError.self) { try GraphTopology(bodies: 2, edges: [(0, 2)]) }
    #expect(throws: NetworkError.self) { try GraphTopology(bodies: 2, edges: [(1, 1)]) }
  }

  @Test func `what does not fit is refused`() throws {
    let set = try ParticleExamples.springs(graphs: 2, seed: 1)
    let other = GraphNetwork(features: 6, dimensions: 2, messages: .standard)
    #expect(throws: NetworkError.self) { try Network(.graphNetwork(other), seed: 1).accelerations(set) }
    #expect(throws: NetworkError.self) { try Network(.graphNetwork(other), parameters: [1, 2]) }
    #expect(throws: NetworkError.notFiniteData(array: "states", graph: 1)) {
      try GraphSet(
        topology: .complete(bodies: 1), dimensions: 1, featureNames: ["x"], states: [1, .nan],
        accelerations: [])
    }
    #expect(throws: NetworkError.self) {
      try GraphSet(
        topology: .complete(bodies: 2), dimensions: 1, featureNames: ["x"], states: [1, 2, 3],
        accelerations: [])
    }
  }
}
