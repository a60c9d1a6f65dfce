import Expressions
import Foundation

/// A formula with the questions that ``Plainness`` asks about its nodes.
struct PlainnessTree {
  let nodes: [Node]
  private let parents: [Int?]
  private let formula: Formula

  init(_ formula: Formula) {
    self.formula = formula
    nodes = formula.nodes
    var parents = [Int?](repeating: nil, count: formula.nodes.count)
    for position in formula.nodes.indices where !formula.nodes[position].isLeaf {
      for argument in formula.arguments(of: position) { parents[argument] = position }
    }
    self.parents = parents
  }

  /// Positions of the constants.
  var constants: [Int] { nodes.indices.filter { nodes[$0].isConstant } }

  /// Positions of the nodes of the subtree at `root`.
  func subtree(_ root: Int) -> Range<Int> { (root + 1 - Int(nodes[root].length))..<(root + 1) }

  /// The column that a constant is added to or taken from; nil for other constants.
  func columnBeside(_ constant: Int) -> Int? {
    guard let parent = parents[constant],
      nodes[parent].operation == .add || nodes[parent].operation == .subtract
    else { return nil }
    return formula.arguments(of: parent).first { nodes[$0].isFeature }.map { Int(nodes[$0].feature) }
  }

  /// The positions of a node's arguments.
  func arguments(_ position: Int) -> [Int] { formula.arguments(of: position) }

  /// The column of a sum of a constant and something algebraic in that column alone, perhaps under roots, powers
  /// and constant factors; nil for anything else.
  func shiftedColumn(_ root: Int) -> Int? {
    if nodes[root].operation == .sqrt || nodes[root].operation == .square { return shiftedColumn(root - 1) }
    if nodes[root].operation == .multiply || nodes[root].operation == .divide {
      let others = arguments(root).filter { !nodes[$0].isConstant }
      return others.count == 1 ? shiftedColumn(others[0]) : nil
    }
    if let power = power(root), nodes[power.exponent].isConstant { return shiftedColumn(power.base) }
    guard nodes[root].operation == .add || nodes[root].operation == .subtract,
      arguments(root).contains(where: { nodes[$0].isConstant }), !hasFunction(root)
    else { return nil }
    let columns = Set(subtree(root).filter { nodes[$0].isFeature }.map { Int(nodes[$0].feature) })
    return columns.count == 1 ? columns.first : nil
  }

  /// Whether a sine, cosine or tangent of a column occurs in the subtree at `root`.
  func hasPeriod(inColumn column: Int, below root: Int) -> Bool {
    subtree(root).contains { position in
      nodes[position].operation?.isPeriodic == true
        && subtree(position).contains { nodes[$0].isFeature && Int(nodes[$0].feature) == column }
    }
  }

  /// Whether a column occurs in the subtree at `root`.
  func hasColumn(_ root: Int) -> Bool { subtree(root).contains { nodes[$0].isFeature } }

  /// Whether a function other than powers and roots occurs there.
  func hasFunction(_ root: Int) -> Bool { subtree(root).contains { isTranscendental($0) } }

  /// Base and exponent of a power.
  func power(_ position: Int) -> (base: Int, exponent: Int)? {
    guard nodes[position].operation == .power else { return nil }
    let arguments = formula.arguments(of: position)
    return (arguments[0], arguments[1])
  }

  /// The exponent of a power, where it is a constant.
  func constantExponent(_ position: Int) -> Double? {
    power(position).flatMap { nodes[$0.exponent].isConstant ? nodes[$0.exponent].value : nil }
  }

  /// The root of a function, or a fitted power, directly inside a function, or of a function inside a power that is
  /// fitted.
  func transcendentalArgument(_ position: Int) -> Int? {
    guard let inner = innermost(position), isTranscendental(inner) || isBroken(inner) else { return nil }
    // A power of a power is a power.
    if power(position) != nil, !isTranscendental(inner) { return nil }
    // A function and its inverse, and exp(c·log x), are other ways to write powers.
    let pair = (nodes[position].operation, nodes[inner].operation)
    return pair == (.exp, .log) || pair == (.log, .exp) ? nil : inner
  }

  /// Whether a node is a power with a fitted exponent.
  private func isBroken(_ position: Int) -> Bool {
    guard let exponent = constantExponent(position) else { return false }
    return exponent != (2 * exponent).rounded() / 2
  }

  /// The argument of a function, or the base of a power with a broken exponent, without constant factors and
  /// terms.
  private func innermost(_ position: Int) -> Int? {
    if let power = power(position) {
      guard nodes[power.exponent].isConstant else { return nil }
      let exponent = nodes[power.exponent].value
      return exponent == (2 * exponent).rounded() / 2 && abs(exponent) < 10
        ? nil : withoutConstants(power.base)
    }
    return isTranscendental(position) ? withoutConstants(position - 1) : nil
  }

  private func withoutConstants(_ position: Int) -> Int {
    guard let operation = nodes[position].operation, nodes[position].arity == 2, operation != .power else {
      return position
    }
    let others = formula.arguments(of: position).filter { !nodes[$0].isConstant }
    return others.count == 1 ? withoutConstants(others[0]) : position
  }

  private func isTranscendental(_ position: Int) -> Bool {
    guard let operation = nodes[position].operation, nodes[position].arity == 1 else {
      return power(position).map { !nodes[$0.exponent].isConstant } ?? false
    }
    switch operation {
    case .square, .cube, .sqrt, .cbrt, .inverse, .negate, .abs, .sign, .round, .floor, .ceil: return false
    default: return true
    }
  }
}
