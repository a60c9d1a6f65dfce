import CVectorKernels
import Evaluation
import Expressions
import Foundation

/// Replaces one subtree at a time by what the data want in its place: a library expression with a factor and
/// a term, a product of powers, or one of these beside the subtree that is there.
package struct Backsolver {
  private let terms: LinearLibrary
  private let logarithms: LogarithmLibrary
  private let operators: OperatorSet
  private let writer: ProductWriter
  private let sample: SweepSample
  private let maximumSize: Int

  /// Proposals of each kind for each subtree.
  private static let kept = 3
  /// Library expressions that are looked through.
  private static let mostTerms = 2000

  /// A solver over the terms and the factors of a library.
  package init(
    _ terms: LinearLibrary, _ logarithms: LogarithmLibrary, operators: OperatorSet, maximumSize: Int
  ) {
    self.terms = terms
    self.logarithms = logarithms
    self.operators = operators
    self.maximumSize = maximumSize
    writer = ProductWriter(operators)
    sample = terms.library.sample
  }

  /// Expressions like `nodes` but for one subtree.
  package func candidates(_ nodes: [Node], with evaluator: Evaluator) -> [SweepCandidate] {
    guard let values = WantedValues(nodes, sample: sample, evaluator: evaluator) else { return [] }
    var found: [SweepCandidate] = []
    for position in nodes.indices.dropLast() {
      guard let wanted = values.wanted[position] else { continue }
      let length = Int(nodes[position].length)
      let room = maximumSize - nodes.count + length
      guard room >= 1 else { continue }
      let start = position + 1 - length
      let present = Array(nodes[start...position])
      let isConstant = !present.contains { $0.isFeature }
      let weights = values.weights[position]
      var replacements = sums(wanted, weights, beside: nil, nil)
      replacements += products(wanted, weights, beside: nil, nil)
      if !isConstant {
        replacements += sums(wanted, weights, beside: values.own[position], present)
        replacements += products(wanted, weights, beside: values.own[position], present)
        let rest = zip(wanted, values.own[position]).map { $0 - $1 }
        replacements += products(rest, weights, beside: nil, nil).compactMap { product in
          ExpressionWriting.sum(
            [(1, present), (1, product)], constant: 0, operators)
        }
      }
      for replacement in replacements where replacement.count <= room + 6 {
        let spliced = Array(nodes[..<start]) + replacement + Array(nodes[(position + 1)...])
        if let formula = Formula(spliced) {
          found.append(SweepCandidate(nodes: formula.nodes, residualShare: 0))
        }
      }
    }
    return found
  }

  /// a·f + b, or a·f + d·(what is there) + b.
  private func sums(_ wanted: Vector, _ weights: Vector, beside own: Vector?, _ present: [Node]?) -> [[Node]]
  {
    var span = LeastSquares(weights: weights)
    guard span.add(weights.map { $0 > 0 ? 1 : 0 }) else { return [] }
    if let own, !span.add(own) { return [] }
    let rest = span.residual(wanted)
    let count = min(Backsolver.mostTerms, terms.count)
    let width = span.basis.count + 1
    var vectors = span.weighted.flatMap(\.self)
    vectors += zip(rest, weights).map { $0 * $1 }
    var sums = Vector(repeating: 0, count: max(1, count * (width + 1)))
    vk_library_sums(terms.values, sample.stride, count, weights, vectors, width, &sums)
    return Backsolver.best(count) { term in
      let start = term * (width + 1)
      var squares = sums[start]
      for index in 1..<width { squares -= sums[start + index] * sums[start + index] }
      guard squares > 1e-7 * sums[start] else { return 0 }
      return sums[start + width] * sums[start + width] / squares
    }.flatMap { term -> [[Node]] in
      let index = terms.members[term]
      var wider = span
      guard wider.add(Vector(terms.library.row(index))) else { return [] }
      let fit = wider.fit(wanted, rows: sample.rowCount)
      let expression = Array(terms.library.expression(index))
      return LinearCoefficients.variants(fit, isScaleFree: false).prefix(2).compactMap { coefficients in
        var parts = [(coefficient: coefficients[coefficients.count - 1], expression: expression)]
        if let present { parts.append((coefficients[1], present)) }
        return ExpressionWriting.sum(parts, constant: coefficients[0], operators)
      }
    }
  }

  /// c·Πxᵢ^pᵢ·f^a, or that times a power of what is there.
  private func products(
    _ wanted: Vector, _ weights: Vector, beside own: Vector?, _ present: [Node]?
  ) -> [[Node]] {
    var target = Vector(repeating: 0, count: sample.stride)
    var importance = target
    var negative = 0
    var missing = 0
    for row in 0..<sample.rowCount where weights[row] > 0 {
      let size = abs(wanted[row])
      guard size > 1e-150, own.map({ $0[row] != 0 }) ?? true else {
        missing += 1
        continue
      }
      if wanted[row] < 0 { negative += 1 }
      target[row] = Foundation.log(size)
      importance[row] = weights[row] * wanted[row] * wanted[row]
    }
    guard missing * 10 < sample.rowCount else { return [] }
    let largest = importance.max() ?? 0
    guard largest > 0, largest.isFinite else { return [] }
    importance = importance.map { $0 / largest }
    let factor = own.map { own in own.map { $0 == 0 ? 0 : Foundation.log(abs($0)) } }
    let fit = PowerFit(logarithms: logarithms, extra: factor)
    let solutions = fit.solve(target, weights: importance, singles: Backsolver.kept, pairs: 0, pairLimit: 0)
    let sign = 2 * negative > sample.rowCount ? -1.0 : 1
    return solutions.flatMap { solution -> [[Node]] in
      ExponentChoices.variants(solution.exponents, errors: solution.errors).prefix(2).compactMap {
        exponents in
        var factors = zip(logarithms.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
        var next = logarithms.features.count
        if let present {
          factors.append(.init(present, exponents[next]))
          next += 1
        }
        for (factor, exponent) in zip(solution.factors, exponents[next...]) {
          factors.append(.init(Array(logarithms.library.expression(logarithms.members[factor])), exponent))
        }
        let level = sign * Foundation.exp(solution.level)
        return writer.product(factors).flatMap {
          ExpressionWriting.sum([(level, $0)], constant: 0, operators)
        }
      }
    }
  }

  /// The numbers below `count` with the highest positive scores, highest first.
  private static func best(_ count: Int, _ score: (Int) -> Double) -> [Int] {
    var best: [(number: Int, score: Double)] = []
    for number in 0..<count {
      let value = score(number)
      guard value > 0, best.count < kept || value > best[kept - 1].score else { continue }
      let place = best.firstIndex { $0.score < value } ?? best.count
      best.insert((number, value), at: place)
      if best.count > kept { best.removeLast() }
    }
    return best.map(\.number)
  }
}
