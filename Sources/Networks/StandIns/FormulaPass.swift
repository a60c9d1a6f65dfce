/// Formulas in the place of components of the messages, on the edges of up to a number of graphs.
final class FormulaPass {
  private let components: [Int]
  private let constants: TrainedConstants
  private let pass: any MessageFormulasPass
  private let parameters: UnsafePointer<Float>
  private let first: Int
  private let edges: Int
  private let width: Int
  private var slopes: [Double] = []

  /// - Parameters:
  ///   - parameters: of the network; those of the constants begin at `first`.
  ///   - width: components of a message.
  init(
    _ formulas: any MessageFormulas, parameters: UnsafePointer<Float>, first: Int, topology: GraphTopology,
    graphs: Int, width: Int
  ) {
    components = formulas.components
    constants = TrainedConstants(starts: formulas.constants)
    pass = formulas.makePass(topology: topology, graphs: graphs)
    self.parameters = parameters
    self.first = first
    self.width = width
    edges = topology.edges
  }

  /// Whether nothing of a message is the network's own.
  var givesAll: Bool { components.count == width }

  /// Which components are given.
  var isGiven: [Bool] { (0..<width).map(components.contains) }

  /// Writes what the formulas give into messages: (graphs · edges, components).
  func write(states: UnsafePointer<Float>, graphs: Int, to messages: UnsafeMutablePointer<Float>) {
    var value = pass.values(states: states, graphs: graphs, constants: constants.values(parameters + first))
    for edge in 0..<graphs * edges {
      for (index, component) in components.enumerated() {
        messages[edge * width + component] = Float(value[index])
      }
      value += components.count
    }
  }

  /// Takes the given components out of the messages' gradient and puts that of the constants into `gradient`.
  func backward(
    messageGradient: UnsafeMutablePointer<Float>, graphs: Int, gradient: UnsafeMutablePointer<Float>
  ) {
    slopes.removeAll(keepingCapacity: true)
    for edge in 0..<graphs * edges {
      for component in components {
        slopes.append(Double(messageGradient[edge * width + component]))
        messageGradient[edge * width + component] = 0
      }
    }
    let found = pass.gradient(slopes: slopes, graphs: graphs)
    for index in found.indices { gradient[first + index] = Float(found[index] * constants.unit(index)) }
  }
}
