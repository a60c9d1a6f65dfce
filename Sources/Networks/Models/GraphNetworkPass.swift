import CNetworkKernels
import Foundation
import Randomness

/// A graph network on up to a number of graphs at once.
package final class GraphNetworkPass: GraphPass {
  package let states: FloatBuffer
  package let targets: FloatBuffer
  package let gradient: FloatBuffer
  package var typicalAcceleration: Float = 0
  private let network: GraphNetwork
  /// Whether each component of a message is switched on (1 or 0).
  private let mask: FloatBuffer
  private let parameters: UnsafePointer<Float>
  private let topology: GraphTopology
  /// For each edge that of the opposite direction; empty unless messages are made opposite.
  private let reverses: [Int32]
  private let edge: MessageFunctionPass
  private let node: NodeFunctionPass
  private let messageGradient: FloatBuffer
  /// What gives components of the messages in the place of φₑ.
  private let formulas: FormulaPass?

  package init(
    _ network: GraphNetwork, parameters: FloatBuffer, mask: FloatBuffer,
    formulas: (any MessageFormulas)? = nil, topology: GraphTopology, graphs: Int
  ) {
    self.network = network
    self.mask = mask
    self.parameters = UnsafePointer(parameters.base)
    self.topology = topology
    reverses = network.isReciprocal ? topology.reverses ?? [] : []
    let bodies = graphs * topology.bodies
    states = FloatBuffer(count: bodies * network.features)
    targets = FloatBuffer(count: bodies * network.dimensions)
    gradient = FloatBuffer(count: parameters.count)
    self.formulas = formulas.map {
      FormulaPass(
        $0, parameters: UnsafePointer(parameters.base), first: network.nodeFunction.range.upperBound,
        topology: topology, graphs: graphs, width: network.messageWidth)
    }
    edge = MessageFunctionPass(
      network, topology: topology, graphs: graphs, isReplaced: self.formulas?.isGiven)
    node = NodeFunctionPass(network, bodies: bodies)
    messageGradient = FloatBuffer(count: graphs * topology.edges * network.messageWidth)
  }

  package func train(graphs: Int, batch: Int, stream: RandomStream) -> BatchLoss {
    let bodies = graphs * topology.bodies
    let edges = graphs * topology.edges
    let width = network.messageWidth
    let sent = send(graphs: graphs, stream: stream)
    let prediction = receive(sent, graphs: graphs)
    var loss = BatchLoss()
    loss.error = nk_absolute_loss(
      bodies, network.dimensions, targets.base, typicalAcceleration, 1 / Float(batch), prediction)
    node.backward(parameters, bodies: bodies, accelerationGradient: prediction, gradient: gradient.base)
    nk_receiver_copies(
      graphs, topology.bodies, width, topology.edges, topology.receivers, node.sumGradients, node.stride,
      messageGradient.base)
    let weight = network.penalty / Double(topology.bodies)
    let scale = Float(weight / Double(batch))
    if network.messages == .l1 { loss.penalty = weight * addMagnitudes(sent, edges * width, scale) }
    formulas?.backward(messageGradient: messageGradient.base, graphs: graphs, gradient: gradient.base)
    if formulas?.givesAll == true { return loss }
    if network.messages == .pruning { applyMask(messageGradient.base, edges: edges) }
    makeOpposite(messageGradient.base, graphs: graphs)
    let divergence = edge.backward(
      parameters, messageGradient: messageGradient.base, graphs: graphs, divergence: scale,
      gradient: gradient.base)
    if network.messages == .kl { loss.penalty = weight * divergence }
    return loss
  }

  package func predict(graphs: Int) -> UnsafeMutablePointer<Float> {
    receive(messages(graphs: graphs), graphs: graphs)
  }

  /// Messages of the first `graphs` graphs: (graphs · edges, components), in memory of the pass.
  package func messages(graphs: Int) -> UnsafeMutablePointer<Float> { send(graphs: graphs, stream: nil) }

  /// See ``MessageFunctionPass/divergences(graphs:)``; after ``messages(graphs:)``, for random messages only.
  func divergences(graphs: Int) -> [Double] { edge.divergences(graphs: graphs) }

  private func send(graphs: Int, stream: RandomStream?) -> UnsafeMutablePointer<Float> {
    var stream = stream
    let sent = edge.messages.base
    if formulas?.givesAll != true {
      edge.forward(parameters, states: states.base, graphs: graphs, stream: &stream)
      makeOpposite(sent, graphs: graphs)
      if network.messages == .pruning { applyMask(sent, edges: graphs * topology.edges) }
    }
    formulas?.write(states: states.base, graphs: graphs, to: sent)
    return sent
  }

  /// Makes messages, or their gradients, equal and opposite, if that is what the network does.
  private func makeOpposite(_ rows: UnsafeMutablePointer<Float>, graphs: Int) {
    guard !reverses.isEmpty else { return }
    nk_antisymmetric(graphs, network.messageWidth, topology.edges, reverses, rows)
  }

  private func receive(_ messages: UnsafeMutablePointer<Float>, graphs: Int) -> UnsafeMutablePointer<Float> {
    nk_receiver_sums(
      graphs, topology.bodies, network.messageWidth, topology.edges, topology.receivers, messages, node.sums,
      node.stride)
    return node.forward(parameters, states: states.base, bodies: graphs * topology.bodies)
  }

  private func applyMask(_ rows: UnsafeMutablePointer<Float>, edges: Int) {
    for edge in 0..<edges { nk_multiply(mask.count, mask.base, rows + edge * mask.count) }
  }

  /// Adds scale · ∂Σ|m|/∂m to the messages' gradient; returns Σ|m|.
  private func addMagnitudes(_ messages: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Float) -> Double
  {
    var sum = 0.0
    for index in 0..<count {
      let message = messages[index]
      sum += Double(abs(message))
      messageGradient.base[index] += message > 0 ? scale : message < 0 ? -scale : 0
    }
    return sum
  }
}
