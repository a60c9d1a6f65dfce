import Foundation
import Randomness

/// Moves and turns graphs, so that a network learns that neither matters.
struct Augmentation {
  private let dimensions: Int
  private let vectors: [Int]
  private var shift: [Float]
  private let rotates: Bool

  /// What happens to the batch of step `step`: one translation, the same for all its graphs.
  init(_ options: TrainingOptions, set: GraphSet, step: Int) {
    dimensions = set.dimensions
    vectors = set.vectors
    rotates = options.rotates && (set.dimensions == 2 || set.dimensions == 3)
    var stream = RandomStream(seed: options.seed, 3, UInt64(step))
    shift = (0..<set.dimensions).map { _ in Float(options.translation * stream.normal()) }
    if options.translation == 0 { shift = [] }
  }

  /// Changes one graph in place.
  ///
  /// - Parameter stream: the graph's own.
  func apply(
    states: UnsafeMutablePointer<Float>, accelerations: UnsafeMutablePointer<Float>, bodies: Int,
    features: Int, stream: @autoclosure () -> RandomStream
  ) {
    if rotates {
      var stream = stream()
      let rotation = Augmentation.rotation(dimensions: dimensions, stream: &stream)
      for body in 0..<bodies {
        let row = states + body * features
        turn(row, rotation)
        for vector in vectors { turn(row + vector, rotation) }
        turn(accelerations + body * dimensions, rotation)
      }
    }
    if !shift.isEmpty {
      for body in 0..<bodies {
        for axis in 0..<dimensions { states[body * features + axis] += shift[axis] }
      }
    }
  }

  private func turn(_ vector: UnsafeMutablePointer<Float>, _ rotation: [Float]) {
    let x = vector[0]
    let y = vector[1]
    let z = dimensions == 3 ? vector[2] : 0
    for axis in 0..<dimensions {
      let row = axis * dimensions
      vector[axis] = rotation[row] * x + rotation[row + 1] * y + (dimensions == 3 ? rotation[row + 2] * z : 0)
    }
  }

  /// A rotation, uniform among all, as a row-major matrix: in space from a random unit quaternion (Shoemake
  /// 1992).
  static func rotation(dimensions: Int, stream: inout RandomStream) -> [Float] {
    if dimensions == 2 {
      let angle = stream.uniform(0, 2 * .pi)
      return [cos(angle), -sin(angle), sin(angle), cos(angle)].map { Float($0) }
    }
    var q = (0..<4).map { _ in stream.normal() }
    let length = q.reduce(0) { $0 + $1 * $1 }.squareRoot()
    q = q.map { $0 / length }
    let (w, x, y, z) = (q[0], q[1], q[2], q[3])
    return [
      1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
      2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
      2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    ].map { Float($0) }
  }
}
