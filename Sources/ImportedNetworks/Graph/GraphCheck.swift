/// Finds out whether a description makes sense, and in which order its nodes can be computed.
struct GraphCheck {
  let description: GraphDescription

  init(_ description: GraphDescription) { self.description = description }

  /// Refuses values that are given twice, and networks without inputs or outputs.
  func checkNames() throws(ImportedNetworkError) {
    guard !description.inputs.isEmpty, !description.outputs.isEmpty else {
      throw fault(
        nil, "the network has no \(description.inputs.isEmpty ? "input" : "output")", "export it again")
    }
    // A constant may stand for an input that is not given; then it is no input.
    var known = Set(description.constants.keys)
    for input in description.inputs {
      guard !input.name.isEmpty, known.insert(input.name).inserted else {
        throw fault("input \(quoted(input.name))", "there are two values of this name", "export it again")
      }
    }
    for (name, array) in description.constants {
      guard array.doubles?.contains(where: \.isNaN) != true else {
        throw fault(
          "constant \(quoted(name))", "it holds a value that is no number", "train the network anew")
      }
    }
    for node in description.nodes {
      guard node.outputs.contains(where: { !$0.isEmpty }) else {
        throw fault(node.label, "it gives nothing", "export the network again")
      }
      for name in node.outputs where !name.isEmpty {
        guard known.insert(name).inserted else {
          throw fault(
            node.label, "it gives \(quoted(name)), which is given already", "export the network again")
        }
      }
    }
    for name in description.outputs where !known.contains(name) {
      throw fault("output \(quoted(name))", "nothing computes it", "export the network again")
    }
    guard Set(description.outputs).count == description.outputs.count else {
      throw fault(nil, "two outputs have the same name", "export the network again")
    }
  }

  /// The nodes' indices, each after those whose values it takes; else in the order of the file (Kahn 1962).
  func order() throws(ImportedNetworkError) -> [Int] {
    let nodes = description.nodes
    var producers: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for name in node.outputs where !name.isEmpty { producers[name] = index }
    }
    let given = Set(description.constants.keys).union(description.inputs.map(\.name))
    var waiting = [Int](repeating: 0, count: nodes.count)
    var followers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for name in node.inputs where !name.isEmpty && !given.contains(name) {
        guard let producer = producers[name] else {
          throw fault(
            node.label, "it takes \(quoted(name)), which nothing gives",
            "export the network again; a part of it that refers to values outside cannot be read alone")
        }
        waiting[index] += 1
        followers[producer].append(index)
      }
    }
    var ready = nodes.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      for follower in followers[ready[next]] {
        waiting[follower] -= 1
        if waiting[follower] == 0 { ready.append(follower) }
      }
      next += 1
    }
    if let stuck = nodes.indices.first(where: { waiting[$0] > 0 }) {
      throw fault(
        nodes[stuck].label, "it waits for a value that depends on its own: the network goes in a circle",
        "export the network again; recurrent networks are not read")
    }
    return ready
  }

  /// What the node does.
  func operation(of node: NodeDescription) throws(ImportedNetworkError) -> any Operation {
    let isOwn = node.domain.isEmpty || node.domain == "ai.onnx"
    let settings = Settings(
      attributes: node.attributes, operatorSet: description.operatorSet, outputs: node.outputs.count)
    do throws(OperationFault) {
      if isOwn, let operation = try OperatorTable.operation(node.type, settings: settings) {
        return operation
      }
    } catch {
      throw fault(node.label, error.reason, "export the network again")
    }
    throw .unsupportedOperator(
      file: description.file, node: node.label, operation: isOwn ? node.type : "\(node.domain).\(node.type)")
  }

  private func fault(_ place: String?, _ reason: String, _ remedy: String) -> ImportedNetworkError {
    .invalid(file: description.file, place: place, reason: reason, remedy: remedy)
  }
}
