import CVectorKernels
import Expressions
import Foundation

/// Tries functions of the target as sums of one or two library expressions and a constant, all pairs at once:
/// g(y)·f^p = a·h + b·k + c, with g the inverse of an operator and f from the library, too.
package struct LinearSweep {
  private let library: LinearLibrary
  private let operators: OperatorSet
  private let writer: ProductWriter
  private let sample: SweepSample
  private let transforms: [TargetTransform]

  /// A sweep over the terms of `library`.
  package init(_ library: LinearLibrary, operators: OperatorSet) {
    self.library = library
    self.operators = operators
    writer = ProductWriter(operators)
    sample = library.library.sample
    transforms = TargetTransform.base(sample, operators)
  }

  /// Tasks that may run at the same time: each takes a share of the targets.
  package struct Task: Sendable {
    fileprivate var factors: Range<Int>?
  }

  /// The tasks that make up the sweep: first the plain target and its inverses, then these times powers of
  /// each factor.
  package func tasks(factors: LogarithmLibrary) -> [Task] {
    let count = min(LinearSweep.mostFactors, factors.features.count + factors.members.count)
    return [Task(factors: nil)]
      + stride(from: 0, to: count, by: 8).map { Task(factors: $0..<min(count, $0 + 8)) }
  }

  private static let mostFactors = 320
  /// Terms that are tried in pairs for a target times a factor.
  private static let fewTerms = 400
  private static let manyTerms = 2000

  /// What one task proposes, best first.
  package func candidates(_ task: Task, factors: LogarithmLibrary) -> [SweepCandidate] {
    guard let range = task.factors else {
      return candidates(transforms, terms: LinearSweep.manyTerms, kept: 24)
    }
    var targets: [TargetTransform] = []
    for number in range {
      let features = factors.features
      let isFeature = number < features.count
      let expression =
        isFeature
        ? [Node.feature(features[number])]
        : Array(factors.library.expression(factors.members[number - features.count]))
      let values =
        isFeature
        ? sample.features[features[number]]
        : Vector(
          factors.library.row(factors.members[number - features.count]))
      values.withUnsafeBufferPointer { values in
        for transform in transforms where transform.isScaleFree {
          for power in transform.isSquared ? [1.0, -1] : [1, -1, 0.5, -0.5, 2, -2] {
            if let target = transform.multiplied(by: expression, values, power: power, rows: sample.rowCount)
            {
              targets.append(target)
            }
          }
        }
      }
    }
    return candidates(targets, terms: LinearSweep.fewTerms, kept: 3)
  }

  // MARK: - One set of targets

  private func candidates(_ targets: [TargetTransform], terms: Int, kept: Int) -> [SweepCandidate] {
    let stride = sample.stride
    let terms = min(terms, library.count)
    var standard: [Double] = []
    var used: [TargetTransform] = []
    for target in targets {
      var values = target.values
      let varies = values.withUnsafeMutableBufferPointer {
        LinearLibrary.standardise($0.baseAddress!, sample.rowCount, stride)
      }
      guard varies else { continue }
      standard += values
      used.append(target)
    }
    guard !used.isEmpty, terms > 1 else { return [] }
    let padded = vk_pair_padding(terms)
    let products = library.products(standard, count: used.count, limit: terms)
    var best = Array(repeating: vk_pair(first: -1, second: -1, share: 0), count: used.count * kept)
    var scratch = Vector(repeating: 0, count: 4 * padded)
    vk_pair_search(
      library.values, stride, terms, products, used.count, 0, terms, 1e-7, kept, &best, &scratch)
    var found: [SweepCandidate] = []
    for (number, target) in used.enumerated() {
      for term in singles(products, number * padded, terms, kept) { found += write(target, [term]) }
      for pair in best[(number * kept)..<((number + 1) * kept)] where pair.first >= 0 {
        found += write(target, [Int(pair.first), Int(pair.second)])
      }
    }
    return found
  }

  private func write(_ target: TargetTransform, _ terms: [Int]) -> [SweepCandidate] {
    LinearWriting.candidates(target, terms, library, operators, writer)
  }

  /// The terms with the largest products.
  private func singles(_ products: [Double], _ start: Int, _ terms: Int, _ wanted: Int) -> [Int] {
    var best: [Int] = []
    for term in 0..<terms {
      let size = abs(products[start + term])
      if best.count == wanted, size <= abs(products[start + best[wanted - 1]]) { continue }
      let place = best.firstIndex { abs(products[start + $0]) < size } ?? best.count
      best.insert(term, at: place)
      if best.count > wanted { best.removeLast() }
    }
    return best
  }
}
