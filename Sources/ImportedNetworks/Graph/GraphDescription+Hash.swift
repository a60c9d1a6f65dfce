import Arrays

extension GraphDescription {
  /// A hash of all that the network's answers depend on. Names of nodes and of the file do not count.
  func contentHash(order: [Int]) -> String {
    var hash = ContentHash()
    hash.update("operators \(operatorSet)")
    for input in inputs { hash.update("input \(input.name) \(input.type) \(input.shape)") }
    for index in order {
      let node = nodes[index]
      hash.update("node \(node.domain) \(node.type) \(node.inputs) \(node.outputs)")
      for (name, value) in node.attributes.sorted(by: { $0.key < $1.key }) {
        hash.update(name)
        if case .tensor(let array) = value { hash.update(array) } else { hash.update("\(value)") }
      }
    }
    for (name, array) in constants.sorted(by: { $0.key < $1.key }) {
      hash.update(name)
      hash.update(array)
    }
    hash.update("outputs \(outputs)")
    return hash.digest()
  }
}
