import Expressions
import Foundation

/// Tries functions of the target as a constant plus a product of powers of the features,
/// g(y) = c + A·Πxᵢ^pᵢ: for each c the exponents follow by regression of log|g(y) - c| on logarithms, and c
/// is scanned on both sides of the values that g(y) takes.
package struct OffsetSweep {
  private let factors: LogarithmLibrary
  private let sample: SweepSample
  private let operators: OperatorSet
  private let writer: ProductWriter
  private let targets: [TargetTransform]

  /// Distances of c from the values, in units of their range, that are scanned; the best is refined.
  private static let distances = (0...22).map { 1e-9 * Foundation.pow(10, 0.5 * Double($0)) }
  private static let refinements = 40
  /// Greatest share of the squares that is left by what is worth writing.
  private static let mostLeft = 0.5

  /// A sweep over powers of the features of `factors`, written in `operators`.
  package init(_ factors: LogarithmLibrary, operators: OperatorSet) {
    self.factors = factors
    self.operators = operators
    sample = factors.library.sample
    writer = ProductWriter(operators)
    let hasRows = sample.rowCount > factors.features.count + 4 && !factors.features.isEmpty
    targets = hasRows ? TargetTransform.base(sample, operators) : []
  }

  /// Number of tasks that may run at the same time: one for each function of the target and each side.
  package var taskCount: Int { 2 * targets.count }

  /// What the sweep proposes for one function of the target and c on one side of its values.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    let target = targets[task / 2]
    let isBelow = task.isMultiple(of: 2)
    let values = target.values.prefix(sample.rowCount)
    guard let least = values.min(), let most = values.max(), most > least, (most - least).isFinite else {
      return []
    }
    func regression(_ logarithm: Double) -> Regression? {
      let distance = Foundation.exp(logarithm) * (most - least)
      return Regression(target, offset: isBelow ? least - distance : most + distance, factors)
    }
    let scanned = OffsetSweep.distances.map { regression(Foundation.log($0))?.share ?? 1 }
    let best = scanned.indices.min { scanned[$0] < scanned[$1] } ?? 0
    guard scanned[best] < OffsetSweep.mostLeft else { return [] }
    let step = Foundation.log(OffsetSweep.distances[1] / OffsetSweep.distances[0])
    let middle = Foundation.log(OffsetSweep.distances[best])
    let refined = GoldenSection.minimum(
      middle - step, middle + step, refinements: OffsetSweep.refinements
    ) { regression($0)?.share ?? 1 }.point
    guard let regression = regression(refined) else { return [] }
    return ExponentChoices.variants(regression.exponents, errors: regression.errors).flatMap {
      write(target, exponents: $0)
    }
  }

  /// The target's expression with the coefficients that fit it best beside these exponents.
  private func write(_ target: TargetTransform, exponents: [Double]) -> [SweepCandidate] {
    let powers = zip(factors.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
    guard let product = writer.product(powers) else { return [] }
    var column = Vector(repeating: 0, count: sample.stride)
    for row in 0..<sample.rowCount {
      column[row] = zip(factors.features, exponents).reduce(1) {
        $0 * ($1.1 == 0 ? 1 : Foundation.pow(sample.features[$1.0][row], $1.1))
      }
    }
    var span = LeastSquares(weights: target.weights)
    guard column.allSatisfy(\.isFinite), span.add(sample.ones), span.add(column) else { return [] }
    let fit = span.fit(target.values, rows: sample.rowCount)
    let share = fit.residual / sample.targetSquares
    return LinearCoefficients.variants(fit, isScaleFree: target.isScaleFree).compactMap { coefficients in
      let sum = ExpressionWriting.sum(
        [(coefficients[1], product)], constant: coefficients[0], operators)
      return sum.flatMap { target.expression($0, writer, operators) }.map {
        SweepCandidate(nodes: $0, residualShare: share)
      }
    }
  }

  /// The regression of log|g(y) - c| for one c.
  private struct Regression {
    var exponents: [Double]
    var errors: [Double]
    /// Part that is left of the squares of g(y).
    var share: Double

    init?(_ target: TargetTransform, offset: Double, _ factors: LogarithmLibrary) {
      let rows = factors.library.sample.rowCount
      var values = Vector(repeating: 0, count: target.values.count)
      var weights = values
      var differences = (0..<rows).map { abs(target.values[$0] - offset) }
      for row in 0..<rows {
        values[row] = Foundation.log(differences[row])
        guard values[row].isFinite else { return nil }
      }
      let magnitudes = differences
      differences.sort()
      let median = differences[rows / 2]
      // A deviation of g(y) by e is one of the logarithm by e / |g(y) - c|; large rows count no more than the
      // median, or they alone would decide.
      for row in 0..<rows {
        let relative = min(1, magnitudes[row] / median)
        weights[row] = target.weights[row] * relative * relative
      }
      var span = LeastSquares(weights: weights)
      guard span.add(factors.library.sample.ones) else { return nil }
      let centred = span.residual(values)
      let before = LeastSquares.product(centred, centred, weights)
      for column in factors.featureLogarithms {
        guard span.add(column) else { return nil }
      }
      let fit = span.fit(values, rows: rows)
      exponents = Array(fit.coefficients.dropFirst())
      errors = Array(fit.errors.dropFirst())
      share = before > 0 ? fit.residual / before : 1
    }
  }
}
