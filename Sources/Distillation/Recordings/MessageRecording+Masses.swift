import Foundation
import Networks

extension MessageRecording {
  /// The masses that a network has learned, relative to the largest; nil when it has learned none.
  static func relativeMasses(_ network: Network) -> [Double]? {
    guard let logarithms = network.logarithmsOfMasses, let most = logarithms.max() else { return nil }
    return logarithms.map { pow(10, Double($0 - most)) }
  }

  /// Adds the bodies and the weights of edges.
  ///
  /// - Parameters:
  ///   - found: accelerations that the network gives, (graphs, bodies, axes).
  ///   - wanted: the true ones, graph by graph.
  mutating func describe(
    names: [String], masses: [Double], _ topology: GraphTopology, found: [Float], wanted: [[Double]]
  ) {
    var errors = Array(repeating: 0.0, count: masses.count)
    var squares = errors
    for (graph, values) in wanted.enumerated() {
      for (index, value) in values.enumerated() {
        let body = index / (values.count / masses.count)
        let error = Double(found[graph * values.count + index]) - value
        errors[body] += error * error / Double(wanted.count)
        squares[body] += value * value / Double(wanted.count)
      }
    }
    bodies = masses.indices.map { body in
      RecordedBody(
        name: names[body], mass: masses[body],
        relativeError: squares[body] > 0 ? (errors[body] / squares[body]).squareRoot() : 0)
    }
    weights = MessageRecording.weights(
      outputs, zip(masses, errors).map { $0 * $1.squareRoot() }, topology: topology)
  }

  /// Part of a force that no network gets right.
  private static let relativeError = 0.01

  /// The inverse squared error of each edge's force. Forces of bodies may differ by twenty orders of magnitude,
  /// and what a network says of those that hardly accelerate either body is made up: a force is known within a
  /// part of itself, and within the force that corresponds to the error of an acceleration.
  ///
  /// - Parameter floors: mass times error of acceleration, by body.
  private static func weights(_ forces: [[Double]], _ floors: [Double], topology: GraphTopology) -> [Double] {
    let edges = topology.edges
    let inverse = (0..<(forces.first?.count ?? 0)).map { row -> Double in
      let square = forces.reduce(0) { $0 + $1[row] * $1[row] } * relativeError * relativeError
      let (one, other) = (Int(topology.receivers[row % edges]), Int(topology.senders[row % edges]))
      let floor = min(floors[one], floors[other])
      return square + floor * floor
    }
    // The middle one is 1.
    let unit = inverse.sorted()[inverse.count / 2]
    return inverse.map { unit / max($0, unit * 1e-300, .leastNormalMagnitude) }
  }
}
