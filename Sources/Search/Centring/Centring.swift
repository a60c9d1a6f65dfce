import Algebra
import Expressions
import Foundation
import Tables

/// Columns of large numbers that hardly vary, as times counted from far away, counted from a point of their
/// own instead.
///
/// Of a column t of 1.6·10⁹ and a few thousand more no function of t itself is of use, products of constants
/// and t lose all their digits to what is the same on every row, and a power of 10⁶ imitates an exponential.
/// The search sees t - c, with c a round number among the column's values; what it finds is written back, so
/// that people see t.
struct Centring: Sendable {
  /// What is taken off each feature; 0 for most.
  let offsets: [Double]

  /// Columns whose range is at most this part of their values are centred. 1/t, √t and the like are straight
  /// lines there but for as small a part, so nothing is lost to those laws but a constant.
  static let widest = 3e-3

  /// The offsets that a data set's columns call for.
  init(_ dataset: Dataset) {
    offsets = dataset.features.map { Centring.offset($0) }
  }

  /// Whether no column is centred.
  var isEmpty: Bool { offsets.allSatisfy { $0 == 0 } }

  private static func offset(_ column: Column) -> Double {
    guard column.count > 1 else { return 0 }
    var (least, most) = (column[0], column[0])
    for row in 1..<column.count {
      least = min(least, column[row])
      most = max(most, column[row])
    }
    let range = most - least
    guard range > 0, range.isFinite, range <= widest * min(abs(least), abs(most)) else { return 0 }
    return origin(column[0], range: range, within: least...most)
  }

  /// The number of fewest digits within a hundredth of the range from the first value, or that value itself
  /// where it has no more digits.
  private static func origin(_ first: Double, range: Double, within values: ClosedRange<Double>) -> Double {
    let magnitude = Int(Foundation.log10(abs(first)).rounded(.down))
    for digits in 1...17 {
      guard let rounded = Double(String(format: "%.\(digits - 1)e", first)) else { break }
      if abs(rounded - first) <= 0.01 * range, values.contains(rounded) || rounded == first { return rounded }
      if digits > magnitude + 17 { break }
    }
    return first
  }

  /// The data set with the offsets taken off.
  func centred(_ dataset: Dataset) -> Dataset {
    guard !isEmpty else { return dataset }
    let columns = zip(dataset.features, offsets).map { column, offset in
      offset == 0
        ? column
        : Column(count: column.count) { values in
          for row in values.indices { values[row] = column[row] - offset }
        }
    }
    return dataset.replacing(features: columns)
  }

  /// A formula of the centred columns as one of the columns themselves, and which of its constants stand where
  /// in the other: nil for those that were not there.
  func restored(_ formula: Formula, operators: OperatorSet) -> (formula: Formula, origins: [Int?]) {
    let count = formula.constants.count
    let uses = formula.featureIndices.contains { $0 < offsets.count && offsets[$0] != 0 }
    guard uses else { return (formula, (0..<count).map { $0 }) }
    let nodes = formula.nodes.flatMap { node -> [Node] in
      guard node.isFeature, offsets[Int(node.feature)] != 0 else { return [node] }
      return shifted(node, by: offsets[Int(node.feature)], operators)
    }
    guard let written = Formula(nodes) else { return (formula, (0..<count).map { $0 }) }
    let straight = LineWriting(operators: operators).written(written)
    let short = straight.simplified(using: operators).tidied(allowed: operators)
    let values = formula.constants
    return (short, short.constants.map { values.firstIndex(of: $0) })
  }

  private func shifted(_ node: Node, by offset: Double, _ operators: OperatorSet) -> [Node] {
    let subtracts = operators.contains(.subtract) && (offset > 0 || !operators.contains(.add))
    return [
      node, .constant(subtracts ? offset : -offset),
      .operation(subtracts ? .subtract : .add, argumentLength: 2),
    ]
  }
}
