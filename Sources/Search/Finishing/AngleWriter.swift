import Expressions
import Foundation
import Sweeps

/// Writes linear angles in the operators that a search allows.
struct AngleWriter {
  let operators: OperatorSet
  let samplings: [ColumnSampling?]

  /// The angle's nodes, in the wanted form where that is possible; nil when the operators cannot write it.
  ///
  /// - Parameter period: what may be added to the phase.
  func write(_ angle: LinearAngle, as form: AngleForm, period: Double) -> [Node]? {
    let columns = angle.columns
    if columns.count == 1, angle.phase != 0, case .offset(let divides) = form,
      let nodes = offset(columns[0], angle, divides: divides, period: period)
    {
      return nodes
    }
    var divides = false
    if case .quotient = form { divides = true }
    if case .offset(true) = form { divides = true }
    var nodes: [Node] = []
    for column in columns.sorted(by: { angle.coefficients[$0]! > angle.coefficients[$1]! }) {
      let coefficient = angle.coefficients[column]!
      guard coefficient != 0 else { continue }
      if nodes.isEmpty {
        guard let first = scaled([.feature(column)], coefficient, divides: divides) else { return nil }
        nodes = first
      } else {
        let takesAway = coefficient < 0 && operators.contains(.subtract)
        guard takesAway || operators.contains(.add),
          let part = scaled([.feature(column)], takesAway ? -coefficient : coefficient, divides: divides)
        else { return nil }
        nodes = apply(takesAway ? .subtract : .add, nodes, part)
      }
    }
    guard !nodes.isEmpty else { return nil }
    return shifted(nodes, by: angle.phase)
  }

  /// w·(x - x₀) with x₀ at the first place of the data, or after it, at which the angle is zero.
  private func offset(_ column: Int, _ angle: LinearAngle, divides: Bool, period: Double) -> [Node]? {
    let frequency = angle.coefficients[column]!
    let length = period / abs(frequency)
    var origin = -angle.phase / frequency
    if column < samplings.count, let sampling = samplings[column] {
      let first = sampling.first - 1e-6 * length
      origin += ((first - origin) / length).rounded(.up) * length
    }
    guard origin.isFinite, let inner = shifted([.feature(column)], by: -origin) else { return nil }
    return scaled(inner, frequency, divides: divides)
  }

  private func scaled(_ nodes: [Node], _ factor: Double, divides: Bool) -> [Node]? {
    if factor == 1 { return nodes }
    if divides && operators.contains(.divide) || !operators.contains(.multiply) {
      guard operators.contains(.divide), (1 / factor).isFinite else { return nil }
      return apply(.divide, nodes, [.constant(1 / factor)])
    }
    return apply(.multiply, [.constant(factor)], nodes)
  }

  private func shifted(_ nodes: [Node], by term: Double) -> [Node]? {
    if term == 0 { return nodes }
    if operators.contains(.subtract), term < 0 || !operators.contains(.add) {
      return apply(.subtract, nodes, [.constant(-term)])
    }
    return operators.contains(.add) ? apply(.add, nodes, [.constant(term)]) : nil
  }

  private func apply(_ operation: Operator, _ arguments: [Node]...) -> [Node] {
    let inner = arguments.flatMap(\.self)
    return inner + [.operation(operation, argumentLength: inner.count)]
  }
}
