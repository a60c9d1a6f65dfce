import Evaluation
import Expressions
import Foundation

/// Puts constants that the rows leave free within an interval, as thresholds are and what stands in a rounding
/// function, to the simplest number in it.
struct FlatConstants {
  /// Part of the loss that counts as no change.
  private static let tolerance = 1e-12
  /// Functions with steps or kinks, past which a constant may make no difference.
  private static let flat: Set<Operator> = [
    .floor, .ceil, .round, .sign, .modulo, .greater, .greaterOrEqual, .less, .lessOrEqual, .condition,
    .ifElse,
    .logicalOr, .logicalAnd, .clamp, .maximum, .minimum, .maximum3, .minimum3, .relu,
  ]

  let full: EvaluationData
  let evaluator: Evaluator
  let operators: OperatorSet
  let stop: StopSignal

  /// The formula with such constants made simple, and its loss.
  ///
  /// - Parameters:
  ///   - formula: one whose constants are fitted.
  ///   - loss: its loss.
  /// - Returns: nil where there is nothing to make simple.
  func simplest(_ formula: Formula, loss: Double) -> (formula: Formula, loss: Double)? {
    guard loss.isFinite, formula.operators.all.contains(where: FlatConstants.flat.contains) else {
      return nil
    }
    var nodes = formula.nodes
    var position = 0
    while position < nodes.count, !stop.isPastDeadline {
      if nodes[position].isConstant, isBelowStep(position, nodes) {
        nodes = simpler(position, nodes, loss) ?? nodes
      }
      position += 1
    }
    let result = Formula(unchecked: nodes)
    return result == formula ? nil : (result, value(nodes))
  }

  /// The nodes with one constant made simple; nil where it cannot be.
  private func simpler(_ position: Int, _ nodes: [Node], _ loss: Double) -> [Node]? {
    let low = reach(position, nodes, loss, direction: -1)
    let high = reach(position, nodes, loss, direction: 1)
    guard low.inside < high.inside, low.outside.isFinite, high.outside.isFinite else { return nil }
    // An end may belong to the interval: there the number looked for often is, as that of a bin's width.
    var candidates: [(digits: Int, nodes: [Node])] = []
    for interval in [low.outside...high.outside, low.inside...high.inside] {
      let direct = SimplestNumber.within(interval)
      var changed = nodes
      changed[position].value = direct.value
      candidates.append((direct.digits, changed))
      let isOneSided = interval.lowerBound > 1e-300 || interval.upperBound < -1e-300
      guard isOneSided else { continue }
      let inverse = SimplestNumber.within(1 / interval.upperBound...1 / interval.lowerBound)
      if let other = inverted(position, nodes, inverse.value) { candidates.append((inverse.digits, other)) }
    }
    for digits in Set(candidates.map(\.digits)).sorted() {
      for candidate in candidates where candidate.digits == digits {
        if value(candidate.nodes) <= allowed(loss) { return candidate.nodes }
      }
    }
    return nil
  }

  private func allowed(_ loss: Double) -> Double { loss + FlatConstants.tolerance * abs(loss) }

  private func value(_ nodes: [Node]) -> Double {
    nodes.withUnsafeBufferPointer { evaluator.loss($0.baseAddress!, $0.count, on: full) }
  }

  /// Whether a function with steps stands above a leaf.
  private func isBelowStep(_ position: Int, _ nodes: [Node]) -> Bool {
    nodes.indices.dropFirst(position + 1).contains { root in
      root + 1 - Int(nodes[root].length) <= position
        && nodes[root].operation.map(FlatConstants.flat.contains) == true
    }
  }

  /// The nodes with a division by `divisor` in the place of a multiplication by the constant, or the other way
  /// round; nil where it is no such factor.
  private func inverted(_ position: Int, _ nodes: [Node], _ divisor: Double) -> [Node]? {
    guard operators.contains(.divide), operators.contains(.multiply) else { return nil }
    // The constant's operator: the first whose run begins at it or before it.
    let parent = nodes.indices.dropFirst(position + 1).first { $0 + 1 - Int(nodes[$0].length) <= position }
    guard let parent, let operation = nodes[parent].operation else { return nil }
    guard operation == .multiply || operation == .divide && parent == position + 1 else { return nil }
    let length = Int(nodes[parent].length) - 1
    var changed = nodes
    changed.remove(at: position)
    changed.insert(.constant(divisor), at: parent - 1)
    changed[parent] = .operation(operation == .multiply ? .divide : .multiply, argumentLength: length)
    return changed
  }

  /// The farthest number on one side that leaves the loss, and the nearest that does not: by steps that grow,
  /// then by halving the last of them.
  private func reach(
    _ position: Int, _ nodes: [Node], _ loss: Double, direction: Double
  ) -> (inside: Double, outside: Double) {
    let start = nodes[position].value
    var trial = nodes
    func isFlat(_ distance: Double) -> Bool {
      trial[position].value = start + direction * distance
      return value(trial) <= allowed(loss)
    }
    let unit = max(abs(start), 1e-3)
    var near = 0.0
    var far = unit * 0x1p-40
    while isFlat(far), !stop.isPastDeadline {
      near = far
      far *= 4
      // A constant without any influence keeps its size.
      if far > 4 * unit { return (start + direction * near, start + direction * near) }
    }
    for _ in 0..<20 where near > 0 && !stop.isPastDeadline {
      let middle = (near + far) / 2
      if isFlat(middle) { near = middle } else { far = middle }
    }
    return (start + direction * near, start + direction * far)
  }
}

/// The shortest decimals within intervals.
package enum SimplestNumber {
  /// The number of fewest digits in an interval, of several the one nearest its middle, and its digits.
  package static func within(_ interval: ClosedRange<Double>) -> (value: Double, digits: Int) {
    let middle = interval.lowerBound / 2 + interval.upperBound / 2
    if interval.contains(0) { return (0, 0) }
    let size = Int(log10(max(abs(interval.lowerBound), abs(interval.upperBound))).rounded(.down))
    for digits in 1...17 {
      // The decimals of so many digits nearest the middle; the interval may hold only one that is not.
      let places = digits - 1 - size
      let units = shifted(middle, by: places)
      let bounds = (shifted(interval.lowerBound, by: places), shifted(interval.upperBound, by: places))
      let nearest = min(max(units.rounded(), bounds.0.rounded(.up)), bounds.1.rounded(.down))
      let value = Double("\(nearest)e\(-places)").flatMap { $0.isFinite ? $0 : nil } ?? middle
      if nearest != 0, interval.contains(value) { return (value, significant(nearest)) }
    }
    return (middle, 17)
  }

  private static func shifted(_ value: Double, by places: Int) -> Double {
    places >= 0 ? value * pow(10, Double(places)) : value / pow(10, Double(-places))
  }

  /// Digits of a whole number without the zeros at its end.
  private static func significant(_ value: Double) -> Int {
    var digits = String(format: "%.0f", abs(value))
    while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    return digits.count
  }
}
