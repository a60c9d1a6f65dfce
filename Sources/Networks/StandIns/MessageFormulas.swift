/// Formulas that stand in a graph network for components of its messages.
package protocol MessageFormulas: Sendable {
  /// The components that are given, each once.
  var components: [Int] { get }
  /// The formulas' constants, as they are before training.
  var constants: [Double] { get }
  /// For each constant, whether it is trained.
  var isTrainable: [Bool] { get }
  /// Factor of the learning rate for constants.
  var constantRate: Double { get }
  /// Factor of the learning rate for the network's own parameters; 0 leaves them as they are.
  var networkRate: Double { get }
  /// Memory in which the formulas are evaluated on up to `graphs` graphs.
  func makePass(topology: GraphTopology, graphs: Int) -> any MessageFormulasPass
}

/// The memory in which formulas are evaluated and differentiated; one thread's at a time.
package protocol MessageFormulasPass: AnyObject {
  /// The given components for the edges of the first `graphs` graphs: (edges, given components), in memory of
  /// the pass.
  ///
  /// - Parameters:
  ///   - states: (graphs, bodies, features).
  ///   - constants: the constants' present values.
  func values(states: UnsafePointer<Float>, graphs: Int, constants: [Double]) -> UnsafePointer<Double>

  /// For each constant Σ slope · ∂value/∂constant, at the states and constants of the last
  /// ``values(states:graphs:constants:)``.
  ///
  /// - Parameter slopes: ∂loss/∂value, (edges, given components).
  func gradient(slopes: UnsafePointer<Double>, graphs: Int) -> [Double]
}

/// Constants as a training sees them. A parameter p, 0 at first, stands for the constant c + p·|c|, or p where c
/// is 0: one learning rate then fits large and small ones, and what was not trained keeps all of its 64 bits.
struct TrainedConstants {
  let starts: [Double]

  func values(_ parameters: UnsafePointer<Float>) -> [Double] {
    starts.indices.map { starts[$0] + Double(parameters[$0]) * unit($0) }
  }

  /// ∂constant/∂parameter.
  func unit(_ index: Int) -> Double { starts[index] == 0 ? 1 : abs(starts[index]) }
}
