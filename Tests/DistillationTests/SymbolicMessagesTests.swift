import Distillation
import Foundation
import Networks
import Randomness
import Testing

/// Formulas in the place of a network's messages.
@Suite struct SymbolicMessagesTests {
  private static let names = ["x", "y", "vx", "vy", "m"]

  /// Bodies at random places; accelerations are left out.
  private func set(graphs: Int, seed: UInt64, accelerations: [Float] = []) throws -> GraphSet {
    var random = RandomStream(seed: seed)
    let states = (0..<graphs * 3).flatMap { _ in
      (0..<4).map { _ in Float(random.normal()) } + [Float(exp(0.3 * random.normal()))]
    }
    return try GraphSet(
      topology: .complete(bodies: 3), dimensions: 2, featureNames: SymbolicMessagesTests.names, vectors: [2],
      states: states, accelerations: accelerations)
  }

  private func network(
    _ messages: MessageKind = .bottleneck, isMechanical: Bool = true, for data: GraphSet
  ) throws -> Network {
    var architecture = GraphNetwork(for: data, messages: messages, hidden: [8, 8])
    architecture.activation = .tanh
    architecture.isMechanical = isMechanical
    if !isMechanical { architecture.positive = [] }
    if messages != .bottleneck { architecture.messageWidth = 4 }
    return try Network(.graphNetwork(architecture), seed: 3)
  }

  private func springs(_ components: [Int] = [0, 1]) throws -> SymbolicMessages {
    let texts = ["-1.5 * (r - 0.8) * dx / r", "-2.5 * (r - 1.2) * dy / r + 0.1 * m1^2"]
    return try SymbolicMessages(
      components.map { (output: $0, expression: texts[$0 % 2]) }, stateNames: SymbolicMessagesTests.names,
      dimensions: 2)
  }

  @Test func `values and derivatives by constants are those of the formulas`() throws {
    let data = try set(graphs: 70, seed: 1)
    let messages = try springs()
    // -1.5, 0.8 and -2.5, 1.2, 0.1 and the exponent.
    #expect(messages.constants.count == 6)
    #expect(messages.isTrainable == [true, true, true, true, true, false])
    let pass = messages.makePass(topology: data.topology, graphs: 70)
    let edges = 70 * data.topology.edges
    var random = RandomStream(seed: 2)
    let slopes = (0..<2 * edges).map { _ in random.normal() }
    func total(_ constants: [Double]) -> Double {
      let values = pass.values(states: data.states.base, graphs: 70, constants: constants)
      return (0..<2 * edges).reduce(0) { $0 + slopes[$1] * values[$1] }
    }
    let values = pass.values(states: data.states.base, graphs: 70, constants: messages.constants)
    let states = data.states.values.map(Double.init)
    for (edge, (to, from)) in zip(data.topology.receivers, data.topology.senders).enumerated() {
      let (a, b) = (states[Int(to) * 5..<Int(to) * 5 + 5], states[Int(from) * 5..<Int(from) * 5 + 5])
      let (dx, dy) = (a[a.startIndex] - b[b.startIndex], a[a.startIndex + 1] - b[b.startIndex + 1])
      let r = hypot(dx, dy)
      #expect(abs(values[2 * edge] - -1.5 * (r - 0.8) * dx / r) < 1e-12)
      let mass = a[a.startIndex + 4]
      #expect(abs(values[2 * edge + 1] - (-2.5 * (r - 1.2) * dy / r + 0.1 * mass * mass)) < 1e-12)
    }
    _ = total(messages.constants)
    let gradient = pass.gradient(slopes: slopes, graphs: 70)
    for index in messages.constants.indices {
      var (above, below) = (messages.constants, messages.constants)
      above[index] += 1e-5
      below[index] -= 1e-5
      let quotient = (total(above) - total(below)) / 2e-5
      #expect(abs(gradient[index] - quotient) < 1e-6 * (1 + abs(quotient)))
    }
  }

  @Test(arguments: [MessageKind.bottleneck, .l1, .kl, .pruning], [true, false])
  func `the loss's gradient is that of differences`(kind: MessageKind, isMechanical: Bool) throws {
    let blank = try set(graphs: 5, seed: 3)
    let own = try network(kind, isMechanical: isMechanical, for: blank)
    var random = RandomStream(seed: 4)
    let targets = (0..<5 * 3 * 2).map { _ in Float(3 * random.normal()) }
    let data = try set(graphs: 5, seed: 3, accelerations: targets)
    // One component of several, so that the network's own function goes on being used.
    let network = try own.replacingMessages(with: springs([1]))
    let count = network.parameters.count
    #expect(count == own.parameters.count + 4)
    let pass = network.makePass(topology: data.topology, graphs: 5)
    pass.states.base.update(from: data.states.base, count: data.states.count)
    pass.targets.base.update(from: data.accelerations.base, count: data.accelerations.count)
    func loss() -> Double {
      let found = pass.train(graphs: 5, batch: 5, stream: RandomStream(seed: 5))
      return (found.error + found.penalty) / 5
    }
    _ = loss()
    let gradient = pass.gradient.values
    let scale = gradient.map { abs($0) }.max() ?? 0
    for index in Array(count - 4..<count) + stride(from: 0, to: count - 4, by: 37) {
      let start = network.parameters.base[index]
      func shifted(_ step: Float) -> Double {
        network.parameters.base[index] = start + step
        defer { network.parameters.base[index] = start }
        return loss()
      }
      let quotient = (shifted(2e-3) - shifted(-2e-3)) / 4e-3
      #expect(abs(Double(gradient[index]) - quotient) < 0.01 * (Double(scale) + abs(quotient)))
    }
    #expect(gradient[(count - 4)...].contains { abs($0) > 1e-3 })
  }

