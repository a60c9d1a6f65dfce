import Arrays

/// A network ready to be evaluated: its operators in an order in which each has what it needs.
///
/// Evaluation changes nothing, so one graph serves any number of threads.
package struct ComputationGraph: Sendable {
  /// The file it came from, as messages name it.
  package let file: String
  /// What it is given.
  package let inputs: [InputDescription]
  /// The names of what it answers.
  package let outputs: [String]
  /// A hash of all that its answers depend on: operators, settings and weights.
  package let contentHash: String

  private let steps: [Step]
  private let initial: [NumericArray?]
  private let inputSlots: [Int]
  private let outputSlots: [Int]

  /// A node with the numbers of the values it takes and gives.
  private struct Step: Sendable {
    let label: String
    let operation: any Operation
    let inputs: [Int?]
    let outputs: [Int?]
    /// The values that nobody needs after this step.
    var released: [Int]
  }

  /// The graph that `description` describes.
  ///
  /// - Throws: ``ImportedNetworkError`` when an operator is not known, a value is missing or given twice, or
  ///   nodes wait for each other.
  package init(_ description: GraphDescription) throws(ImportedNetworkError) {
    let check = GraphCheck(description)
    try check.checkNames()
    let order = try check.order()

    var slots: [String: Int] = [:]
    func slot(_ name: String) -> Int? {
      if name.isEmpty { return nil }
      if let known = slots[name] { return known }
      slots[name] = slots.count
      return slots.count - 1
    }
    inputSlots = description.inputs.compactMap { slot($0.name) }
    var steps: [Step] = []
    for index in order {
      let node = description.nodes[index]
      steps.append(
        Step(
          label: node.label, operation: try check.operation(of: node), inputs: node.inputs.map(slot),
          outputs: node.outputs.map(slot), released: []))
    }
    outputSlots = description.outputs.compactMap(slot)
    var initial = [NumericArray?](repeating: nil, count: slots.count)
    for (name, slot) in slots { initial[slot] = description.constants[name] }

    let kept = Set(outputSlots)
    var last: [Int: Int] = [:]
    for (number, step) in steps.enumerated() {
      for case let slot? in step.inputs + step.outputs where !kept.contains(slot) { last[slot] = number }
    }
    for (slot, number) in last { steps[number].released.append(slot) }

    file = description.file
    inputs = description.inputs
    outputs = description.outputs
    contentHash = description.contentHash(order: order)
    self.steps = steps
    self.initial = initial
  }

  /// The values of the outputs, in their order.
  ///
  /// - Parameter arrays: what the network is given, in the order of ``inputs`` and of their types.
  /// - Throws: ``ImportedNetworkError`` when an array does not fit.
  package func evaluate(_ arrays: [NumericArray]) throws(ImportedNetworkError) -> [NumericArray] {
    precondition(arrays.count == inputs.count, "one array for each input")
    var values = initial
    for (slot, array) in zip(inputSlots, arrays) { values[slot] = array }
    for step in steps {
      let results: [NumericArray]
      do throws(OperationFault) {
        results = try step.operation.evaluate(Operands(step.inputs.map { $0.flatMap { values[$0] } }))
        guard results.count >= step.outputs.count else {
          throw OperationFault("it gives \(results.count) values where \(step.outputs.count) are named")
        }
      } catch {
        throw .invalid(
          file: file, place: step.label, reason: error.reason,
          remedy: "check the shapes and types that the network is given; else export it again")
      }
      for (slot, result) in zip(step.outputs, results) {
        if let slot { values[slot] = result }
      }
      for slot in step.released { values[slot] = nil }
    }
    var answers: [NumericArray] = []
    for (name, slot) in zip(outputs, outputSlots) {
      guard let value = values[slot] else {
        throw .invalid(
          file: file, place: "output \(quoted(name))", reason: "nothing computes it",
          remedy: "export the network again")
      }
      answers.append(value)
    }
    return answers
  }
}
