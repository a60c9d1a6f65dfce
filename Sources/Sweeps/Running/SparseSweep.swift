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
  /// Terms that are looked through, of the library's first.
  private static let mostLibrary = 2400

  /// Most terms of a sum.
  private static let mostTerms = 5

  /// A sweep over the terms of `library` for the target, its inverses under the operators, and these times a
  /// power of a feature or the product of powers that a regression on logarithms suggests.
  package init(_ library: LinearLibrary, logarithms: LogarithmLibrary, operators: OperatorSet) {
    self.library = library
    self.operators = operators
    writer = ProductWriter(operators)
    sample = library.library.sample
    targets = TargetTransform.peeled(logarithms, operators)
  }

  /// Number of tasks that may run at the same time.
  package var taskCount: Int { targets.count }

  /// What the sweep proposes for one target.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    let target = targets[task]
    guard library.count > SparseSweep.mostTerms, sample.rowCount > 2 * SparseSweep.mostTerms else {
      return []
    }
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
    var span = LeastSquares(weights: target.weights)
    guard span.add(sample.ones) else { return nil }
    for term in others {
      guard span.add(values(term)) else { return nil }
    }
    let rest = span.residual(target.values)
    let width = span.basis.count + 1
    var vectors = span.weighted.flatMap(\.self)
    vectors += zip(rest, target.weights).map { $0 * $1 }
    let count = min(SparseSweep.mostLibrary, library.count)
    var sums = Vector(repeating: 0, count: count * (width + 1))
    vk_library_sums(library.values, sample.stride, count, target.weights, vectors, width, &sums)
    var winner: Int?
    var largest = 0.0
    for term in 0..<count {
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
