import CVectorKernels
import Expressions
import Foundation

/// Tries functions of the target as sums of three to five library expressions, found by exchange: a term at
/// a time is replaced by the one that explains most of what the others leave, until none is better.
package struct SparseSweep {
  private let library: LinearLibrary
  private let operators: OperatorSet
  private let writer: ProductWriter
  private let sample: SweepSample
  private let targets: [TargetTransform]

  /// Most terms of a sum.
  private static let mostTerms = 5

  /// A sweep over the terms of `library` for the target, its inverses under the operators, and these times a
  /// power of a feature or the product of powers that a regression on logarithms suggests.
  package init(_ library: LinearLibrary, logarithms: LogarithmLibrary, operators: OperatorSet) {
    self.library = library
    self.operators = operators
    writer = ProductWriter(operators)
    sample = library.library.sample
    let base = TargetTransform.base(sample, operators)
    targets = base + SparseSweep.peeled(base, logarithms, writer, library.library.sample)
  }

  /// Number of tasks that may run at the same time.
  package var taskCount: Int { targets.count }

  private static func peeled(
    _ base: [TargetTransform], _ logarithms: LogarithmLibrary, _ writer: ProductWriter, _ sample: SweepSample
  ) -> [TargetTransform] {
    var peeled: [TargetTransform] = []
    let rows = sample.rowCount
    for transform in base where transform.isScaleFree {
      for factors in peelings(transform, logarithms, sample) {
        guard let expression = writer.product(factors) else { continue }
        var values = Vector(repeating: 0, count: sample.stride)
        for row in 0..<rows {
          values[row] = factors.reduce(1) { $0 * Foundation.pow(sample.features[Int($1.base[0].feature)][row], $1.exponent) }
        }
        let target = values.withUnsafeBufferPointer {
          transform.multiplied(by: expression, $0, power: 1, rows: rows)
        }
        if let target { peeled.append(target) }
      }
    }
    return peeled
  }

  /// Products of powers of features that a target may be multiplied with: those a regression of its logarithm
  /// comes close to, and powers of a single feature.
  private static func peelings(
    _ transform: TargetTransform, _ logarithms: LogarithmLibrary, _ sample: SweepSample
  ) -> [[ProductWriter.Factor]] {
    var peelings: [[ProductWriter.Factor]] = []
    var logarithm = Vector(repeating: 0, count: sample.stride)
    for row in 0..<sample.rowCount { logarithm[row] = Foundation.log(abs(transform.values[row])) }
    if logarithm.allSatisfy(\.isFinite),
      let fit = PowerFit(logarithms: logarithms)
        .solve(logarithm, weights: sample.weights, singles: 0, pairs: 0, pairLimit: 0).first
    {
      // Those closest to a whole number first: two of them, three, and so on.
      let likely = fit.exponents.indices.filter { abs(fit.exponents[$0]) > 0.5 }
        .sorted { distance(fit.exponents[$0]) < distance(fit.exponents[$1]) }
      for count in 2...max(2, min(likely.count, 6)) where count <= likely.count {
        peelings.append(
          likely.prefix(count).map {
            .init([.feature(logarithms.features[$0])], -fit.exponents[$0].rounded())
          })
      }
    }
    for feature in logarithms.features {
      for power in [1.0, -1, 2, -2] { peelings.append([.init([.feature(feature)], power)]) }
    }
    return peelings
  }

  private static func distance(_ exponent: Double) -> Double { abs(exponent - exponent.rounded()) }

  /// What the sweep proposes for one target.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    let target = targets[task]
    guard library.count > SparseSweep.mostTerms, sample.rowCount > 2 * SparseSweep.mostTerms else { return [] }
    var found: [SweepCandidate] = []
    var terms = [Int]()
    for count in 1...SparseSweep.mostTerms {
      guard let next = best(target, beside: terms) else { break }
      terms.append(next)
      if count > 2 {
        terms = exchanged(terms, target)
        found += write(target, terms)
        if found.last?.residualShare ?? 1 < 1e-20 { break }
      }
    }
    return found
  }

  /// The terms after each was replaced by a better one while there was one.
  private func exchanged(_ start: [Int], _ target: TargetTransform) -> [Int] {
    var terms = start
    var still = 0
    for step in 0..<(4 * terms.count) where still < terms.count {
      let place = step % terms.count
      var others = terms
      others.remove(at: place)
      guard let better = best(target, beside: others) else { break }
      still = better == terms[place] ? still + 1 : 0
      terms[place] = better
    }
    return terms
  }

  /// The term that explains most of what the others leave of the target.
  private func best(_ target: TargetTransform, beside others: [Int]) -> Int? {
    var span = LeastSquares(weights: sample.weights)
    guard span.add((0..<sample.stride).map { $0 < sample.rowCount ? 1.0 : 0 }) else { return nil }
    for term in others {
      guard span.add(values(term)) else { return nil }
    }
    let rest = span.residual(target.values)
    let width = span.basis.count + 1
    var vectors = span.weighted.flatMap(\.self)
    vectors += zip(rest, sample.weights).map { $0 * $1 }
    var sums = Vector(repeating: 0, count: library.count * (width + 1))
    vk_library_sums(library.values, sample.stride, library.count, sample.weights, vectors, width, &sums)
    var winner: Int?
    var largest = 0.0
    for term in 0..<library.count {
      let start = term * (width + 1)
      var squares = sums[start]
      for index in 1..<width { squares -= sums[start + index] * sums[start + index] }
      guard squares > 1e-6 * sums[start] else { continue }
      let share = sums[start + width] * sums[start + width] / squares
      if share > largest {
        largest = share
        winner = term
      }
    }
    return winner
  }

  private func values(_ term: Int) -> Vector { Vector(library.library.row(library.members[term])) }

  private func write(_ target: TargetTransform, _ terms: [Int]) -> [SweepCandidate] {
    LinearWriting.candidates(target, terms, library, operators, writer)
  }
}
