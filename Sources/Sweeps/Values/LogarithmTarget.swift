import Expressions
import Foundation

/// The logarithm of what is to be explained as a product, with the rows' weights, and the way back.
package struct LogarithmTarget {
  /// The logarithms, padded with zeros.
  package let values: Vector
  /// The rows' weights, padded with zeros.
  package let weights: Vector
  private let isLogarithm: Bool

  /// log|y|, weighted so that each row has the influence it has on y itself, large rows no more than the
  /// median: a deviation of y by e is one of log y by e / y. Nil where the target has a zero.
  package init?(of sample: SweepSample) {
    let magnitudes = (0..<sample.rowCount).map { abs(sample.target[$0]) }
    guard magnitudes.allSatisfy({ $0 > 0 }) else { return nil }
    let median = magnitudes.sorted()[magnitudes.count / 2]
    var values = Vector(repeating: 0, count: sample.stride)
    var weights = values
    for row in 0..<sample.rowCount {
      values[row] = Foundation.log(magnitudes[row])
      let relative = min(1, magnitudes[row] / median)
      weights[row] = sample.weights[row] * relative * relative
    }
    self.values = values
    self.weights = weights
    isLogarithm = false
  }

  /// A target that is a logarithm itself.
  package init(logarithmic sample: SweepSample) {
    values = sample.target
    weights = sample.weights
    isLogarithm = true
  }

  /// The targets that the operators can write.
  package static func all(of sample: SweepSample, _ operators: OperatorSet) -> [LogarithmTarget] {
    [LogarithmTarget(of: sample), operators.contains(.log) ? LogarithmTarget(logarithmic: sample) : nil]
      .compactMap(\.self)
  }

  /// The target's expression, given the product's.
  func finish(_ product: [Node]) -> [Node] {
    isLogarithm ? ExpressionWriting.apply(.log, product) : product
  }
}
