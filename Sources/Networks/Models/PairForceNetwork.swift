import Foundation
import Randomness

/// A network of forces between bodies whose masses are not known (after Lemos et al. 2022, "Rediscovering
/// orbital mechanics with machine learning").
///
/// Each body has a trainable number, the logarithm of its mass, the same in all graphs. There is one force for
/// each pair, along the line between the two: on one body as it is, on the other with the opposite sign. Its
/// strength is a function of the distance and the two masses, the same whichever comes first; and a = F/m. The
/// logarithm of the strength is a perceptron's function of logarithms and, beside it, a linear one, whose
/// coefficients are learned like all else: forces of bodies differ by many orders of magnitude. Masses are
/// determined up to a common factor only. The loss is the sum over bodies of log(1 + e²), e the error of an
/// acceleration relative to the body's mean.
public struct PairForceNetwork: Codable, Hashable, Sendable {
  /// Features of a body; only the position is used.
  public var features: Int
  /// Dimensions of space.
  public var dimensions: Int
  /// How many bodies there are, each of which has a mass of its own.
  public var bodies: Int
  /// Widths of the hidden layers.
  public var hidden: [Int]
  /// Their activation.
  public var activation: Activation
  /// Mean of the decimal logarithms of the distances, and half their range: what the perceptron sees is
  /// shifted and scaled by them.
  public var distance: Scale
  /// A typical acceleration, the unit of those that are computed.
  public var acceleration: Double
  /// For each body the mean square of its acceleration, relative to which errors count.
  public var meanSquares: [Double]
  /// Factor of the learning rate for masses.
  public var massRate = 10.0

  /// How such a network is trained: with small batches and a high rate, and masses blurred by a factor
  /// of two at first. 30,000 steps take a minute for eleven bodies.
  public static var trainingOptions: TrainingOptions {
    var options = TrainingOptions()
    options.steps = 30_000
    options.batch = 8
    options.rate = 2e-3
    options.massNoise = 0.3
    options.translation = 0
    return options
  }

  /// A shift and a scale.
  public struct Scale: Codable, Hashable, Sendable {
    /// What is subtracted.
    public var center: Double
    /// What is divided by.
    public var spread: Double
  }

  /// A network for the bodies of `data`, with the scales of their distances and accelerations.
  public init(for data: GraphSet, hidden: [Int] = [64, 64, 64], activation: Activation = .tanh) {
    features = data.features
    dimensions = data.dimensions
    bodies = data.topology.bodies
    self.hidden = hidden
    self.activation = activation
    var (least, most) = (Double.infinity, -Double.infinity)
    var squares = [Double](repeating: 0, count: data.topology.bodies)
    for graph in 0..<data.count {
      let states = data.states.base + graph * data.stateStride
      for (receiver, sender) in zip(data.topology.receivers, data.topology.senders) {
        var square = 0.0
        for axis in 0..<data.dimensions {
          let difference =
            states[Int(receiver) * data.features + axis] - states[Int(sender) * data.features + axis]
          square += Double(difference) * Double(difference)
        }
        if square > 0 { (least, most) = (min(least, log10(square) / 2), max(most, log10(square) / 2)) }
      }
      let accelerations = data.accelerations.base + graph * data.accelerationStride
      for index in 0..<data.accelerationStride {
        squares[index / data.dimensions] += Double(accelerations[index]) * Double(accelerations[index])
      }
    }
    if !(least <= most) { (least, most) = (0, 0) }
    distance = Scale(center: (least + most) / 2, spread: max((most - least) / 2, 1e-3))
    meanSquares = squares.map { max($0 / Double(data.count), 1e-30) }
    let sorted = meanSquares.sorted()
    acceleration = sorted[sorted.count / 2].squareRoot()
  }

  /// From distance, sum and difference of the logarithms of the masses to the force's logarithm and sign.
  public var forceFunction: MultilayerPerceptron {
    MultilayerPerceptron(widths: [3] + hidden + [2], activation: activation)
  }

  /// Where the coefficients are with which the perceptron's inputs enter the force's logarithm linearly.
  public var slopeRange: Range<Int> {
    let begin = forceFunction.range.upperBound
    return begin..<begin + 3
  }

  /// Where the logarithms of the masses are.
  public var massRange: Range<Int> {
    let begin = slopeRange.upperBound
    return begin..<begin + bodies
  }

  /// Names, shapes and places of all parameters.
  public var parameterBlocks: [ParameterBlock] {
    forceFunction.blocks(prefix: "force")
      + [ParameterBlock(name: "slopes", shape: [3], offset: slopeRange.lowerBound)]
      + [ParameterBlock(name: "log10_mass", shape: [bodies], offset: massRange.lowerBound)]
  }

  func initialize(_ parameters: UnsafeMutablePointer<Float>, seed: UInt64) {
    var stream = RandomStream(seed: seed, 1)
    forceFunction.initialize(parameters, stream: &stream)
    for index in slopeRange { parameters[index] = Float(0.5 * stream.normal()) }
    // Of two bodies that act on each other the one with half the acceleration has twice the mass. Among more
    // that is a first guess, and better than any that does not look at the data.
    for (index, square) in zip(massRange, meanSquares) {
      parameters[index] = Float(log10(acceleration) - log10(square) / 2 + 0.5 * stream.normal())
    }
  }

  func validate() throws(NetworkError) {
    try NetworkArchitecture.checkWidths(hidden + [features, bodies], features: features, dimensions)
    guard meanSquares.count == bodies, meanSquares.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .badSetting("each of the \(bodies) bodies needs a positive mean square of its acceleration")
    }
    guard acceleration > 0, acceleration.isFinite, distance.spread > 0, distance.spread.isFinite,
      distance.center.isFinite, massRate > 0, massRate.isFinite
    else { throw .badSetting("scales of distances and accelerations must be positive") }
  }
}
