import Networks

/// How far accelerations are off: the mean of |a − â| over bodies.
public struct AccelerationError: Codable, Hashable, Sendable {
  /// Over all bodies.
  public let mean: Double
  /// Over the 99 % of the bodies that are predicted best: close encounters carry most of the mean of singular
  /// forces.
  public let trimmed: Double
  /// The median.
  public let median: Double

  /// - Parameters:
  ///   - predicted: (bodies, dimensions).
  ///   - wanted: as many.
  public init(_ predicted: [Double], wanted: [Double], dimensions: Int) {
    precondition(predicted.count == wanted.count && dimensions > 0)
    let errors = stride(from: 0, to: predicted.count - dimensions + 1, by: dimensions).map { start in
      (start..<start + dimensions).reduce(0) { sum, index in
        let difference = predicted[index] - wanted[index]
        return sum + difference * difference
      }.squareRoot()
    }.sorted()
    let kept = errors.prefix(errors.count * 99 / 100)
    mean = errors.isEmpty ? 0 : errors.reduce(0, +) / Double(errors.count)
    trimmed = kept.isEmpty ? mean : kept.reduce(0, +) / Double(kept.count)
    median = errors.isEmpty ? 0 : errors[errors.count / 2]
  }

  /// Of a network, by the accelerations of a set.
  ///
  /// - Throws: ``NetworkError`` when the network was made for other bodies.
  public init(of network: Network, on set: GraphSet) throws(NetworkError) {
    self.init(
      try network.accelerations(set).map(Double.init), wanted: set.accelerations.values.map(Double.init),
      dimensions: set.dimensions)
  }

  /// Of a simulator, by the accelerations of a set.
  ///
  /// - Throws: ``SymbolicModelError`` when the simulator was made for other bodies.
  public init(of simulator: SymbolicSimulator, on set: GraphSet) throws(SymbolicModelError) {
    self.init(
      try simulator.accelerations(set), wanted: set.accelerations.values.map(Double.init),
      dimensions: set.dimensions)
  }
}
