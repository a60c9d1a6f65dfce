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

  /// Expressions that may explain a target up to a factor (and a term).
  package func candidates(_ target: LogarithmTarget) -> [SweepCandidate] {
    let fit = PowerFit(logarithms: logarithms)
    let solutions = fit.solve(target.values, weights: target.weights, singles: 24, pairs: 64, pairLimit: 2000)
    return solutions.flatMap { solution in
      let exponents = ExponentChoices.variants(solution.exponents, errors: solution.errors)
      return exponents.compactMap { exponents in
        writer.product(factors(solution, exponents)).map { product in
          SweepCandidate(nodes: target.finish(product), residualShare: solution.residualShare)
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

  /// A base that is negative everywhere is turned round: broken powers and logarithms need positive ones.
  private func positive(_ base: [Node], _ values: Vector, for exponent: Double) -> [Node] {
    let isDifference = base[base.count - 1].operation == .subtract
    guard isDifference || exponent != exponent.rounded(),
      values.prefix(sample.rowCount).allSatisfy({ $0 < 0 })
    else { return base }
    return ExpressionWriting.negated(base, operators) ?? base
  }
}

/// An expression that a sweep proposes.
package struct SweepCandidate {
  /// The expression, constants included; a factor and a term around it are still free.
  package var nodes: [Node]
  /// Part of the squares that the sweep's linear fit leaves, in the space it was fitted in.
  package var residualShare: Double
}