  @Test func `some components are given, the others and the network itself stay as they were`() throws {
    let data = try set(graphs: 9, seed: 6)
    let network = try network(.standard, for: data)
    let before = (try network.messages(data, graphs: 9), try network.accelerations(data))
    let formulas = try springs([1, 2])
    let symbolic = try network.replacingMessages(with: formulas)
    let messages = try symbolic.messages(data, graphs: 9)
    let pass = formulas.makePass(topology: data.topology, graphs: 9)
    let values = pass.values(states: data.states.base, graphs: 9, constants: formulas.constants)
    for edge in 0..<9 * data.topology.edges {
      #expect(messages[4 * edge] == before.0[4 * edge])
      #expect(messages[4 * edge + 1] == Float(values[2 * edge]))
      #expect(messages[4 * edge + 2] == Float(values[2 * edge + 1]))
      #expect(messages[4 * edge + 3] == before.0[4 * edge + 3])
    }
    #expect(try symbolic.accelerations(data) != before.1)
    let back = symbolic.withOwnMessages()
    #expect(try back.messages(data, graphs: 9) == before.0)
    #expect(try back.accelerations(data) == before.1)
    #expect(try network.accelerations(data) == before.1)
    #expect(back.symbolicMessages == nil && symbolic.symbolicMessages == formulas)
  }

  @Test func `fine-tuning leads back to the constants that the data have`() throws {
    let blank = try set(graphs: 400, seed: 7)
    let own = try network(for: blank)
    let truth = try springs()
    let wanted = try own.replacingMessages(with: truth).accelerations(blank)
    let data = try set(graphs: 400, seed: 7, accelerations: wanted)
    var start = truth
    start.constants[0] *= 1.2
    start.constants[2] *= 0.8
    start.isTrainable = [true, true, true, false, false, false]
    start.networkRate = 0
    var options = TrainingOptions()
    options.steps = 400
    options.rate = 0.02
    options.translation = 0
    func tuned(threads: Int) throws -> (messages: SymbolicMessages, network: Network, trainer: Trainer) {
      let network = try own.replacingMessages(with: start)
      let trainer = try Trainer(network, data: data, options: options)
      _ = try trainer.run(threads: threads)
      return (try #require(network.symbolicMessages), network, trainer)
    }
    let (found, network, trainer) = try tuned(threads: 1)
    for (constant, truth) in zip(found.constants, truth.constants) {
      #expect(abs(constant - truth) < 2e-3 * abs(truth))
    }
    let validations = trainer.history.compactMap(\.validation)
    #expect(try #require(validations.last) < 0.02 * (try #require(validations.first)))
    // What is frozen has the same bits, and so has the network.
    #expect(found.constants[3...] == truth.constants[3...])
    #expect(network.withOwnMessages().parameters.values == own.parameters.values)
    #expect(try tuned(threads: 2).messages == found)
    // Those of both are trained unless the network's rate is 0.
    start.networkRate = 1
    let both = try tuned(threads: 1).network.withOwnMessages().parameters.values
    guard case .graphNetwork(let architecture) = own.architecture else { return }
    let edge = architecture.edgeFunction.range
    #expect(both[edge] == own.parameters.values[edge])
    #expect(both[edge.upperBound...] != own.parameters.values[edge.upperBound...])
  }

  @Test func `what is written reads back to the same values`() throws {
    let data = try set(graphs: 4, seed: 8)
    let network = try network(for: data)
    var messages = try springs()
    messages.constants[1] = 0.1 + 0.2
    messages.isTrainable[4] = false
    messages.constantRate = 0.3
    let path = FileManager.default.temporaryDirectory.path + "/messages-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try messages.write(to: path)
    let read = try SymbolicMessages(contentsOf: path)
    #expect(read == messages)
    #expect(
      try network.replacingMessages(with: read).accelerations(data)
        == network.replacingMessages(with: messages).accelerations(data))
    #expect(read.expression(0) == messages.expression(0) && read.expression(2) == nil)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (part, other) in [
      ("symreg.messages/1", "symreg.messages/9"), ("dx / r", "dz / r"),
      ("\"dimensions\" : 2", "\"dimensions\" : 7"),
      ("0,\n", "4,\n"), ("dx / r", "dx / 3 / r"), ("\"value\"", "\"number\""),
    ] {
      #expect(text.contains(part))
      try text.replacingOccurrences(of: part, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: SymbolicModelError.self) { try SymbolicMessages(contentsOf: path) }
    }
  }

  @Test func `what does not fit is refused`() throws {
    let data = try set(graphs: 2, seed: 9)
    let network = try network(for: data)
    #expect(throws: NetworkError.self) { try network.replacingMessages(with: springs([0, 2])) }
    #expect(throws: NetworkError.self) { try network.replacingMessages(with: springs([1, 1])) }
    var wrong = try springs()
    wrong.isTrainable = []
    #expect(throws: SymbolicModelError.self) { try network.replacingMessages(with: wrong) }
    wrong = try springs()
    wrong.constants[0] = .nan
    #expect(throws: NetworkError.self) { try network.replacingMessages(with: wrong) }
    let others = try SymbolicMessages([(0, "dx")], stateNames: ["x", "y", "q"], dimensions: 2)
    #expect(throws: SymbolicModelError.self) { try network.replacingMessages(with: others) }
    #expect(throws: SymbolicModelError.self) {
      try SymbolicMessages([(0, "dx + charge1")], stateNames: ["x", "y", "q"], dimensions: 2)
    }
  }
}
