import Expressions

/// Writes what is a straight line of one column with as few nodes as a line takes.
struct LineWriting {
  let operators: OperatorSet
  /// What was taken off each column; what is left of it in a line by rounding is nothing.
  let offsets: [Double]

  /// Nodes of a line.
  private static let usual = 5

  /// The formula with each part that is a line of one column as a·x + b where it stands alone, and as
  /// a·(x - x₀) inside a function, where x₀ tells more than a term of many digits.
  func written(_ formula: Formula) -> Formula {
    Formula(unchecked: written(formula, isWhole: true))
  }

  private func written(_ formula: Formula, isWhole: Bool) -> [Node] {
    let nodes = formula.nodes
    if nodes.count > 1, let line = LinearAngle(formula), line.columns.count == 1,
      nodes.count > LineWriting.usual || isWhole, let short = self.nodes(of: line, isWhole: isWhole),
      short.count <= nodes.count
    {
      return short
    }
    guard let operation = nodes[nodes.count - 1].operation else { return nodes }
    // A factor or term around the whole is no function.
    let keepsWhole = isWhole && (operation == .add || operation == .subtract)
    let arguments = formula.arguments(of: nodes.count - 1).flatMap {
      written(formula.subformula(at: $0), isWhole: keepsWhole)
    }
    return arguments + [.operation(operation, argumentLength: arguments.count)]
  }

  private func nodes(of line: LinearAngle, isWhole: Bool) -> [Node]? {
    let column = line.columns[0]
    let slope = line.coefficients[column]!
    guard slope != 0, slope.isFinite, operators.contains(.multiply) || slope == 1 else { return nil }
    var line = line
    if abs(line.phase) < 1e-13 * abs(slope * offsets[column]) { line.phase = 0 }
    if isWhole || slope == 1 {
      return shifted(scaled([.feature(column)], by: slope), by: line.phase)
    }
    let origin = -line.phase / slope
    if origin == 0 { return scaled([.feature(column)], by: slope) }
    return origin.isFinite ? shifted([.feature(column)], by: -origin).map { scaled($0, by: slope) } : nil
  }

  private func scaled(_ nodes: [Node], by factor: Double) -> [Node] {
    guard factor != 1 else { return nodes }
    return [.constant(factor)] + nodes + [.operation(.multiply, argumentLength: nodes.count + 1)]
  }

  private func shifted(_ nodes: [Node], by term: Double) -> [Node]? {
    guard term != 0 else { return nodes }
    let subtracts = operators.contains(.subtract) && (term < 0 || !operators.contains(.add))
    guard subtracts || operators.contains(.add) else { return nil }
    return nodes + [
      .constant(subtracts ? -term : term),
      .operation(subtracts ? .subtract : .add, argumentLength: nodes.count + 1),
    ]
  }
}
