import CVectorKernels
import Evaluation
import Expressions
import Foundation
import Tables

/// Tries the target as a product of powers times a function of another product of powers,
/// y = c·Πxᵢ^pᵢ·F(a·Πxᵢ^qᵢ)^b: what dimensional analysis says of laws with one dimensionless group (Buckingham
/// 1914), without the dimensions.
///
/// The inner exponents are -1, 0 or 1 and `a` is scanned; the outer exponents and b follow by regression of
/// log|y| on logarithms.
package struct SingleIndexSweep {
  private let factors: LogarithmLibrary
  private let sample: SweepSample
  private let operators: OperatorSet
  private let writer: ProductWriter
  /// Functions of one variable, which is feature 0.
  private let functions: [[Node]]
  private let groups: [[Double]]
  private let target: LogarithmTarget

  /// Most nodes of a function of one variable, and most functions.
  private static let (mostNodes, mostFunctions) = (6, 64)
  private static let mostGroups = 700
  /// Values of `a` that are scanned: the variable's median goes from e⁻⁴ to e³.
  private static let scan = stride(from: -4.0, through: 3.0, by: 0.5).map { Foundation.exp($0) }
  /// Points of the scan that are refined, and results that are written, in each task.
  private static let (refined, written) = (12, 6)

  /// A sweep for a target whose logarithm is `target`.
  package init(_ factors: LogarithmLibrary, _ target: LogarithmTarget, operators: OperatorSet) {
    self.factors = factors
    self.target = target
    self.operators = operators
    sample = factors.library.sample
    writer = ProductWriter(operators)
    functions = SingleIndexSweep.functions(operators)
    groups = Monomials.exponents(features: factors.features.count, limit: SingleIndexSweep.mostGroups)
  }

  /// Number of tasks that may run at the same time: one for each function.
  package var taskCount: Int { functions.count }

  /// Functions of one positive variable, powers of the function and the variable aside.
  private static func functions(_ operators: OperatorSet) -> [[Node]] {
    let values = (0..<64).map { Foundation.exp(-2.5 + 4 * Double($0) / 63) }
    let data = EvaluationData(
      features: [Column(values)], target: Column(values), weights: nil, precision: .double)
    let library = ValueLibrary(SweepSample(data, seed: 0), capacity: 8 * mostFunctions)
    library.enumerate(operators, largest: mostNodes, limit: 8 * mostFunctions)
    let distinct = LogarithmLibrary(library, limit: mostFunctions)
    return distinct.members.map { Array(library.expression($0)) }
  }

  /// A point of the scan.
  private struct Point {
    var group: Int
    var scale: Double
    var share: Double
  }

  /// What the sweep proposes for one function.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    guard sample.rowCount > factors.features.count + 4 else { return [] }
    var span = LeastSquares(weights: target.weights)
    guard span.add(target.weights.map { $0 > 0 ? 1 : 0 }) else { return [] }
    for column in factors.featureLogarithms where !span.add(column) { return [] }
    let rest = span.residual(target.values)
    let left = LeastSquares.product(rest, rest, target.weights)
    guard left > 1e-20 * LeastSquares.product(target.values, target.values, target.weights) else { return [] }
    var vectors = span.weighted.flatMap(\.self)
    vectors += zip(rest, target.weights).map { $0 * $1 }
    let curve = FunctionLogarithm(functions[task])
    var column = Vector(repeating: 0, count: sample.stride)
    var variable = column

    /// Part of what the features leave that log|F(scale · variable)| explains.
    func share(_ variable: Vector, _ scale: Double) -> Double {
      curve.evaluate(variable, scale: scale, rows: sample.rowCount, into: &column)
      var sums = Vector(repeating: 0, count: span.basis.count + 2)
      vk_library_sums(column, sample.stride, 1, target.weights, vectors, span.basis.count + 1, &sums)
      var squares = sums[0]
      for index in 0..<span.basis.count { squares -= sums[1 + index] * sums[1 + index] }
      guard squares > 1e-9 * sums[0] else { return 0 }
      let product = sums[span.basis.count + 1]
      let share = product * product / squares / left
      return share.isFinite ? share : 0
    }

    var points: [Point] = []
    for group in groups.indices {
      let middle = self.variable(groups[group], into: &variable)
      var best = Point(group: group, scale: 0, share: 0)
      for value in SingleIndexSweep.scan {
        let explained = share(variable, value / middle)
        if explained > best.share { best = Point(group: group, scale: value / middle, share: explained) }
      }
      if best.share > 0.1 { points.append(best) }
    }
    points.sort { ($1.share, $0.group) < ($0.share, $1.group) }
    points = Array(points.prefix(SingleIndexSweep.refined))
    for index in points.indices {
      _ = self.variable(groups[points[index].group], into: &variable)
      var step = 0.25
      while step > 1e-3 {
        let trials = [points[index].scale * Foundation.exp(step), points[index].scale * Foundation.exp(-step)]
        let shares = trials.map { share(variable, $0) }
        if let better = shares.indices.first(where: { shares[$0] > points[index].share }) {
          points[index].scale = trials[better]
          points[index].share = shares[better]
        } else {
          step /= 2
        }
      }
    }
    points.sort { ($1.share, $0.group) < ($0.share, $1.group) }
    return points.prefix(SingleIndexSweep.written).flatMap { point -> [SweepCandidate] in
      _ = self.variable(groups[point.group], into: &variable)
      curve.evaluate(variable, scale: point.scale, rows: sample.rowCount, into: &column)
      var wider = span
      guard wider.add(column) else { return [] }
      return write(functions[task], point, wider.fit(target.values, rows: sample.rowCount))
    }
  }

  /// The product of powers on every row; returns its median.
  private func variable(_ exponents: [Double], into result: inout Vector) -> Double {
    for row in 0..<sample.rowCount {
      var sum = 0.0
      for (index, exponent) in exponents.enumerated() where exponent != 0 {
        sum += exponent * factors.featureLogarithms[index][row]
      }
      result[row] = Foundation.exp(sum)
    }
    return result.prefix(sample.rowCount).sorted()[sample.rowCount / 2]
  }

  private func write(_ function: [Node], _ point: Point, _ fit: LeastSquares.Fit) -> [SweepCandidate] {
    let inner = zip(factors.features, groups[point.group]).map { ProductWriter.Factor([.feature($0)], $1) }
    guard let product = writer.product(inner), operators.contains(.multiply) else { return [] }
    let argument = ExpressionWriting.apply(.multiply, [.constant(point.scale)], product)
    let whole = function.flatMap { $0.isFeature ? argument : [$0] }
    guard let value = Formula(whole)?.nodes else { return [] }
    let exponents = ExponentChoices.variants(
      Array(fit.coefficients.dropFirst()), errors: Array(fit.errors.dropFirst()))
    return exponents.compactMap { exponents in
      let outer = zip(factors.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
      guard let power = exponents.last, power != 0 else { return nil }
      return writer.product(outer + [.init(value, power)]).map {
        SweepCandidate(nodes: target.finish($0), residualShare: fit.residualShare)
      }
    }
  }
}
