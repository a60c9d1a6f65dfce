import Expressions

/// Evaluates a formula on rows of features: one value a row, NaN or an infinity where it is not defined.
public typealias Evaluator = @Sendable (_ formula: Formula, _ rows: [[Double]]) -> [Double]

/// Tells rows on which a formula left the range of floating-point numbers from rows on which it is not
/// defined.
///
/// ln(exp(u) - 1) has a value at u = 1000 though exp(1000) has none in double precision; ln(u - 1) has none
/// at u = 0. The first is a limit of the arithmetic and says nothing about the law, the second is a
/// difference.
enum FloatingRange {
  /// For each row, whether some operation overflowed, or lost a value to zero that then was divided by or
  /// taken the logarithm of.
  static func leavesRange(_ formula: Formula, rows: [[Double]], evaluate: Evaluator) -> [Bool] {
    guard !rows.isEmpty else { return [] }
    let values = formula.nodes.indices.map { evaluate(formula.subformula(at: $0), rows) }
    return rows.indices.map { row in
      formula.nodes.indices.contains { position in
        guard let operation = formula.nodes[position].operation, values[position][row].isFinite == false
        else { return false }
        let arguments = formula.arguments(of: position)
        guard arguments.allSatisfy({ values[$0][row].isFinite }) else { return false }
        let zeros = arguments.filter { values[$0][row] == 0 }
        if zeros.isEmpty || !zeros.contains(where: { isPole(operation, $0 == arguments.last) }) {
          return values[position][row].isInfinite && overflows.contains(operation)
        }
        return zeros.contains { isUnderflow($0, formula, values, row) }
      }
    }
  }

  private static let overflows: Set<Operator> = [
    .exp, .sinh, .cosh, .square, .cube, .power, .multiply, .divide, .inverse, .add, .subtract, .gamma,
  ]

  private static func isPole(_ operation: Operator, _ isLast: Bool) -> Bool {
    switch operation {
    case .log, .log10, .log2, .inverse: true
    case .divide: isLast
    case .power: !isLast
    default: false
    }
  }

  /// Whether the zero at `position` stands for a number too small to be held.
  private static func isUnderflow(_ position: Int, _ formula: Formula, _ values: [[Double]], _ row: Int)
    -> Bool
  {
    guard let operation = formula.nodes[position].operation else { return false }
    let arguments = formula.arguments(of: position)
    switch operation {
    case .exp: return true
    case .divide where values[arguments[0]][row] != 0: return true
    case .multiply, .power, .square, .cube, .inverse:
      let zeros = arguments.filter { values[$0][row] == 0 }
      return zeros.isEmpty || zeros.contains { isUnderflow($0, formula, values, row) }
    case .negate, .sqrt, .abs, .cbrt, .divide:
      return isUnderflow(arguments[0], formula, values, row)
    default: return false
    }
  }
}
