import CNetworkKernels
import Foundation
import Randomness

/// A network of forces and masses on up to a number of graphs at once.
package final class PairForcePass: GraphPass {
  package let states: FloatBuffer
  package let targets: FloatBuffer
  package let gradient: FloatBuffer
  package var typicalAcceleration: Float = 0
  private let network: PairForceNetwork
  private let parameters: UnsafePointer<Float>
  private let bodies: Int
  /// Each pair once.
  private let pairs: [(Int, Int)]
  private let force: PerceptronPass
  private let input: FloatBuffer
  private let inputGradient: FloatBuffer
  private let outputGradient: FloatBuffer
  /// For each pair of each graph: the direction, then the force's strength.
  private let directions: FloatBuffer
  private let strengths: FloatBuffer
  private let accelerations: FloatBuffer

  /// The decimal logarithm of the strength is so many times what the perceptron gives, and bounded.
  private static let stretch: Float = 4
  private static let bound: Float = 15
  /// Logarithms of masses are as many times larger than what the perceptron sees.
  private static let massScale: Float = 0.25

  package init(_ network: PairForceNetwork, parameters: FloatBuffer, topology: GraphTopology, graphs: Int) {
    self.network = network
    self.parameters = UnsafePointer(parameters.base)
    bodies = topology.bodies
    pairs = zip(topology.receivers, topology.senders).filter { $0 < $1 }.map { (Int($0), Int($1)) }
    let rows = graphs * pairs.count
    states = FloatBuffer(count: graphs * bodies * network.features)
    targets = FloatBuffer(count: graphs * bodies * network.dimensions)
    gradient = FloatBuffer(count: parameters.count)
    force = PerceptronPass(network.forceFunction, maximumRows: rows)
    input = FloatBuffer(count: rows * 3)
    inputGradient = FloatBuffer(count: rows * 3)
    outputGradient = FloatBuffer(count: rows * 2)
    directions = FloatBuffer(count: rows * network.dimensions)
    strengths = FloatBuffer(count: rows)
    accelerations = FloatBuffer(count: graphs * bodies * network.dimensions)
  }

  private var masses: UnsafePointer<Float> { parameters + network.massRange.lowerBound }
  private func inverseMass(_ body: Int) -> Float {
    Float(network.acceleration) * pow(10, -min(max(masses[body], -12), 12))
  }

  package func predict(graphs: Int) -> UnsafeMutablePointer<Float> {
    evaluate(graphs: graphs)
    let dimensions = network.dimensions
    accelerations.base.update(repeating: 0, count: graphs * bodies * dimensions)
    forEachPair(graphs: graphs) { row, one, other, first, second in
      let (a, b) = (inverseMass(first), inverseMass(second))
      for axis in 0..<dimensions {
        let part = strengths.base[row] * directions.base[row * dimensions + axis]
        accelerations.base[one * dimensions + axis] += a * part
        accelerations.base[other * dimensions + axis] -= b * part
      }
    }
    return accelerations.base
  }

  package func train(graphs: Int, batch: Int, stream: RandomStream) -> BatchLoss {
    let dimensions = network.dimensions
    let prediction = predict(graphs: graphs)
    var loss = BatchLoss()
    let massGradient = gradient.base + network.massRange.lowerBound
    massGradient.update(repeating: 0, count: bodies)
    // ∂loss/∂acceleration in place; a mass divides its body's acceleration.
    for row in 0..<graphs * bodies {
      let body = row % bodies
      let scale = 1 / Float(network.meanSquares[body])
      var square: Float = 0
      for index in row * dimensions..<(row + 1) * dimensions {
        let difference = prediction[index] - targets.base[index]
        square += difference * difference * scale
      }
      // A body whose mass is far too small at first must not drown all others: the logarithm of one plus the
      // square is the square where errors are small.
      loss.error += Double(log1p(square))
      let weight = 2 * scale / (Float(batch) * (1 + square))
      for index in row * dimensions..<(row + 1) * dimensions {
        let slope = weight * (prediction[index] - targets.base[index])
        massGradient[body] -= slope * prediction[index] * PairForcePass.logarithm
        prediction[index] = slope
      }
    }
    forEachPair(graphs: graphs) { row, one, other, first, second in
      let (a, b) = (inverseMass(first), inverseMass(second))
      var slope: Float = 0
      for axis in 0..<dimensions {
        let along = a * prediction[one * dimensions + axis] - b * prediction[other * dimensions + axis]
        slope += along * directions.base[row * dimensions + axis]
      }
      let (exponent, sign) = (force.output[2 * row], tanh(force.output[2 * row + 1]))
      let size = magnitude(exponent)
      let isFree = abs(PairForcePass.stretch * exponent) < PairForcePass.bound
      outputGradient.base[2 * row] =
        isFree ? slope * size * sign * PairForcePass.stretch * PairForcePass.logarithm : 0
      outputGradient.base[2 * row + 1] = slope * size * (1 - sign * sign)
    }
    force.backward(
      parameters, rows: graphs * pairs.count, outputGradient: outputGradient.base, gradient: gradient.base,
      inputGradient: inputGradient.base)
    forEachPair(graphs: graphs) { row, _, _, first, second in
      let difference = masses[first] - masses[second]
      let sum = inputGradient.base[3 * row + 1] * PairForcePass.massScale
      let turn =
        inputGradient.base[3 * row + 2] * PairForcePass.massScale * difference
        / (1 + difference * difference).squareRoot()
      massGradient[first] += sum + turn
      massGradient[second] += sum - turn
    }
    return loss
  }

  /// Strengths of the forces along the lines between pairs: (graphs · pairs), positive where they repel; and
  /// for each the distance.
  package func strengths(graphs: Int) -> [(distance: Double, strength: Double)] {
    evaluate(graphs: graphs)
    return (0..<graphs * pairs.count).map { row in
      let scaled = Double(input.base[3 * row])
      return (
        pow(10, scaled * network.distance.spread + network.distance.center), Double(strengths.base[row])
      )
    }
  }

  private static let logarithm = Float(M_LN10)

  private func magnitude(_ exponent: Float) -> Float {
    pow(10, min(max(PairForcePass.stretch * exponent, -PairForcePass.bound), PairForcePass.bound))
  }

  private func evaluate(graphs: Int) {
    let dimensions = network.dimensions
    forEachPair(graphs: graphs) { row, one, other, first, second in
      let (a, b) = (states.base + one * network.features, states.base + other * network.features)
      var square: Float = 0
      for axis in 0..<dimensions { square += (a[axis] - b[axis]) * (a[axis] - b[axis]) }
      // Bodies in one place have no direction to be pushed in.
      let distance = max(square, 1e-30).squareRoot()
      for axis in 0..<dimensions { directions.base[row * dimensions + axis] = (a[axis] - b[axis]) / distance }
      let difference = masses[first] - masses[second]
      input.base[3 * row] =
        (log10(distance) - Float(network.distance.center)) / Float(network.distance.spread)
      input.base[3 * row + 1] = PairForcePass.massScale * (masses[first] + masses[second])
      input.base[3 * row + 2] =
        PairForcePass.massScale * ((1 + difference * difference).squareRoot() - 1)
    }
    let output = force.forward(parameters, input: input.base, rows: graphs * pairs.count)
    for row in 0..<graphs * pairs.count {
      strengths.base[row] = magnitude(output[2 * row]) * tanh(output[2 * row + 1])
    }
  }

  private func forEachPair(
    graphs: Int, _ body: (_ row: Int, _ one: Int, _ other: Int, _ first: Int, _ second: Int) -> Void
  ) {
    for graph in 0..<graphs {
      for (index, (first, second)) in pairs.enumerated() {
        body(
          graph * pairs.count + index, graph * bodies + first, graph * bodies + second, first, second)
      }
    }
  }
}
