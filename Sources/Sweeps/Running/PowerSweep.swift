import Expressions
import Foundation

/// Tries the target as a product of powers of the features and of up to two expressions of the library; or,
/// where it is a logarithm, as the logarithm of one.
package struct PowerSweep {
  private let logarithms: LogarithmLibrary
  private let writer: ProductWriter
  private let operators: OperatorSet
  private let sample: SweepSample

  /// A sweep over the factors of `logarithms`, written in `operators`.
  package init(_ logarithms: LogarithmLibrary, operators: OperatorSet) {
    self.logarithms = logarithms
    self.operators = operators
    writer = ProductWriter(operators)
    sample = logarithms.library.sample
  }

  /// Expressions that may explain the target up to a factor (and a term).
  package func candidates() -> [SweepCandidate] {
    var found: [SweepCandidate] = []
    if let (target, weights) = productTarget() {
      found += candidates(target, weights) { $0 }
    }
    if operators.contains(.log) {
      found += candidates(sample.target, sample.weights) {
        $0 + [.operation(.log, argumentLength: $0.count)]
      }
    }
    return found
  }

  /// log|y| and weights that give each row the influence it has on y itself, but large rows no more than the
  /// median: a deviation of y by e is one of log y by e / y.
  private func productTarget() -> (Vector, Vector)? {
    let magnitudes = (0..<sample.rowCount).map { abs(sample.target[$0]) }
    guard magnitudes.allSatisfy({ $0 > 0 }) else { return nil }
    let median = magnitudes.sorted()[magnitudes.count / 2]
    var target = Vector(repeating: 0, count: sample.stride)
    var weights = target
    for row in 0..<sample.rowCount {
      target[row] = Foundation.log(magnitudes[row])
      weights[row] = sample.weights[row] * min(1, (magnitudes[row] / median) * (magnitudes[row] / median))
    }
    return (target, weights)
  }

  private func candidates(_ target: Vector, _ weights: Vector, _ finish: ([Node]) -> [Node])
    -> [SweepCandidate]
  {
    let fit = PowerFit(logarithms: logarithms)
    let solutions = fit.solve(target, weights: weights, singles: 24, pairs: 64, pairLimit: 2000)
    return solutions.flatMap { solution in
      let exponents = ExponentChoices.variants(solution.exponents, errors: solution.errors)
      return exponents.compactMap { exponents in
        writer.product(factors(solution, exponents)).map { product in
          SweepCandidate(nodes: finish(product), residualShare: solution.residualShare)
        }
      }
    }
  }

  private func factors(_ solution: PowerFit.Solution, _ exponents: [Double]) -> [ProductWriter.Factor] {
    let library = logarithms.library
    let features = logarithms.features
    let bases =
      features.map { [Node.feature($0)] }
      + solution.factors.map { Array(library.expression(logarithms.members[$0])) }
    let values =
      features.map { sample.features[$0] }
      + solution.factors.map { Vector(library.row(logarithms.members[$0])) }
    return zip(zip(bases, values), exponents).map { base, exponent in
      ProductWriter.Factor(positive(base.0, base.1, for: exponent), exponent)
    }
  }

  /// The base of a broken power must not be negative: one that is negative everywhere is turned round.
  private func positive(_ base: [Node], _ values: Vector, for exponent: Double) -> [Node] {
    guard exponent != exponent.rounded(), values.prefix(sample.rowCount).allSatisfy({ $0 < 0 }) else {
      return base
    }
    return ExpressionWriting.negated(base, operators)
  }
}

/// An expression that a sweep proposes.
package struct SweepCandidate {
  /// The expression, constants included; a factor and a term around it are still free.
  package var nodes: [Node]
  /// Part of the squares that the sweep's linear fit leaves, in the space it was fitted in.
  package var residualShare: Double
}
