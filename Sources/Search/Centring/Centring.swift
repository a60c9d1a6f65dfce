import Algebra
import Expressions
import Foundation
import Sweeps
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

  /// Columns whose range is at most this part of their values are centred: 1/t, √t and the like are straight
  /// lines there but for as small a part.
  static let widest = 3e-3
  /// Smaller numbers are measured from their own zero, as temperatures and masses, unless they lie at even
  /// steps: laws multiply by them.
  static let countedFrom = 1e6

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
    guard range > 0, range.isFinite, range <= widest * min(abs(least), abs(most)),
      abs(least) >= countedFrom || isEven(column)
    else { return 0 }
    return origin(column[0], range: range, within: least...most)
  }

  /// Whether the values are counted off, most of them there.
  private static func isEven(_ column: Column) -> Bool {
    let values = (0..<min(column.count, 1000)).map { column[$0] }
    guard let sampling = ColumnSampling(values), let step = sampling.step else { return false }
    return sampling.range / step < 2 * Double(sampling.distinct)
  }

  /// The number of fewest digits within a hundredth of the range from the first value, or that value itself
  /// where it has no more digits.
  private static func origin(_ first: Double, range: Double, within values: ClosedRange<Double>) -> Double {
    let magnitude = Int(Foundation.log10(abs(first)).rounded(.down))
    for digits in 1...17 {
      let rounded = NumberText.rounding(first, digits: digits)
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

  /// A formula of the centred columns as one of the columns themselves.
  ///
  /// - Parameter errors: standard errors of the constants.
  /// - Returns: the formula, and its constants' errors: nil for those that were not there.
  func restored(_ formula: Formula, errors: [Double?], operators: OperatorSet) -> (Formula, [Double?]) {
    let isCentred = { (node: Node) in
      node.isFeature && Int(node.feature) < self.offsets.count && self.offsets[Int(node.feature)] != 0
    }
    guard formula.nodes.contains(where: isCentred) else { return (formula, errors) }
    let (start, startErrors) = withExponentials(formula, errors, operators)
    let nodes = start.nodes.flatMap { node -> [Node] in
      isCentred(node) ? shifted(node, by: offsets[Int(node.feature)], operators) : [node]
    }
    guard let written = Formula(nodes) else { return (formula, errors) }
    let straight = LineWriting(operators: operators, offsets: offsets).written(written)
    let short = straight.simplified(using: operators).tidied(allowed: operators)
    let values = start.constants
    return (short, short.constants.map { value in values.firstIndex(of: value).flatMap { startErrors[$0] } })
  }

  /// Powers of a number near 1 as exponentials: of 0.9989^t all but a few digits say nothing.
  private func withExponentials(_ formula: Formula, _ errors: [Double?], _ operators: OperatorSet) -> (
    Formula, [Double?]
  ) {
    guard operators.contains(.exp), operators.contains(.multiply) else { return (formula, errors) }
    var (nodes, changed) = (formula.nodes, errors)
    var end = 0
    while end < nodes.count {
      defer { end += 1 }
      guard nodes[end].operation == .power else { continue }
      let base = end - 1 - Int(nodes[end - 1].length)
      let value = nodes[base].value
      guard nodes[base].isConstant, value > 0, value != 1, abs(value - 1) < 0.1 else { continue }
      let number = nodes[..<base].count(where: \.isConstant)
      nodes[base].value = Foundation.log(value)
      changed[number] = changed[number].map { $0 / value }
      nodes[end] = .operation(.multiply, argumentLength: Int(nodes[end].length) - 1)
      nodes.insert(.operation(.exp, argumentLength: Int(nodes[end].length)), at: end + 1)
    }
    return Formula(nodes).map { ($0, changed) } ?? (formula, errors)
  }

  private func shifted(_ node: Node, by offset: Double, _ operators: OperatorSet) -> [Node] {
    let subtracts = operators.contains(.subtract) && (offset > 0 || !operators.contains(.add))
    return [
      node, .constant(subtracts ? offset : -offset),
      .operation(subtracts ? .subtract : .add, argumentLength: 2),
    ]
  }
}
