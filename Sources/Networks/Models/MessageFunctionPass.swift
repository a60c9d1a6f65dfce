import CNetworkKernels
import Foundation
import Randomness

/// φₑ of a graph network on the edges of up to a number of graphs.
final class MessageFunctionPass {
  /// What φₑ gives for each edge: (edges, components).
  let messages: FloatBuffer

  private let network: GraphNetwork
  private let topology: GraphTopology
  private let pass: PerceptronPass
  private let inputs: FloatBuffer
  private let outputGradient: FloatBuffer
  private let noise: FloatBuffer
  private let width: Int
  private let outputs: Int
  /// Components that something else gives; nil for none.
  private let isReplaced: [Bool]?

  init(_ network: GraphNetwork, topology: GraphTopology, graphs: Int, isReplaced: [Bool]? = nil) {
    self.isReplaced = isReplaced
    self.network = network
    self.topology = topology
    let edges = graphs * topology.edges
    let function = network.edgeFunction
    width = network.messageWidth
    outputs = function.outputs
    pass = PerceptronPass(function, maximumRows: edges)
    inputs = FloatBuffer(count: edges * function.inputs)
    messages = FloatBuffer(count: edges * width)
    outputGradient = FloatBuffer(count: edges * outputs)
    noise = FloatBuffer(count: network.messages == .kl ? edges * width : 0)
  }

  /// Messages of the first `graphs` graphs of `states`.
  ///
  /// - Parameter stream: what random messages are drawn from; nil for their means.
  func forward(
    _ parameters: UnsafePointer<Float>, states: UnsafePointer<Float>, graphs: Int,
    stream: inout RandomStream?
  ) {
    let edges = graphs * topology.edges
    if network.isMechanical {
      writeMechanicalInputs(states, graphs: graphs)
    } else {
      nk_pair_rows(
        graphs, topology.bodies, network.features, network.relative, topology.edges, topology.receivers,
        topology.senders, states, inputs.base)
    }
    var output = UnsafePointer(pass.forward(parameters, input: inputs.base, rows: edges))
    var message = messages.base
    if network.messages == .kl {
      let draws = stream != nil
      for index in 0..<edges * width {
        let mean = output[2 * index]
        if draws { noise.base[index] = Float(stream?.normal() ?? 0) }
        message[index] = draws ? mean + exp(0.5 * output[2 * index + 1]) * noise.base[index] : mean
      }
    } else if network.scalesMessages {
      for _ in 0..<edges {
        let scale = Exponent.factor(output[width])
        for component in 0..<width { message[component] = output[component] * scale }
        output += outputs
        message += width
      }
    } else {
      message.update(from: output, count: edges * width)
    }
  }

  /// For each component of random messages the divergence of its distribution from the standard normal one,
  /// summed over the edges of the last forward pass.
  func divergences(graphs: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for edge in 0..<graphs * topology.edges {
      for component in 0..<width {
        let (mean, logarithm) = (
          Double(pass.output[edge * outputs + 2 * component]),
          Double(pass.output[edge * outputs + 2 * component + 1])
        )
        sums[component] += 0.5 * (exp(logarithm) + mean * mean - logarithm - 1)
      }
    }
    return sums
  }

  /// The gradient of φₑ's parameters from that of the messages.
  ///
  /// - Parameters:
  ///   - messageGradient: ∂loss/∂message, (edges, components).
  ///   - divergence: factor of the divergence of random messages from standard normal distributions,
  ///     ½ Σ(exp(v) + μ² − v − 1), which is returned.
  func backward(
    _ parameters: UnsafePointer<Float>, messageGradient: UnsafePointer<Float>, graphs: Int,
    divergence: Float, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let edges = graphs * topology.edges
    var sum = 0.0
    var incoming = messageGradient
    if network.messages == .kl {
      sum = drawnGradient(edges * width, incoming, divergence)
      incoming = UnsafePointer(outputGradient.base)
    } else if network.scalesMessages {
      scaledGradient(edges: edges, incoming)
      incoming = UnsafePointer(outputGradient.base)
    }
    pass.backward(
      parameters, rows: edges, outputGradient: incoming, gradient: gradient, inputGradient: nil)
    return sum
  }

  /// Differences of positions, both bodies' features, the logarithm of the distance, the direction, and
  /// logarithms of positive features.
  private func writeMechanicalInputs(_ states: UnsafePointer<Float>, graphs: Int) {
    let (dimensions, features) = (network.dimensions, network.features)
    var row = inputs.base
    for graph in 0..<graphs {
      let bodies = states + graph * topology.bodies * features
      for (to, from) in zip(topology.receivers, topology.senders) {
        let (receiver, sender) = (bodies + Int(to) * features, bodies + Int(from) * features)
        var square: Float = 1e-20
        for axis in 0..<dimensions {
          row[axis] = receiver[axis] - sender[axis]
          square += row[axis] * row[axis]
        }
        let distance = square.squareRoot()
        let direction = row + network.pairWidth + 1
        for axis in 0..<dimensions { direction[axis] = row[axis] / distance }
        row[network.pairWidth] = log(distance)
        let own = row + dimensions
        own.update(from: receiver + dimensions, count: features - dimensions)
        (own + features - dimensions).update(from: sender + dimensions, count: features - dimensions)
        var next = direction + dimensions
        for body in [receiver, sender] {
          for column in network.positive {
            next[0] = Exponent.logarithm(body[column])
            next += 1
          }
        }
        row = next
      }
    }
  }

  /// Through message = output · exp(s).
  private func scaledGradient(edges: Int, _ incoming: UnsafePointer<Float>) {
    var (incoming, output, target) = (incoming, pass.output, outputGradient.base)
    for _ in 0..<edges {
      let scale = Exponent.factor(output[width])
      var sum: Float = 0
      for component in 0..<width {
        target[component] = incoming[component] * scale
        sum += target[component] * output[component]
      }
      target[width] = Exponent.isFree(output[width]) ? sum : 0
      incoming += width
      output += outputs
      target += outputs
    }
  }

  /// The gradient of means and logarithms of variances, from that of the messages drawn and the divergence.
  private func drawnGradient(_ count: Int, _ incoming: UnsafePointer<Float>, _ scale: Float) -> Double {
    let output = pass.output
    var sum = 0.0
    for index in 0..<count {
      if let isReplaced, isReplaced[index % width] {
        outputGradient.base[2 * index] = 0
        outputGradient.base[2 * index + 1] = 0
        continue
      }
      let mean = output[2 * index]
      let variance = exp(output[2 * index + 1])
      sum += 0.5 * Double(variance + mean * mean - output[2 * index + 1] - 1)
      outputGradient.base[2 * index] = incoming[index] + scale * mean
      outputGradient.base[2 * index + 1] =
        0.5 * (incoming[index] * noise.base[index] * variance.squareRoot() + scale * (variance - 1))
    }
    return sum
  }
}

/// Factors that are given by their logarithm, within what 32 bits hold.
enum Exponent {
  private static let limit: Float = 30

  /// exp of a logarithm within the limits.
  static func factor(_ logarithm: Float) -> Float { exp(min(max(logarithm, -limit), limit)) }

  /// Whether the factor depends on the logarithm.
  static func isFree(_ logarithm: Float) -> Bool { abs(logarithm) < limit }

  /// The logarithm of a number that ought to be positive.
  static func logarithm(_ number: Float) -> Float { log(max(number, 1e-30)) }
}
