import CVectorKernels
import Foundation

/// Looks for the group and the scale at which one function of one variable, times powers of the features,
/// explains a target best.
struct GroupScan {
  private let family: GroupFamily
  private let target: LogarithmTarget
  private let curve: FunctionLogarithm
  private let rows: Int
  private let span: LeastSquares
  /// The weighted basis, then the weighted rest of the target, one after another.
  private let vectors: [Double]
  private let left: Double

  /// Scales that are scanned: the variable's median goes from e⁻⁴ to e³.
  private static let scales = stride(from: -4.0, through: 3.0, by: 0.5).map { Foundation.exp($0) }
  /// Least share of the rest that is worth refining.
  private static let leastShare = 0.1

  /// A scan; nil where powers of the features leave nothing to explain or are not independent.
  init?(
    _ family: GroupFamily, _ factors: LogarithmLibrary, _ target: LogarithmTarget, _ curve: FunctionLogarithm
  ) {
    var span = LeastSquares(weights: target.weights)
    guard span.add(target.weights.map { $0 > 0 ? 1 : 0 }) else { return nil }
    for column in factors.featureLogarithms {
      guard span.add(column) else { return nil }
    }
    if let logarithm = family.logarithm, !span.add(logarithm) { return nil }
    let rest = span.residual(target.values)
    left = LeastSquares.product(rest, rest, target.weights)
    guard left > 1e-20 * LeastSquares.product(target.values, target.values, target.weights) else {
      return nil
    }
    vectors = span.weighted.flatMap(\.self) + zip(rest, target.weights).map { $0 * $1 }
    self.span = span
    self.family = family
    self.target = target
    self.curve = curve
    rows = factors.library.sample.rowCount
  }

  /// The best points, each group's scale refined.
  func points(refined: Int) -> [SingleIndexSweep.Point] {
    var column = Vector(repeating: 0, count: target.values.count)
    var points: [SingleIndexSweep.Point] = []
    for (number, group) in family.groups.enumerated() {
      var best = SingleIndexSweep.Point(group: number, scale: 0, share: 0)
      for value in GroupScan.scales {
        let explained = share(group.values, value / group.middle, &column)
        if explained > best.share {
          best.scale = value / group.middle
          best.share = explained
        }
      }
      if best.share > GroupScan.leastShare { points.append(best) }
    }
    points.sort { ($1.share, $0.group) < ($0.share, $1.group) }
    return points.prefix(refined).map { start in
      var point = start
      let values = family.groups[point.group].values
      var step = 0.25
      while step > 1e-3 {
        let trials = [step, -step].map { point.scale * Foundation.exp($0) }
        let shares = trials.map { share(values, $0, &column) }
        if let better = shares.indices.first(where: { shares[$0] > point.share }) {
          point.scale = trials[better]
          point.share = shares[better]
        } else {
          step /= 2
        }
      }
      return point
    }
  }

  /// The exponents at a point: of the features, the difference where there is one, the function.
  func fit(_ point: SingleIndexSweep.Point) -> LeastSquares.Fit? {
    var column = Vector(repeating: 0, count: target.values.count)
    curve.evaluate(family.groups[point.group].values, scale: point.scale, rows: rows, into: &column)
    var wider = span
    return wider.add(column) ? wider.fit(target.values, rows: rows) : nil
  }

  /// Part of the rest that log|F(scale · variable)| explains.
  private func share(_ variable: Vector, _ scale: Double, _ column: inout Vector) -> Double {
    curve.evaluate(variable, scale: scale, rows: rows, into: &column)
    let width = span.basis.count + 1
    var sums = Vector(repeating: 0, count: width + 1)
    vk_library_sums(column, column.count, 1, target.weights, vectors, width, &sums)
    var squares = sums[0]
    for index in 1..<width { squares -= sums[index] * sums[index] }
    guard squares > 1e-9 * sums[0] else { return 0 }
    let share = sums[width] * sums[width] / squares / left
    return share.isFinite ? share : 0
  }
}
