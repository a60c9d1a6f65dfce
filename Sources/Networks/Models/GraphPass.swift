import Randomness

/// The memory in which a network of one kind is trained or evaluated on up to a number of graphs.
///
/// Each shard of a batch has one, so that what is computed does not depend on how many threads there are.
package protocol GraphPass: AnyObject {
  /// Features of the graphs at hand: (graphs, bodies, features). To be filled in before a call.
  var states: FloatBuffer { get }
  /// Their accelerations: (graphs, bodies, dimensions).
  var targets: FloatBuffer { get }
  /// ∂loss/∂parameters of the last ``train(graphs:batch:stream:)``.
  var gradient: FloatBuffer { get }

  /// Errors of accelerations much above this one count relative to them; 0 where all count alike.
  var typicalAcceleration: Float { get set }

  /// Evaluates the first `graphs` graphs and overwrites ``gradient`` with the gradient of their part of the
  /// loss of a batch of `batch` graphs.
  ///
  /// - Parameter stream: what is random in training.
  func train(graphs: Int, batch: Int, stream: RandomStream) -> BatchLoss

  /// Accelerations of the first `graphs` graphs: (graphs, bodies, dimensions), in memory of the pass.
  func predict(graphs: Int) -> UnsafeMutablePointer<Float>
}

/// A loss, summed over graphs and not yet divided by their number.
package struct BatchLoss: Sendable {
  /// How far accelerations are off.
  package var error = 0.0
  /// The penalty on messages or energies.
  package var penalty = 0.0

  package static func += (sum: inout BatchLoss, part: BatchLoss) {
    sum.error += part.error
    sum.penalty += part.penalty
  }
}
