import CVectorKernels
import Expressions
import Foundation

/// Products of powers: log t = c + Σ pᵢ log|xᵢ| + a log|f| + b log|g|, linear in the exponents, with f and g
/// from a library.
///
/// All pairs of factors are tried at once, from the inner products of what the features' logarithms leave of
/// theirs.
struct PowerFit {
  /// Exponents that explain a target.
  struct Solution {
    /// Numbers of the factors in the logarithm library; at most two.
    var factors: [Int]
    /// Logarithm of the coefficient.
    var level: Double
    /// Exponents of the features of the logarithm library, of the extra factor where there is one, then of
    /// the factors.
    var exponents: [Double]
    /// Their standard errors.
    var errors: [Double]
    /// Part of the target's squares that is left.
    var residualShare: Double
  }

  let logarithms: LogarithmLibrary
  /// The logarithm of one more factor that every product has.
  var extra: Vector?

  /// The best few solutions with no, one and two factors.
  ///
  /// - Parameters:
  ///   - target: logarithms of what is to be a product, padded.
  ///   - weights: the rows' weights; 0 in the padding.
  ///   - singles: how many solutions with one factor to return.
  ///   - pairs: how many with two.
  ///   - pairLimit: how many of the first factors are tried in pairs.
  func solve(_ target: Vector, weights: Vector, singles: Int, pairs: Int, pairLimit: Int) -> [Solution] {
    var span = LeastSquares(weights: weights)
    let rows = weights.count { $0 > 0 }
    guard rows > logarithms.features.count + 2, span.add(weights.map { $0 > 0 ? 1 : 0 }) else { return [] }
    for column in logarithms.featureLogarithms {
      guard span.add(column) else { return [] }
    }
    if let extra, !span.add(extra) { return [] }
    var solutions = [solution(span, [], target, rows)]
    let rest = span.residual(target)
    let left = LeastSquares.product(rest, rest, weights)
    guard left > 1e-26 * LeastSquares.product(target, target, weights), singles + pairs > 0 else {
      return solutions
    }
    let scores = projections(span, rest, left, weights)
    let best = scores.indices.sorted { (scores[$1].share, $0) < (scores[$0].share, $1) }
    for number in best.prefix(singles) where scores[number].share > 0 {
      var wider = span
      if wider.add(logarithms.logarithms(number)) {
        solutions.append(solution(wider, [number], target, rows))
      }
    }
    guard pairs > 0 else { return solutions }
    for pair in bestPairs(span, scores, rest, left, weights, pairs, pairLimit) {
      var wider = span
      if wider.add(logarithms.logarithms(pair.0)), wider.add(logarithms.logarithms(pair.1)) {
        solutions.append(solution(wider, [pair.0, pair.1], target, rows))
      }
    }
    return solutions
  }

  private func solution(_ span: LeastSquares, _ factors: [Int], _ target: Vector, _ rows: Int) -> Solution {
    let fit = span.fit(target, rows: rows)
    return Solution(
      factors: factors, level: fit.coefficients[0], exponents: Array(fit.coefficients.dropFirst()),
      errors: Array(fit.errors.dropFirst()),
      residualShare: fit.residualShare)
  }

  private struct Projection {
    /// Parts along the basis.
    var parts: [Double]
    /// Norm of what is left of the factor's logarithm beside the features'.
    var norm: Double
    /// Part of the target's rest that the factor explains.
    var share: Double
  }

  private func projections(_ span: LeastSquares, _ rest: Vector, _ left: Double, _ weights: Vector)
    -> [Projection]
  {
    let count = logarithms.members.count
    let width = span.basis.count + 1
    var vectors = span.weighted.flatMap(\.self)
    vectors += zip(rest, weights).map { $0 * $1 }
    var sums = Vector(repeating: 0, count: max(1, count * (width + 1)))
    vk_library_sums(logarithms.values, logarithms.stride, count, weights, vectors, width, &sums)
    return (0..<count).map { number in
      let start = number * (width + 1)
      let parts = Array(sums[(start + 1)..<(start + width)])
      let squares = sums[start] - parts.reduce(0) { $0 + $1 * $1 }
      guard squares > 1e-9 * sums[start], squares > 0 else {
        return Projection(parts: parts, norm: 0, share: 0)
      }
      let product = sums[start + width]
      return Projection(parts: parts, norm: squares.squareRoot(), share: product * product / squares / left)
    }
  }

  private func bestPairs(
    _ span: LeastSquares, _ scores: [Projection], _ rest: Vector, _ left: Double, _ weights: Vector,
    _ wanted: Int, _ limit: Int
  ) -> [(Int, Int)] {
    let stride = logarithms.stride
    let numbers = scores.indices.filter { scores[$0].norm > 0 }.prefix(limit)
    guard numbers.count > 1 else { return [] }
    let roots = weights.map { $0.squareRoot() }
    var unit = Vector(repeating: 0, count: numbers.count * stride)
    var products = Vector(repeating: 0, count: vk_pair_padding(numbers.count))
    for (place, number) in numbers.enumerated() {
      let source = logarithms.values + number * stride
      let score = scores[number]
      unit.withUnsafeMutableBufferPointer { unit in
        let row = unit.baseAddress! + place * stride
        for index in 0..<stride { row[index] = source[index] }
        for (part, basis) in zip(score.parts, span.basis) {
          for index in 0..<stride { row[index] -= part * basis[index] }
        }
        for index in 0..<stride { row[index] *= roots[index] / score.norm }
        var product = 0.0
        for index in 0..<stride { product += row[index] * rest[index] * roots[index] }
        products[place] = product / left.squareRoot()
      }
    }
    var best = Array(repeating: vk_pair(first: -1, second: -1, share: 0), count: wanted)
    var scratch = Vector(repeating: 0, count: 4 * vk_pair_padding(numbers.count))
    vk_pair_search(
      unit, stride, numbers.count, products, 1, 0, numbers.count, 1e-6, wanted, &best, &scratch)
    return best.filter { $0.first >= 0 }.map { (numbers[Int($0.first)], numbers[Int($0.second)]) }
  }
}
