import Expressions
import Foundation
import Sweeps

/// Writes the arguments of sines, cosines and tangents with the numbers that people expect in them.
///
/// Of the frequencies that even steps of a column cannot tell apart the lowest is taken, phases are reduced to
/// one turn, and signs are made plain. The values on the rows stay; between the rows, where an alias swings
/// many times, they do not.
package struct AngleReduction {
  let samplings: [ColumnSampling?]
  let operators: OperatorSet
  /// Largest complexity and depth of a formula.
  private let bounds: (size: Int, depth: Int)
  private let writer: AngleWriter

  /// - Parameter samplings: how each column was sampled; may be empty.
  package init(_ samplings: [ColumnSampling?], operators: OperatorSet, maximumSize: Int, maximumDepth: Int?) {
    bounds = (maximumSize, maximumDepth ?? .max)
    self.samplings = samplings
    self.operators = operators
    writer = AngleWriter(operators: operators, samplings: samplings)
  }

  /// The formula in its plain form, to be fitted again, for the reduction of large phases rounds; nil where it
  /// is plain already.
  package func reduced(_ formula: Formula) -> Formula? {
    var current = formula
    for number in 0..<functions(current).count {
      let position = functions(current)[number]
      current = reduced(current, at: position) ?? current
    }
    guard current != formula, current.complexity <= max(bounds.size, formula.complexity),
      current.depth <= max(bounds.depth, formula.depth)
    else { return nil }
    return current
  }

  /// Shorter formulas, each without one phase that is a number of quarter turns within three standard errors.
  ///
  /// - Parameter standardErrors: of the formula's constants, in their order.
  package func withoutPhases(_ formula: Formula, standardErrors: [Double?]) -> [Formula] {
    functions(formula).compactMap { position in
      let argument = formula.subformula(at: position - 1)
      guard let angle = LinearAngle(argument), angle.phase != 0, angle.columns.count == 1,
        let error = phaseError(formula, position, angle, standardErrors), error < 0.4
      else { return nil }
      let quarters = (angle.phase / (Double.pi / 2)).rounded()
      guard abs(angle.phase - quarters * Double.pi / 2) <= max(3 * error, 1e-4) else { return nil }
      return withoutPhase(formula, at: position, angle, quarters: Int(quarters))
    }
  }

  /// Positions of functions that have a period.
  private func functions(_ formula: Formula) -> [Int] {
    formula.nodes.indices.filter { formula.nodes[$0].operation?.isPeriodic == true }
  }

  private func period(_ operation: Operator) -> Double { operation == .tan ? .pi : 2 * .pi }

  // MARK: - One function

  private func reduced(_ formula: Formula, at position: Int) -> Formula? {
    guard let operation = formula.nodes[position].operation else { return nil }
    let argument = formula.subformula(at: position - 1)
    let period = period(operation)
    guard let before = LinearAngle(argument), !before.coefficients.isEmpty else {
      return foldingTerm(formula, at: position, period: period)
    }
    var angle = before
    unalias(&angle, period: period)
    var nodes = formula.nodes
    makePositive(&angle, operation, &nodes, position)
    angle.phase = fold(angle.phase, period)
    if operation != .tan, angle.phase != 0, SignAbsorption.isNegative(nodes, at: position),
      let turned = SignAbsorption.turned(nodes, at: position, operators: operators)
    {
      nodes = turned
      angle.phase = fold(angle.phase + .pi, period)
    }
    let form = AngleForm(argument)
    if angle == before || isPlain(before, angle, form) { return nil }
    return writer.write(angle, as: form, period: period).flatMap { replacing(nodes, position, $0) }
  }

  /// Takes the lowest of the frequencies that the rows cannot tell apart.
  private func unalias(_ angle: inout LinearAngle, period: Double) {
    for column in angle.columns where column < samplings.count {
      guard let sampling = samplings[column], let step = sampling.step else { continue }
      let frequency = angle.coefficients[column]!
      let rate = period / step
      let turns = (frequency / rate).rounded()
      // At a multiple of the sampling rate the rows see a constant; that is another formula.
      guard turns != 0, abs(frequency - turns * rate) > 1e-6 * rate else { continue }
      angle.coefficients[column] = frequency - turns * rate
      angle.phase += turns * rate * sampling.first
    }
  }

  /// Turns the angle where its first frequency is negative.
  private func makePositive(
    _ angle: inout LinearAngle, _ operation: Operator, _ nodes: inout [Node], _ position: Int
  ) {
    guard let first = angle.columns.first, angle.coefficients[first]! < 0,
      !angle.coefficients.values.contains(where: { $0 > 0 })
    else { return }
    if operation == .cos { return angle.negate() }
    if let turned = SignAbsorption.turned(nodes, at: position, operators: operators) {
      nodes = turned
      angle.negate()
    } else if operation == .sin, angle.phase != 0 {
      // sin(-a) = sin(a + π).
      angle.negate()
      angle.phase += .pi
    }
  }

  /// Whether the argument may stay: an offset near the data stands for a phase beyond one turn.
  private func isPlain(_ before: LinearAngle, _ after: LinearAngle, _ form: AngleForm) -> Bool {
    guard case .offset = form, before.coefficients == after.coefficients, let column = before.columns.first,
      column < samplings.count, let sampling = samplings[column], before.columns.count == 1
    else { return false }
    let origin = -before.phase / before.coefficients[column]!
    let turns = (before.phase - after.phase) / (2 * .pi)
    return abs(turns - turns.rounded()) < 1e-6
      && abs(origin - sampling.first - sampling.range / 2) <= 0.75 * sampling.range
  }

  /// The phase within half a period of zero; what is rounding error is none.
  private func fold(_ phase: Double, _ period: Double) -> Double {
    let folded = phase.remainder(dividingBy: period)
    return abs(folded) < 1e-9 ? 0 : folded == -period / 2 ? period / 2 : folded
  }

  /// Reduces a constant term of an argument that is no linear form.
  private func foldingTerm(_ formula: Formula, at position: Int, period: Double) -> Formula? {
    let root = position - 1
    guard let operation = formula.nodes[root].operation, operation == .add || operation == .subtract else {
      return nil
    }
    for term in formula.arguments(of: root) where formula.nodes[term].isConstant {
      let value = formula.nodes[term].value
      guard abs(value) > period / 2 else { continue }
      var nodes = formula.nodes
      nodes[term].value = value.remainder(dividingBy: period)
      return Formula(unchecked: nodes)
    }
    return nil
  }

  private func replacing(_ nodes: [Node], _ position: Int, _ argument: [Node], function: Operator? = nil)
    -> Formula?
  {
    let start = position - Int(nodes[position - 1].length)
    var changed = Array(nodes[..<start]) + argument + nodes[position...]
    if let function {
      changed[start + argument.count] = .operation(function, argumentLength: argument.count)
    }
    return Formula(changed)
  }

  // MARK: - Without a phase

  private func phaseError(
    _ formula: Formula, _ position: Int, _ angle: LinearAngle, _ standardErrors: [Double?]
  ) -> Double? {
    let start = position - Int(formula.nodes[position - 1].length)
    // The constant that makes the phase: the one beside a sum's or a difference's other side.
    for index in start..<(position - 1) where formula.nodes[index].isConstant {
      guard
        let parent = formula.nodes.indices.dropFirst(index + 1).first(where: {
          $0 + 1 - Int(formula.nodes[$0].length) <= index
        }), let operation = formula.nodes[parent].operation, operation == .add || operation == .subtract
      else { continue }
      let ordinal = formula.nodes[..<index].count(where: \.isConstant)
      guard ordinal < standardErrors.count, let error = standardErrors[ordinal] else { return nil }
      if case .offset = AngleForm(formula.subformula(at: position - 1)), let column = angle.columns.first {
        return error * abs(angle.coefficients[column]!)
      }
      return error
    }
    return nil
  }

  private func withoutPhase(_ formula: Formula, at position: Int, _ angle: LinearAngle, quarters: Int)
    -> Formula?
  {
    guard let operation = formula.nodes[position].operation, operation != .tan else { return nil }
    // As a cosine: sin a is cos(a - π/2).
    let place = ((quarters - (operation == .sin ? 1 : 0)) % 4 + 4) % 4
    let function: Operator = place.isMultiple(of: 2) ? .cos : .sin
    var nodes = formula.nodes
    if place == 1 || place == 2 {
      guard let turned = SignAbsorption.turned(nodes, at: position, operators: operators) else { return nil }
      nodes = turned
    }
    var plain = angle
    plain.phase = 0
    guard operators.contains(function),
      let argument = writer.write(plain, as: .sum, period: 2 * .pi)
    else { return nil }
    return replacing(nodes, position, argument, function: function)
  }
}
