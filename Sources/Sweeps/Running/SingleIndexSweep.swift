import Algebra
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
  private let families: [GroupFamily]
  private let target: LogarithmTarget

  /// Most nodes of a function of one variable, and most functions.
  private static let (mostNodes, mostFunctions) = (6, 64)
  private static let mostGroups = 700
  /// Points of the scan of a family that are refined, and results that are written, in each task.
  private static let (refined, written) = (8, 6)

  /// A sweep for a target whose logarithm is `target`.
  package init(_ factors: LogarithmLibrary, _ target: LogarithmTarget, operators: OperatorSet) {
    self.factors = factors
    self.target = target
    self.operators = operators
    sample = factors.library.sample
    writer = ProductWriter(operators)
    functions = SingleIndexSweep.functions(operators)
    // The work for a group grows with the features that are projected out beside it.
    let most = min(SingleIndexSweep.mostGroups, 7000 / (factors.features.count + 2))
    families = GroupFamily.all(factors, operators, limit: most)
  }

  /// Number of tasks that may run at the same time: one for each function.
  package var taskCount: Int { functions.count }

  /// Functions of one positive variable, powers of the function and the variable aside.
  private static func functions(_ operators: OperatorSet) -> [[Node]] {
    let values = (0..<64).map { Foundation.exp(-2.5 + 4 * Double($0) / 63) }
    let data = EvaluationData(
      features: [Column(values)], target: Column(values), weights: nil, precision: .double)
    let library = ValueLibrary(SweepSample(data, seed: 0), capacity: 8 * mostFunctions)
    library.enumerate(operators, largest: 4, limit: 4 * mostFunctions)
    addHyperbolic(operators, to: library)
    library.enumerate(operators, largest: mostNodes, limit: 8 * mostFunctions)
    let distinct = LogarithmLibrary(library, limit: mostFunctions)
    return distinct.members.map { Array(library.expression($0)) }
  }

  /// What the sweep proposes for one function.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    guard sample.rowCount > factors.features.count + 4 else { return [] }
    let curve = FunctionLogarithm(functions[task])
    var found: [(point: Point, family: GroupFamily, scan: GroupScan)] = []
    for family in families {
      guard let scan = GroupScan(family, factors, target, curve) else { continue }
      found += scan.points(refined: SingleIndexSweep.refined).map { ($0, family, scan) }
    }
    let order = found.indices.sorted { (found[$1].point.share, $0) < (found[$0].point.share, $1) }
    return order.prefix(SingleIndexSweep.written).flatMap { index -> [SweepCandidate] in
      let (point, family, scan) = found[index]
      guard let fit = scan.fit(point) else { return [] }
      return write(functions[task], point, family, fit)
    }
  }

  private func write(_ function: [Node], _ point: Point, _ family: GroupFamily, _ fit: LeastSquares.Fit)
    -> [SweepCandidate]
  {
    guard let product = writer.product(family.groups[point.group].factors), operators.contains(.multiply)
    else {
      return []
    }
    let argument = ExpressionWriting.apply(.multiply, [.constant(point.scale)], product)
    let whole = function.flatMap { $0.isFeature ? argument : [$0] }
    guard var value = Formula(whole)?.nodes else { return [] }
    if function[function.count - 1].operation == .exp {
      return writeExponential(function, product, point, family, fit)
    }
    // Broken powers and logarithms need a positive base.
    let first = Formula(unchecked: function).value([point.scale * family.groups[point.group].values[0]])
    if first < 0 { value = ExpressionWriting.negated(value, operators) ?? value }
    let exponents = ExponentChoices.variants(
      Array(fit.coefficients.dropFirst()), errors: Array(fit.errors.dropFirst()))
    return exponents.compactMap { exponents in
      var outer = zip(factors.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
      if let difference = family.difference {
        outer.append(.init(difference, exponents[exponents.count - 2]))
      }
      guard let power = exponents.last, power != 0 else { return nil }
      return writer.product(outer + [.init(value, power)]).map {
        SweepCandidate(nodes: target.finish($0), residualShare: fit.residualShare)
      }
    }
  }

  /// The same for an exponential, whose power is a factor of its argument: exp(h)^b is exp(b·h).
  private func writeExponential(
    _ function: [Node], _ product: [Node], _ point: Point, _ family: GroupFamily, _ fit: LeastSquares.Fit
  ) -> [SweepCandidate] {
    let inner = Array(function.dropLast())
    let curve = Formula(unchecked: inner)
    guard let power = fit.coefficients.last, power.isFinite, !inner.isEmpty else { return [] }
    // Where h(a·u) is a^degree·h(u), the scale is a factor of the argument, too.
    let growth = (curve.value([2]) / curve.value([1]), curve.value([4]) / curve.value([2]))
    let isHomogeneous = abs(growth.0 / growth.1 - 1) < 1e-9 && growth.0 > 0
    let argument =
      isHomogeneous ? product : ExpressionWriting.apply(.multiply, [.constant(point.scale)], product)
    let coefficient = isHomogeneous ? power * Foundation.pow(point.scale, Foundation.log2(growth.0)) : power
    let whole = inner.flatMap { $0.isFeature ? argument : [$0] }
    guard let scaled = Formula(whole)?.nodes, coefficient.isFinite else { return [] }
    let value = ExpressionWriting.apply(
      .exp, ExpressionWriting.apply(.multiply, [.constant(coefficient)], scaled))
    let exponents = ExponentChoices.variants(
      Array(fit.coefficients.dropFirst().dropLast()), errors: Array(fit.errors.dropFirst().dropLast()))
    let none = Array(repeating: 0.0, count: fit.coefficients.count - 2)
    return (exponents.isEmpty ? [none] : exponents).compactMap { exponents in
      var outer = zip(factors.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
      if let difference = family.difference, let exponent = exponents.last {
        outer.append(.init(difference, exponent))
      }
      return writer.product(outer + [.init(value, 1)]).map {
        SweepCandidate(nodes: target.finish($0), residualShare: fit.residualShare)
      }
    }
  }

  /// Adds f + 1/f and f - 1/f for each function f of the variable itself, as cosh and sinh are made of exp.
  private static func addHyperbolic(_ operators: OperatorSet, to library: ValueLibrary) {
    let writer = ProductWriter(operators)
    for operation in operators.unary where !operation.isAlgebraic {
      let function = ExpressionWriting.apply(operation, [.feature(0)])
      guard let inverse = writer.product([.init(function, -1)]) else { return }
      for sign in [1.0, -1] {
        if let sum = ExpressionWriting.sum([(1, function), (sign, inverse)], constant: 0, operators) {
          library.add(sum)
        }
      }
    }
  }

  /// A point of the scan.
  struct Point {
    /// Number of the group in its family.
    var group: Int
    /// What the group is multiplied with.
    var scale: Double
    /// Part of the squares that the features leave that the function explains.
    var share: Double
  }
}
