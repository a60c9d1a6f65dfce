import CNetworkKernels
import Foundation
import Randomness

/// A graph network on up to a number of graphs at once.
package final class GraphNetworkPass: GraphPass {
  package let states: FloatBuffer
  package let targets: FloatBuffer
  package let gradient: FloatBuffer
  /// Components of a message, and whether each is switched on (1 or 0).
  private let network: GraphNetwork
  private let mask: FloatBuffer
  private let parameters: UnsafePointer<Float>
  private let topology: GraphTopology
  /// For each edge that of the opposite direction; empty unless messages are made opposite.
  private let reverses: [Int32]
  private let edge: PerceptronPass
  private let node: PerceptronPass
  private let pairs: FloatBuffer
  private let nodeInput: FloatBuffer
  private let nodeGradient: FloatBuffer
  private let messages: FloatBuffer
  private let messageGradient: FloatBuffer
  private let edgeGradient: FloatBuffer
  private let noise: FloatBuffer

  package init(
    _ network: GraphNetwork, parameters: FloatBuffer, mask: FloatBuffer, topology: GraphTopology, graphs: Int
  ) {
    self.network = network
    self.mask = mask
    self.parameters = UnsafePointer(parameters.base)
    self.topology = topology
    reverses = network.isReciprocal ? topology.reverses ?? [] : []
    let bodies = graphs * topology.bodies
    let edges = graphs * topology.edges
    let edgeFunction = network.edgeFunction
    let nodeFunction = network.nodeFunction
    let isRandom = network.messages == .kl
    states = FloatBuffer(count: bodies * network.features)
    targets = FloatBuffer(count: bodies * network.dimensions)
    gradient = FloatBuffer(count: parameters.count)
    edge = PerceptronPass(edgeFunction, maximumRows: edges)
    node = PerceptronPass(nodeFunction, maximumRows: bodies)
    pairs = FloatBuffer(count: edges * network.pairWidth)
    nodeInput = FloatBuffer(count: bodies * nodeFunction.inputs)
    nodeGradient = FloatBuffer(count: bodies * nodeFunction.inputs)
    messages = FloatBuffer(count: isRandom ? edges * network.messageWidth : 0)
    messageGradient = FloatBuffer(count: edges * network.messageWidth)
    edgeGradient = FloatBuffer(count: isRandom ? edges * edgeFunction.outputs : 0)
    noise = FloatBuffer(count: isRandom ? edges * network.messageWidth : 0)
  }

  package func train(graphs: Int, batch: Int, stream: RandomStream) -> BatchLoss {
    var stream = stream
    let bodies = graphs * topology.bodies
    let edges = graphs * topology.edges
    let width = network.messageWidth
    if network.messages == .kl {
      for index in 0..<edges * width { noise.base[index] = Float(stream.normal()) }
    }
    let sent = send(graphs: graphs, isTraining: true)
    let prediction = receive(sent, graphs: graphs)
    var loss = BatchLoss()
    loss.error = nk_absolute_loss(
      bodies * network.dimensions, targets.base, 1 / Float(batch), prediction)

    node.backward(
      parameters, rows: bodies, outputGradient: prediction, gradient: gradient.base,
      inputGradient: nodeGradient.base)
    nk_receiver_copies(
      graphs, topology.bodies, width, topology.edges, topology.receivers,
      nodeGradient.base + network.ownWidth, node.perceptron.inputs, messageGradient.base)
    let weight = network.penalty / Double(topology.bodies)
    let scale = Float(weight / Double(batch))
    if network.messages == .l1 { loss.penalty = weight * addMagnitudes(sent, edges * width, scale) }
    if network.messages == .pruning { applyMask(messageGradient.base, edges: edges) }
    makeOpposite(messageGradient.base, graphs: graphs)
    var outgoing = messageGradient.base
    if network.messages == .kl {
      loss.penalty = weight * addDivergence(edges * width, scale)
      outgoing = edgeGradient.base
    }
    edge.backward(
      parameters, rows: edges, outputGradient: outgoing, gradient: gradient.base, inputGradient: nil)
    return loss
  }

  package func predict(graphs: Int) -> UnsafeMutablePointer<Float> {
    receive(send(graphs: graphs, isTraining: false), graphs: graphs)
  }

  /// Messages of the first `graphs` graphs: (graphs · edges, components), in memory of the pass.
  package func messages(graphs: Int) -> UnsafeMutablePointer<Float> {
    send(graphs: graphs, isTraining: false)
  }

  private func send(graphs: Int, isTraining: Bool) -> UnsafeMutablePointer<Float> {
    let edges = graphs * topology.edges
    nk_pair_rows(
      graphs, topology.bodies, network.features, network.relative, topology.edges, topology.receivers,
      topology.senders, states.base, pairs.base)
    let output = edge.forward(parameters, input: pairs.base, rows: edges)
    var sent = output
    if network.messages == .kl {
      sent = messages.base
      for index in 0..<edges * network.messageWidth {
        let mean = output[2 * index]
        sent[index] = isTraining ? mean + exp(0.5 * output[2 * index + 1]) * noise.base[index] : mean
      }
    }
    makeOpposite(sent, graphs: graphs)
    if network.messages == .pruning { applyMask(sent, edges: edges) }
    return sent
  }

  /// Makes messages, or their gradients, equal and opposite, if that is what the network does.
  private func makeOpposite(_ rows: UnsafeMutablePointer<Float>, graphs: Int) {
    guard !reverses.isEmpty else { return }
    nk_antisymmetric(graphs, network.messageWidth, topology.edges, reverses, rows)
  }

  private func receive(_ messages: UnsafeMutablePointer<Float>, graphs: Int) -> UnsafeMutablePointer<Float> {
    let bodies = graphs * topology.bodies
    let own = network.ownWidth
    let stride = node.perceptron.inputs
    for body in 0..<bodies {
      let from = states.base + body * network.features + network.relative
      (nodeInput.base + body * stride).update(from: from, count: own)
    }
    nk_receiver_sums(
      graphs, topology.bodies, network.messageWidth, topology.edges, topology.receivers, messages,
      nodeInput.base + own, stride)
    return node.forward(parameters, input: nodeInput.base, rows: bodies)
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

  /// The gradient of means and logarithms of variances, from that of the messages drawn and the divergence
  /// from standard normal distributions, ½ Σ(exp(v) + μ² − v − 1), which is returned.
  private func addDivergence(_ count: Int, _ scale: Float) -> Double {
    let output = edge.output
    var sum = 0.0
    for index in 0..<count {
      let mean = output[2 * index]
      let variance = exp(output[2 * index + 1])
      sum += 0.5 * Double(variance + mean * mean - output[2 * index + 1] - 1)
      let incoming = messageGradient.base[index]
      edgeGradient.base[2 * index] = incoming + scale * mean
      edgeGradient.base[2 * index + 1] =
        0.5 * (incoming * noise.base[index] * variance.squareRoot() + scale * (variance - 1))
    }
    return sum
  }
}
