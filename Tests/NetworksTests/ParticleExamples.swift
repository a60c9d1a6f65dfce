import Foundation
import Networks
import Randomness

/// Small systems of bodies with accelerations by a law that is known.
enum ParticleExamples {
  /// Bodies in two dimensions joined by springs of rest length 1, with position, velocity and mass.
  static func springs(graphs: Int, bodies: Int = 3, seed: UInt64, center: Double = 0) throws -> GraphSet {
    var stream = RandomStream(seed: seed)
    var states: [Float] = []
    var accelerations: [Float] = []
    for _ in 0..<graphs {
      let position = (0..<bodies).map { _ in (center + stream.normal(), center + stream.normal()) }
      let mass = (0..<bodies).map { _ in exp(0.3 * stream.normal()) }
      for body in 0..<bodies {
        states += [position[body].0, position[body].1, stream.normal(), stream.normal(), mass[body]].map {
          Float($0)
        }
        var force = (0.0, 0.0)
        for other in 0..<bodies where other != body {
          let (x, y) = (position[body].0 - position[other].0, position[body].1 - position[other].1)
          let distance = (x * x + y * y).squareRoot()
          force.0 -= (distance - 1) * x / distance
          force.1 -= (distance - 1) * y / distance
        }
        accelerations += [Float(force.0 / mass[body]), Float(force.1 / mass[body])]
      }
    }
    return try GraphSet(
      topology: .complete(bodies: bodies), dimensions: 2, featureNames: ["x", "y", "vx", "vy", "m"],
      vectors: [2], states: states, accelerations: accelerations)
  }

  /// A small network for them.
  static func network(
    _ messages: MessageKind, activation: Activation = .tanh, isRelative: Bool = false, hidden: [Int] = [6, 5]
  ) -> GraphNetwork {
    var network = GraphNetwork(
      features: 5, dimensions: 2, messages: messages, hidden: hidden, activation: activation,
      isRelative: isRelative)
    if messages != .bottleneck { network.messageWidth = 4 }
    return network
  }
}

extension GraphSet {
  /// The set with its bodies in another order.
  func reordered(_ order: [Int]) throws -> GraphSet {
    func permuted(_ values: [Float], _ width: Int) -> [Float] {
      (0..<count).flatMap { graph in
        order.flatMap { body in
          let start = (graph * topology.bodies + body) * width
          return values[start..<start + width]
        }
      }
    }
    return try GraphSet(
      topology: topology, dimensions: dimensions, featureNames: featureNames, vectors: vectors,
      states: permuted(states.values, features), accelerations: permuted(accelerations.values, dimensions))
  }

  /// The set moved by a translation.
  func moved(by shift: [Float]) throws -> GraphSet {
    var values = states.values
    for index in values.indices where index % features < dimensions {
      values[index] += shift[index % features]
    }
    return try GraphSet(
      topology: topology, dimensions: dimensions, featureNames: featureNames, vectors: vectors,
      states: values,
      accelerations: accelerations.values)
  }
}
