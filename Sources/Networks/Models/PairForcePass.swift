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
  /// Logarithms of the masses of each graph's bodies, blurred in training.
  private let logarithms: FloatBuffer
  /// Standard deviation of the noise on these in training. A body must then be accelerated alike with another
  /// mass near its own, where data do not say that it is not (Lemos et al. 2022 use noise of 1 %); and masses
  /// that are far off at first move together with the force function rather than against it.
  package var massNoise: Float = 0

  /// The linear part of the decimal logarithm of the strength is so many times what the slopes give: it has
  /// many orders of magnitude to cover, which the perceptron has not.
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
    logarithms = FloatBuffer(count: graphs * bodies)
  }

  private var slopes: UnsafePointer<Float> { parameters + network.slopeRange.lowerBound }
  private var masses: UnsafePointer<Float> { parameters + network.massRange.lowerBound }
  private func inverseMass(_ place: Int) -> Float {
    Float(network.acceleration) * pow(10, -min(max(logarithms.base[place], -12), 12))
  }

  package func predict(graphs: Int) -> UnsafeMutablePointer<Float> {
    takeMasses(graphs: graphs)
    return accelerate(graphs: graphs)
  }

  /// A common factor of all masses means nothing and would wander about: their logarithms are taken relative
  /// to the mean.
  private func takeMasses(graphs: Int) {
    let mean = (0..<bodies).reduce(0) { $0 + masses[$1] } / Float(bodies)
    for place in 0..<graphs * bodies { logarithms.base[place] = masses[place % bodies] - mean }
  }

  private func accelerate(graphs: Int) -> UnsafeMutablePointer<Float> {
    evaluate(graphs: graphs)
    let dimensions = network.dimensions
    accelerations.base.update(repeating: 0, count: graphs * bodies * dimensions)
    forEachPair(graphs: graphs) { row, one, other, _, _ in
      let (a, b) = (inverseMass(one), inverseMass(other))
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
    takeMasses(graphs: graphs)
    if massNoise > 0 {
      var stream = stream
      for place in 0..<graphs * bodies { logarithms.base[place] += massNoise * Float(stream.normal()) }
    }
    let prediction = accelerate(graphs: graphs)
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
    forEachPair(graphs: graphs) { row, one, other, _, _ in
      let (a, b) = (inverseMass(one), inverseMass(other))
      var slope: Float = 0
      for axis in 0..<dimensions {
        let along = a * prediction[one * dimensions + axis] - b * prediction[other * dimensions + axis]
        slope += along * directions.base[row * dimensions + axis]
      }
      let (exponent, sign) = (exponent(row), tanh(force.output[2 * row + 1]))
      let size = magnitude(exponent)
      let isFree = abs(exponent) < PairForcePass.bound
      outputGradient.base[2 * row] =
        isFree ? slope * size * sign * PairForcePass.logarithm : 0
      outputGradient.base[2 * row + 1] = slope * size * (1 - sign * sign)
    }
    force.backward(
      parameters, rows: graphs * pairs.count, outputGradient: outputGradient.base, gradient: gradient.base,
      inputGradient: inputGradient.base)
    let slopeGradient = gradient.base + network.slopeRange.lowerBound
    slopeGradient.update(repeating: 0, count: 3)
    for row in 0..<graphs * pairs.count {
      for column in 0..<3 {
        let part = PairForcePass.stretch * outputGradient.base[2 * row]
        slopeGradient[column] += part * input.base[3 * row + column]
        inputGradient.base[3 * row + column] += part * slopes[column]
      }
    }
    forEachPair(graphs: graphs) { row, one, other, first, second in
      let difference = logarithms.base[one] - logarithms.base[other]
      let sum = inputGradient.base[3 * row + 1] * PairForcePass.massScale
      let turn =
        inputGradient.base[3 * row + 2] * PairForcePass.massScale * difference
        / (1 + difference * difference).squareRoot()
      massGradient[first] += sum + turn
      massGradient[second] += sum - turn
    }
    let mean = (0..<bodies).reduce(0) { $0 + massGradient[$1] } / Float(bodies)
    for body in 0..<bodies { massGradient[body] -= mean }
    return loss
  }

  /// Strengths of the forces along the lines between pairs: (graphs · pairs), positive where they repel; and
  /// for each the distance.
  package func strengths(graphs: Int) -> [(distance: Double, strength: Double)] {
    takeMasses(graphs: graphs)
    evaluate(graphs: graphs)
    return (0..<graphs * pairs.count).map { row in
      let scaled = Double(input.base[3 * row])
      return (
        pow(10, scaled * network.distance.spread + network.distance.center), Double(strengths.base[row])
      )
    }
  }

  /// Forces on the receivers of a topology's edges: (graphs, edges, dimensions), in units of accelerations
  /// times the mass of the heaviest body.
  package func forces(graphs: Int, topology: GraphTopology) -> [Float] {
    takeMasses(graphs: graphs)
    evaluate(graphs: graphs)
    let dimensions = network.dimensions
    let heaviest = (0..<bodies).map { logarithms.base[$0] }.max() ?? 0
    let unit = network.acceleration * pow(10, -Double(heaviest))
    var places = [Int: Int](minimumCapacity: pairs.count)
    for (place, (first, second)) in pairs.enumerated() { places[first * bodies + second] = place }
    var result: [Float] = []
    result.reserveCapacity(graphs * topology.edges * dimensions)
    for graph in 0..<graphs {
      for (receiver, sender) in zip(topology.receivers, topology.senders) {
        let (first, second) = (Int(min(receiver, sender)), Int(max(receiver, sender)))
        let row = graph * pairs.count + (places[first * bodies + second] ?? 0)
        let strength = Double(strengths.base[row]) * (receiver < sender ? unit : -unit)
        for axis in 0..<dimensions {
          result.append(Float(strength * Double(directions.base[row * dimensions + axis])))
        }
      }
    }
    return result
  }

  private static let logarithm = Float(M_LN10)

  /// The decimal logarithm of a pair's force, once the perceptron is evaluated.
  private func exponent(_ row: Int) -> Float {
    var sum = force.output[2 * row]
    for column in 0..<3 { sum += PairForcePass.stretch * slopes[column] * input.base[3 * row + column] }
    return sum
  }

  private func magnitude(_ exponent: Float) -> Float {
    pow(10, min(max(exponent, -PairForcePass.bound), PairForcePass.bound))
  }

  private func evaluate(graphs: Int) {
    let dimensions = network.dimensions
    forEachPair(graphs: graphs) { row, one, other, _, _ in
      let (a, b) = (states.base + one * network.features, states.base + other * network.features)
      var square: Float = 0
      for axis in 0..<dimensions { square += (a[axis] - b[axis]) * (a[axis] - b[axis]) }
      // Bodies in one place have no direction to be pushed in.
      let distance = max(square, 1e-30).squareRoot()
      for axis in 0..<dimensions { directions.base[row * dimensions + axis] = (a[axis] - b[axis]) / distance }
      let (first, second) = (logarithms.base[one], logarithms.base[other])
      let difference = first - second
      input.base[3 * row] =
        (log10(distance) - Float(network.distance.center)) / Float(network.distance.spread)
      input.base[3 * row + 1] = PairForcePass.massScale * (first + second)
      input.base[3 * row + 2] =
        PairForcePass.massScale * ((1 + difference * difference).squareRoot() - 1)
    }
    let output = force.forward(parameters, input: input.base, rows: graphs * pairs.count)
    for row in 0..<graphs * pairs.count {
      strengths.base[row] = magnitude(exponent(row)) * tanh(output[2 * row + 1])
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
