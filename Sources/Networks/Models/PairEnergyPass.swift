import CNetworkKernels
import Randomness

/// A network of energies on up to a number of graphs at once.
package final class PairEnergyPass: GraphPass {
  package let states: FloatBuffer
  package let targets: FloatBuffer
  package let gradient: FloatBuffer
  package var typicalAcceleration: Float = 0
  private let network: PairEnergyNetwork
  private let parameters: UnsafePointer<Float>
  private let topology: GraphTopology
  private let energy: PerceptronPass
  private let pairs: FloatBuffer
  private let ones: FloatBuffer
  private let accelerations: FloatBuffer
  private let direction: FloatBuffer
  private let outputGradient: FloatBuffer

  package init(_ network: PairEnergyNetwork, parameters: FloatBuffer, topology: GraphTopology, graphs: Int) {
    self.network = network
    self.parameters = UnsafePointer(parameters.base)
    self.topology = topology
    let bodies = graphs * topology.bodies
    let edges = graphs * topology.edges
    states = FloatBuffer(count: bodies * network.features)
    targets = FloatBuffer(count: bodies * network.dimensions)
    gradient = FloatBuffer(count: parameters.count)
    energy = PerceptronPass(network.energyFunction, maximumRows: edges, secondOrder: true)
    pairs = FloatBuffer(count: edges * network.pairWidth)
    ones = FloatBuffer([Float](repeating: 1, count: edges))
    accelerations = FloatBuffer(count: bodies * network.dimensions)
    direction = FloatBuffer(count: edges * network.pairWidth)
    outputGradient = FloatBuffer(count: edges)
  }

  package func predict(graphs: Int) -> UnsafeMutablePointer<Float> {
    let slopes = slopes(graphs: graphs)
    let dimensions = network.dimensions
    accelerations.base.update(repeating: 0, count: graphs * topology.bodies * dimensions)
    forEachEdge(graphs: graphs) { edge, receiver, sender in
      let slope = slopes + edge * network.pairWidth
      for axis in 0..<dimensions {
        accelerations.base[receiver * dimensions + axis] -= slope[axis]
        accelerations.base[sender * dimensions + axis] -= senderSign * slope[senderColumn + axis]
      }
    }
    for body in 0..<graphs * topology.bodies {
      let inverse = 1 / mass(body)
      for axis in 0..<dimensions { accelerations.base[body * dimensions + axis] *= inverse }
    }
    return accelerations.base
  }

  package func train(graphs: Int, batch: Int, stream: RandomStream) -> BatchLoss {
    let dimensions = network.dimensions
    let prediction = predict(graphs: graphs)
    var loss = BatchLoss()
    loss.error = nk_absolute_loss(
      graphs * topology.bodies, dimensions, targets.base, typicalAcceleration, 1 / Float(batch), prediction)
    for body in 0..<graphs * topology.bodies {
      let inverse = 1 / mass(body)
      for axis in 0..<dimensions { prediction[body * dimensions + axis] *= inverse }
    }
    // Now ∂loss/∂force; each slope enters two forces with the signs it was taken with.
    let rows = graphs * topology.edges
    let weight = Float(network.penalty)
    direction.base.update(repeating: 0, count: rows * network.pairWidth)
    forEachEdge(graphs: graphs) { edge, receiver, sender in
      let row = direction.base + edge * network.pairWidth
      for axis in 0..<dimensions {
        row[axis] -= prediction[receiver * dimensions + axis]
        row[senderColumn + axis] -= senderSign * prediction[sender * dimensions + axis]
      }
      let value = energy.output[edge]
      loss.penalty += Double(weight * value * value)
      outputGradient.base[edge] = 2 * weight * value / Float(batch)
    }
    energy.backwardThroughInputGradients(
      parameters, rows: rows, seed: ones.base, direction: direction.base,
      outputGradient: outputGradient.base, gradient: gradient.base)
    return loss
  }

  /// The force on the receiver of each edge that the pair's energies make: (graphs · edges, dimensions). Every
  /// edge must have one in the opposite direction.
  package func pairForces(graphs: Int) -> [Float] {
    let slopes = slopes(graphs: graphs)
    let dimensions = network.dimensions
    let reverses = topology.reverses ?? []
    var forces = [Float](repeating: 0, count: graphs * topology.edges * dimensions)
    for graph in 0..<graphs {
      for edge in 0..<reverses.count {
        let own = slopes + (graph * topology.edges + edge) * network.pairWidth
        let other = slopes + (graph * topology.edges + Int(reverses[edge])) * network.pairWidth
        for axis in 0..<dimensions {
          forces[(graph * topology.edges + edge) * dimensions + axis] =
            -own[axis] - senderSign * other[senderColumn + axis]
        }
      }
    }
    return forces
  }

  /// ∂E/∂(what the energy reads) for each edge.
  private func slopes(graphs: Int) -> UnsafeMutablePointer<Float> {
    nk_pair_rows(
      graphs, topology.bodies, network.features, network.relative, topology.edges, topology.receivers,
      topology.senders, states.base, pairs.base)
    let rows = graphs * topology.edges
    energy.forward(parameters, input: pairs.base, rows: rows)
    return energy.inputGradients(parameters, rows: rows, seed: ones.base)
  }

  /// Where the sender's position stands among what the energy reads, and with which sign: differences are
  /// receiver minus sender.
  private var senderColumn: Int { network.isRelative ? 0 : network.features }
  private var senderSign: Float { network.isRelative ? -1 : 1 }

  private func mass(_ body: Int) -> Float {
    network.massColumn.map { states.base[body * network.features + $0] } ?? 1
  }

  private func forEachEdge(graphs: Int, _ body: (_ edge: Int, _ receiver: Int, _ sender: Int) -> Void) {
    for graph in 0..<graphs {
      for edge in 0..<topology.edges {
        body(
          graph * topology.edges + edge, graph * topology.bodies + Int(topology.receivers[edge]),
          graph * topology.bodies + Int(topology.senders[edge]))
      }
    }
  }
}
