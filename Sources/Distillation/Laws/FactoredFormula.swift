import Expressions
import Foundation

/// A formula as a number times a shape that has no factor of its own: 0.3 · r − 0.27 is 0.3 · (r − 0.9).
package struct FactoredFormula {
  /// The number.
  package private(set) var factor: Double
  /// The rest; the constant 1 where there is none.
  package private(set) var shape: Formula
  /// For each constant of the shape its number in the original formula; nil where it was computed.
  package private(set) var constants: [Int?]

  /// Takes the factor out of a formula.
  package init(_ formula: Formula) {
    var numbers: [Int] = []
    var count = 0
    for node in formula.nodes {
      numbers.append(count)
      count += node.isConstant ? 1 : 0
    }
    self.init(formula, at: formula.nodes.count - 1, numbers)
  }

  private init(_ factor: Double, _ shape: Formula, _ constants: [Int?]) {
    self.factor = factor
    self.shape = shape
    self.constants = constants
  }

  private init(_ formula: Formula, at position: Int, _ numbers: [Int]) {
    let whole = formula.subformula(at: position)
    let first = numbers[position + 1 - whole.nodes.count]
    self.init(1, whole, (0..<whole.constants.count).map { first + $0 })
    let arguments = formula.arguments(of: position)
    guard let operation = formula.nodes[position].operation else {
      if formula.nodes[position].isConstant {
        self.init(formula.nodes[position].value, .constant(1), [nil])
      }
      return
    }
    let parts = arguments.map { FactoredFormula(formula, at: $0, numbers) }
    guard let found = FactoredFormula.combined(operation, parts), found.factor.isFinite, found.factor != 0
    else {
      return
    }
    self = found
  }

  private var isOne: Bool { shape.nodes.count == 1 && shape.nodes[0].isConstant }

  /// The value where it is a number.
  private var number: Double? { isOne ? factor : nil }

  private static func combined(_ operation: Operator, _ parts: [FactoredFormula]) -> FactoredFormula? {
    switch operation {
    case .negate: return FactoredFormula(-parts[0].factor, parts[0].shape, parts[0].constants)
    case .multiply, .divide:
      let isQuotient = operation == .divide
      let factor = isQuotient ? parts[0].factor / parts[1].factor : parts[0].factor * parts[1].factor
      if parts[1].isOne { return FactoredFormula(factor, parts[0].shape, parts[0].constants) }
      if parts[0].isOne, isQuotient, let inverse = inverse(of: parts[1]) {
        return FactoredFormula(factor, inverse.shape, inverse.constants)
      }
      if parts[0].isOne, !isQuotient { return FactoredFormula(factor, parts[1].shape, parts[1].constants) }
      return FactoredFormula(
        factor, .apply(operation, parts[0].shape, parts[1].shape), parts[0].constants + parts[1].constants)
    case .add: return sum(parts[0], parts[1], sign: 1)
    case .subtract: return sum(parts[0], parts[1], sign: -1)
    case .square: return raised(parts[0], operation, parts[0].factor * parts[0].factor)
    case .sqrt: return parts[0].factor > 0 ? raised(parts[0], operation, parts[0].factor.squareRoot()) : nil
    case .inverse: return raised(parts[0], operation, 1 / parts[0].factor)
    case .power:
      guard let exponent = parts[1].number, parts[0].factor > 0, !parts[0].isOne else { return nil }
      return FactoredFormula(
        pow(parts[0].factor, exponent), .apply(.power, parts[0].shape, .constant(exponent)),
        parts[0].constants + parts[1].constants)
    case .ifElse:
      // A factor of one side is a factor of the whole where the other side is nothing.
      let none = FactoredFormula(1, .constant(0), [nil])
      let condition = parts[0]
      guard condition.factor == 1 else { return nil }
      for (side, other) in [(1, 2), (2, 1)] where parts[other].number == 0 {
        let sides = side == 1 ? [parts[1], none] : [none, parts[2]]
        return FactoredFormula(
          parts[side].factor, .apply(.ifElse, condition.shape, sides[0].shape, sides[1].shape),
          condition.constants + sides[0].constants + sides[1].constants)
      }
      return nil
    default: return nil
    }
  }

  /// One over a quotient: the quotient the other way round.
  private static func inverse(of part: FactoredFormula) -> (shape: Formula, constants: [Int?])? {
    let (shape, last) = (part.shape, part.shape.nodes.count - 1)
    guard shape.nodes[last].operation == .divide else { return nil }
    let sides = shape.arguments(of: last).map { shape.subformula(at: $0) }
    let first = sides[0].constants.count
    return (
      .apply(.divide, sides[1], sides[0]),
      Array(part.constants.dropFirst(first)) + Array(part.constants.prefix(first))
    )
  }

  private static func raised(
    _ base: FactoredFormula, _ operation: Operator, _ factor: Double
  ) -> FactoredFormula? {
    base.isOne ? nil : FactoredFormula(factor, .apply(operation, base.shape), base.constants)
  }

  /// The sum with the first term's factor taken out, or the second's where the first is a number.
  private static func sum(
    _ left: FactoredFormula, _ right: FactoredFormula, sign: Double
  ) -> FactoredFormula? {
    guard !(left.isOne && right.isOne) else { return nil }
    let (first, second) = left.isOne ? (right, left) : (left, right)
    let ratio = sign * second.factor / first.factor
    let operation: Operator = ratio < 0 ? .subtract : .add
    var (term, constants) = (second.shape, second.constants)
    if second.isOne {
      term = .constant(abs(ratio))
    } else if abs(ratio) != 1 {
      (term, constants) = (.apply(.multiply, .constant(abs(ratio)), second.shape), [nil] + constants)
    }
    let factor = left.isOne ? sign * first.factor : first.factor
    return FactoredFormula(factor, .apply(operation, first.shape, term), first.constants + constants)
  }
}
