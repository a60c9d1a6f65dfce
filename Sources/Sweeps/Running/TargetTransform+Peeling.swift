import Expressions
import Foundation

extension TargetTransform {
  /// The target, its inverses under the operators, and these times powers of features: of one, or those that
  /// a regression on logarithms suggests.
  static func peeled(_ logarithms: LogarithmLibrary, _ operators: OperatorSet) -> [TargetTransform] {
    let sample = logarithms.library.sample
    let writer = ProductWriter(operators)
    let base = TargetTransform.base(sample, operators)
    var peeled: [TargetTransform] = []
    for transform in base where transform.isScaleFree {
      for factors in peelings(transform, logarithms, sample) {
        guard let expression = writer.product(factors) else { continue }
        var values = Vector(repeating: 0, count: sample.stride)
        for row in 0..<sample.rowCount {
          values[row] = factors.reduce(1) {
            $0 * Foundation.pow(sample.features[Int($1.base[0].feature)][row], $1.exponent)
          }
        }
        let target = values.withUnsafeBufferPointer {
          transform.multiplied(by: expression, $0, power: 1, rows: sample.rowCount)
        }
        if let target { peeled.append(target) }
      }
    }
    return base + peeled
  }

  /// Products of powers of features that a target may be multiplied with.
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
}
