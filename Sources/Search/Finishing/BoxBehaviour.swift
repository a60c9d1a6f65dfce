import Evaluation
import Expressions
import Randomness
import Tables

/// How formulas behave between the rows: in the box that the columns' ranges span.
///
/// Half of the points combine values that the columns have, each drawn on its own, half are uniform over the
/// box.
final class BoxBehaviour: @unchecked Sendable {
  private static let points = 512

  /// The least and the greatest value of each column.
  let ranges: [ClosedRange<Double>]
  private let data: EvaluationData

  init(_ dataset: Dataset, seed: UInt64) {
    let count = BoxBehaviour.points
    let ranges = dataset.features.map { ($0.buffer.min() ?? 0)...($0.buffer.max() ?? 0) }
    self.ranges = ranges
    let columns = dataset.features.enumerated().map { index, column in
      var random = RandomStream(seed: seed, 8, UInt64(index))
      let (least, most) = (ranges[index].lowerBound, ranges[index].upperBound)
      return Column(
        (0..<count).map { point in
          point < count / 2
            ? column[random.index(column.count)] : least + random.uniform() * (most - least)
        })
    }
    data = EvaluationData(
      features: columns, target: Column(count: count, repeating: 0), weights: nil, precision: .double)
  }

  /// Whether a formula has a value everywhere in the box, as far as the points tell: all its values are finite,
  /// and nothing it divides by has two signs, so that it is zero in between.
  func isDefined(_ formula: Formula, with evaluator: Evaluator) -> Bool {
    guard evaluator.values(of: formula, on: data).allSatisfy(\.isFinite) else { return false }
    return divisors(of: formula).allSatisfy { divisor in
      let values = evaluator.values(of: divisor, on: data)
      return !(values.contains { $0 < 0 } && values.contains { $0 > 0 }) && !values.contains(0)
    }
  }

  /// What a formula divides by: divisors, and bases of negative powers, each without what keeps it from having
  /// two signs.
  private func divisors(of formula: Formula) -> [Formula] {
    let nodes = formula.nodes
    func subtree(endingAt root: Int) -> Range<Int> { (root - Int(nodes[root].length) + 1)..<(root + 1) }
    return nodes.indices.compactMap { index in
      let part: Range<Int>
      switch nodes[index].operation {
      case .divide: part = subtree(endingAt: index - 1)
      case .power where nodes[index - 1].isConstant && nodes[index - 1].value < 0:
        part = subtree(endingAt: index - 2)
      default: return nil
      }
      let divisor = Formula(unchecked: Array(nodes[core(of: nodes, part, subtree)]))
      return divisor.featureIndices.isEmpty ? nil : divisor
    }
  }

  /// What is zero where a subtree is, without squares, roots and powers around it.
  private func core(
    of nodes: [Node], _ part: Range<Int>, _ subtree: (Int) -> Range<Int>
  ) -> Range<Int> {
    var core = part
    while true {
      let root = core.upperBound - 1
      switch nodes[root].operation {
      case .square, .abs, .sqrt: core = subtree(root - 1)
      case .power where nodes[root - 1].isConstant: core = subtree(root - 2)
      default: return core
      }
    }
  }
}
