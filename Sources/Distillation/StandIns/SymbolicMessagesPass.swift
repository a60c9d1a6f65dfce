import Evaluation
import Expressions
import Networks

extension SymbolicMessages: MessageFormulas {
  /// Memory in which the formulas are evaluated on up to `graphs` graphs.
  package func makePass(topology: GraphTopology, graphs: Int) -> any MessageFormulasPass {
    SymbolicMessagesPass(self, topology: topology, graphs: graphs)
  }
}

/// Formulas of messages on the edges of up to a number of graphs, in 64 bits.
private final class SymbolicMessagesPass: MessageFormulasPass {
  private let messages: SymbolicMessages
  private let topology: GraphTopology
  private let used: [Int]
  private let block: ColumnBlock
  private let evaluator: Evaluator
  private var states: [Double]
  /// The formulas with the present constants.
  private var formulas: [Formula]
  /// One component after the other.
  private var column: [Double]
  /// (edges, components)
  private let rows: UnsafeMutablePointer<Double>

  init(_ messages: SymbolicMessages, topology: GraphTopology, graphs: Int) {
    self.messages = messages
    self.topology = topology
    formulas = messages.formulas
    used = Set(formulas.flatMap(\.featureIndices)).sorted()
    let edges = graphs * topology.edges
    block = ColumnBlock(columns: messages.columns.names.count, rows: edges)
    evaluator = Evaluator(capacity: formulas.map(\.complexity).max() ?? 1, loss: .meanSquaredError)
    states = Array(repeating: 0, count: graphs * topology.bodies * messages.stateNames.count)
    column = Array(repeating: 0, count: edges)
    rows = .allocate(capacity: max(1, edges * formulas.count))
    rows.initialize(repeating: 0, count: max(1, edges * formulas.count))
  }

  deinit { rows.deallocate() }

  func values(states: UnsafePointer<Float>, graphs: Int, constants: [Double]) -> UnsafePointer<Double> {
    let edges = graphs * topology.edges
    formulas = formulas.indices.map { messages.formula($0, constants) }
    guard edges > 0 else { return UnsafePointer(rows) }
    for index in 0..<graphs * topology.bodies * messages.stateNames.count {
      self.states[index] = Double(states[index])
    }
    self.states.withUnsafeBufferPointer {
      messages.columns.fill(
        block, used: used, states: $0.baseAddress!, topology: topology, graphs: graphs)
    }
    for (index, formula) in formulas.enumerated() {
      column.withUnsafeMutableBufferPointer {
        evaluator.write(formula, on: block, rows: edges, to: $0.baseAddress!)
      }
      for edge in 0..<edges { rows[edge * formulas.count + index] = column[edge] }
    }
    return UnsafePointer(rows)
  }

  func gradient(slopes: UnsafePointer<Double>, graphs: Int) -> [Double] {
    let edges = graphs * topology.edges
    var result = Array(repeating: 0.0, count: messages.constants.count)
    guard edges > 0 else { return result }
    for (index, formula) in formulas.enumerated() where !messages.slots[index].isEmpty {
      for edge in 0..<edges { column[edge] = slopes[edge * formulas.count + index] }
      var sums = Array(repeating: 0.0, count: messages.slots[index].count)
      evaluator.addConstantSlopes(of: formula, on: block, rows: edges, slopes: column, to: &sums)
      for (slot, sum) in zip(messages.slots[index], sums) { result[slot] += sum }
    }
    return result
  }
}

extension Network {
  /// A network of the same parameters in which formulas give some components of the messages, or all. This one
  /// stays as it is; ``Network/withOwnMessages()`` of the other leads back.
  ///
  /// A `Trainer` trains the formulas' constants with the network's own parameters, by the network's loss. A
  /// model folder holds the network alone: write its ``symbolicMessages`` beside it.
  ///
  /// - Throws: ``SymbolicModelError`` when formulas are for other bodies; ``NetworkError`` when this is no graph
  ///   network, or has not these components.
  public func replacingMessages(with messages: SymbolicMessages) throws -> Network {
    guard case .graphNetwork(let network) = architecture else {
      throw NetworkError.badSetting("a \(architecture.name) has no messages that formulas could stand for")
    }
    guard network.features == messages.stateNames.count, network.dimensions == messages.dimensions else {
      throw SymbolicModelError.setting(
        "the formulas are for bodies with the states \(messages.stateNames.joined(separator: ", ")), the network "
          + "for \(network.features) features in \(network.dimensions) dimensions")
    }
    guard messages.isTrainable.count == messages.constants.count,
      messages.constants.count == (messages.slots.joined().max() ?? -1) + 1
    else { throw SymbolicModelError.setting("each constant of the formulas needs a value and isTrainable") }
    return try replacingMessages(with: messages as any MessageFormulas)
  }

  /// The formulas that stand for messages, with the constants as they are now; nil where there are none.
  public var symbolicMessages: SymbolicMessages? {
    guard var messages = formulas as? SymbolicMessages else { return nil }
    messages.constants = formulaConstants
    return messages
  }
}
