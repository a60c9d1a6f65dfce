import Evaluation
import Foundation

/// Which of many features a target depends on most, one at a time.
enum Relevance {
  /// The `count` features with the largest squared correlation of the feature, its square or its logarithm
  /// with the target, the target's logarithm or its distance from the mean; ascending.
  static func mostRelevant(_ count: Int, of data: EvaluationData) -> [Int] {
    let rows = 0..<data.rowCount
    let y = rows.map { data.target(row: $0) }
    let mean = y.reduce(0, +) / Double(max(1, y.count))
    let targets = [y, y.map { Foundation.log(abs($0)) }, y.map { abs($0 - mean) }].compactMap(standardised)
    let scores = (0..<data.featureCount).map { feature -> Double in
      let x = rows.map { data.feature(feature, row: $0) }
      let middle = x.reduce(0, +) / Double(max(1, x.count))
      let forms = [x, x.map { ($0 - middle) * ($0 - middle) }, x.map { Foundation.log(abs($0)) }]
        .compactMap(standardised)
      var best = 0.0
      for form in forms {
        for target in targets { best = max(best, abs(LeastSquares.product(form, target))) }
      }
      return best
    }
    return scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(count).sorted()
  }

  /// Centred and of norm 1; nil for what is constant or not finite.
  private static func standardised(_ values: Vector) -> Vector? {
    guard values.allSatisfy({ abs($0) < 1e150 }), !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let centred = values.map { $0 - mean }
    let norm = LeastSquares.product(centred, centred).squareRoot()
    return norm > 0 && norm.isFinite ? centred.map { $0 / norm } : nil
  }
}
