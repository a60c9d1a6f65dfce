import Randomness

/// Moments of systems of bodies: what each body is like and how it is accelerated.
///
/// A body's features begin with its position; a velocity, charges and masses may follow. All graphs have the
/// same number of bodies and the same edges.
public struct GraphSet: Sendable {
  /// Who acts on whom.
  public let topology: GraphTopology
  /// Dimensions of space: the length of a position and of an acceleration.
  public let dimensions: Int
  /// Names of a body's features, the position's coordinates first.
  public let featureNames: [String]
  /// How many graphs there are.
  public let count: Int
  /// Features: (graphs, bodies, features).
  public let states: FloatBuffer
  /// Accelerations: (graphs, bodies, dimensions).
  public let accelerations: FloatBuffer
  /// Columns at which features begin that are vectors, beside the position: velocities, say. They turn when
  /// space is turned.
  public let vectors: [Int]

  /// A set of graphs.
  ///
  /// - Parameters:
  ///   - states: (graphs, bodies, features), row-major.
  ///   - accelerations: (graphs, bodies, dimensions); empty where they are not known.
  /// - Throws: ``NetworkError`` when the numbers do not fit, or are not finite.
  public init(
    topology: GraphTopology, dimensions: Int, featureNames: [String], vectors: [Int] = [], states: [Float],
    accelerations: [Float]
  ) throws(NetworkError) {
    let row = topology.bodies * featureNames.count
    guard dimensions > 0, featureNames.count >= dimensions, row > 0 else {
      throw .badShape(
        "a body has \(featureNames.count) features, fewer than \(max(1, dimensions)) coordinates")
    }
    guard states.count % row == 0, !states.isEmpty else {
      throw .badShape("\(states.count) numbers of states are no multiple of \(row), bodies times features")
    }
    count = states.count / row
    let wanted = count * topology.bodies * dimensions
    guard accelerations.isEmpty || accelerations.count == wanted else {
      throw .badShape("there are \(accelerations.count) numbers of accelerations, not \(wanted)")
    }
    guard vectors.allSatisfy({ $0 >= dimensions && $0 + dimensions <= featureNames.count }) else {
      throw .badShape("a vector begins at column \(vectors), outside of the \(featureNames.count) features")
    }
    for (name, values) in [("states", states), ("accelerations", accelerations)] {
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        let width = name == "states" ? row : topology.bodies * dimensions
        throw .notFiniteData(array: name, graph: index / width)
      }
    }
    self.topology = topology
    self.dimensions = dimensions
    self.featureNames = featureNames
    self.vectors = vectors
    self.states = FloatBuffer(states)
    self.accelerations = FloatBuffer(
      accelerations.isEmpty ? [Float](repeating: 0, count: wanted) : accelerations)
  }

  /// Features of a body.
  public var features: Int { featureNames.count }

  /// Columns of features, beside the position, that are positive for every body.
  public var positiveFeatures: [Int] {
    (dimensions..<features).filter { column in
      stride(from: column, to: states.count, by: features).allSatisfy { states.base[$0] > 0 }
    }
  }

  /// The median magnitude of the accelerations.
  package var typicalAcceleration: Double {
    let bodies = accelerations.count / dimensions
    // Odd, so that no body is left out.
    let step = max(1, bodies / 20_000) | 1
    let squares = stride(from: 0, to: bodies, by: step).map { body in
      (0..<dimensions).reduce(0.0) { sum, axis in
        let value = Double(accelerations.base[body * dimensions + axis])
        return sum + value * value
      }
    }
    return squares.sorted()[squares.count / 2].squareRoot()
  }

  /// Numbers of states in one graph.
  package var stateStride: Int { topology.bodies * features }
  /// Numbers of accelerations in one graph.
  package var accelerationStride: Int { topology.bodies * dimensions }

  /// A text that tells sets apart by their numbers.
  package var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for buffer in [states, accelerations] {
      for index in 0..<buffer.count {
        hash = RandomStream.mix(hash ^ UInt64(buffer.base[index].bitPattern))
      }
    }
    return "\(count) graphs \(String(hash, radix: 16))"
  }
}
