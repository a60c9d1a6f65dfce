import Evaluation
import Expressions
import Foundation

/// Writing `a·f + b` with as few nodes as possible, and taking it apart again.
///
/// Candidates are scored through their best `a·f + b`, so an expression need not carry an outer factor or
/// term while it evolves. When it is shown, the factor and the term go into constants it already has wherever
/// that keeps every value (3·(2·x) is 6·x; log(2·x) + 1 is log(5.44·x)), and are added as nodes only where
/// nothing can take them.
package struct AffineForm {
  private let multiplies: Bool
  private let divides: Bool
  private let adds: Bool
  private let subtracts: Bool
  /// The operator that multiplies and adds at once, where the search has one: a node fewer.
  private let fused: Operator?
  /// What may be written around an expression.
  package let mode: AffineMode

  /// - Parameter operators: what a search may use: nothing else is added.
  package init(_ operators: OperatorSet) {
    multiplies = operators.contains(.multiply)
    divides = operators.contains(.divide)
    adds = operators.contains(.add)
    subtracts = operators.contains(.subtract)
    fused = operators.contains(.muladd) ? .muladd : operators.contains(.fma) ? .fma : nil
    let scales = multiplies || divides || fused != nil
    let shifts = adds || subtracts || fused != nil
    mode = AffineMode(rawValue: (scales ? 1 : 0) + (shifts ? 2 : 0))
  }

  /// Nodes `finish` may need beyond those of the expression.
  package static let extraNodes = 4

  /// Drops outer factors and terms that are constants: their values are solved for, not searched for.
  ///
  /// - Returns: whether anything was dropped.
  @discardableResult
  package func strip(_ genome: inout Genome) -> Bool {
    let mode = self.mode
    var stripped = false
    while genome.count > 2 {
      let root = genome.nodes[genome.count - 1]
      let operation = Operator(rawValue: root.opcode)!
      switch operation {
      case .negate:
        guard mode.contains(.scale) else { return stripped }
        genome.count -= 1
      case .add, .subtract, .multiply, .divide:
        let isTerm = operation == .add || operation == .subtract
        guard mode.contains(isTerm ? .shift : .scale), !(operation == .subtract && !mode.contains(.scale))
        else {
          return stripped
        }
        let right = genome.count - 2
        let left = genome.start(of: right) - 1
        let divides = root.opcode == Operator.divide.rawValue
        if genome.nodes[right].isConstant && !(divides && genome.nodes[right].value == 0) {
          genome.count = left + 1
        } else if genome.nodes[left].isConstant && !divides {
          let start = genome.start(of: right)
          let length = right + 1 - start
          for offset in 0..<length { genome.nodes[offset] = genome.nodes[start + offset] }
          genome.count = length
        } else {
          return stripped
        }
      default:
        return stripped
      }
      stripped = true
    }
    return stripped
  }

  /// Writes `scale · genome + shift` over `genome`, whose memory has ``extraNodes`` nodes to spare.
  package func finish(_ genome: inout Genome, scale: Double, shift: Double) {
    if genome.count == 1, genome.nodes[0].isConstant {
      genome.nodes[0].value = scale * genome.nodes[0].value + shift
      return
    }
    let root = genome.count - 1
    let scales = scale != 1 && !AffineForm.canScale(genome, root, by: scale)
    let shifts = shift != 0 && (scales || !AffineForm.canShift(genome, root, by: shift))
    if let fused, scales || shifts, (scales && shifts) || !has(scales: scales, shifts: shifts) {
      genome.append(.constant(scale))
      genome.append(.constant(shift))
      genome.append(.operation(fused, argumentLength: genome.count))
      return
    }
    if shifts, !scales, fusesIntoLogarithm(genome, term: shift) {
      if scale != 1 { AffineForm.applyScale(genome, root, by: scale) }
      fuseIntoLogarithm(&genome, factor: Foundation.exp(shift))
      return
    }
    if scales {
      genome.append(.constant(multiplies ? scale : 1 / scale))
      genome.append(.operation(multiplies ? .multiply : .divide, argumentLength: genome.count))
    } else if scale != 1 {
      AffineForm.applyScale(genome, root, by: scale)
    }
    if shifts {
      let takesAway = subtracts && (shift < 0 || !adds)
      genome.append(.constant(takesAway ? -shift : shift))
      genome.append(.operation(takesAway ? .subtract : .add, argumentLength: genome.count))
    } else if shift != 0 {
      AffineForm.applyShift(genome, genome.count - 1, by: shift)
    }
  }

  /// Whether the plain operators for what is to be written are there.
  private func has(scales: Bool, shifts: Bool) -> Bool {
    (!scales || multiplies || divides) && (!shifts || adds || subtracts)
  }

  /// Nodes that ``finish(_:scale:shift:)`` would add.
  package func addedNodes(_ genome: Genome, scale: Double, shift: Double) -> Int {
    let root = genome.count - 1
    let scales = scale != 1 && !AffineForm.canScale(genome, root, by: scale)
    let shifts = shift != 0 && (scales || !AffineForm.canShift(genome, root, by: shift))
    if fused != nil, scales || shifts, (scales && shifts) || !has(scales: scales, shifts: shifts) { return 3 }
    if shifts, !scales, fusesIntoLogarithm(genome, term: shift) { return 1 }
    return (scales ? 2 : 0) + (shifts ? 2 : 0)
  }

  /// Whether the root is a logarithm of something and a constant, so that log(g + c) + b can become
  /// log(muladd(g, e^b, c·e^b)): a node more instead of two.
  private func fusesIntoLogarithm(_ genome: Genome, term: Double) -> Bool {
    guard fused != nil, genome.count >= 4, AffineForm.usable(Foundation.exp(term)) else { return false }
    let sum = genome.count - 2
    guard genome.nodes[sum + 1].opcode == Operator.log.rawValue else { return false }
    let operation = genome.nodes[sum].operation
    guard operation == .add || operation == .subtract else { return false }
    return genome.nodes[sum - 1].isConstant || genome.nodes[AffineForm.left(genome, sum)].isConstant
  }

  private func fuseIntoLogarithm(_ genome: inout Genome, factor: Double) {
    let sum = genome.count - 2
    let subtracts = genome.nodes[sum].operation == .subtract
    var (inner, term) = (factor, factor)
    if genome.nodes[sum - 1].isConstant {
      term *= subtracts ? -genome.nodes[sum - 1].value : genome.nodes[sum - 1].value
    } else {
      let constant = AffineForm.left(genome, sum)
      term *= genome.nodes[constant].value
      if subtracts { inner = -inner }
      for index in constant..<(sum - 1) { genome.nodes[index] = genome.nodes[index + 1] }
    }
    genome.count = sum - 1
    genome.append(.constant(inner))
    genome.append(.constant(term))
    genome.append(.operation(fused ?? .muladd, argumentLength: genome.count))
    genome.append(.operation(.log, argumentLength: genome.count))
    genome.relength()
  }

  // MARK: - Factors

  /// Whether constants inside the subtree at `root` can take the factor.
  package static func canScale(_ genome: Genome, _ root: Int, by factor: Double) -> Bool {
    let node = genome.nodes[root]
    if node.isConstant { return usable(node.value * factor) }
    guard let operation = node.operation else { return false }
    let right = root - 1
    switch operation {
    case .multiply:
      return canScale(genome, left(genome, root), by: factor) || canScale(genome, right, by: factor)
    case .divide:
      return canScale(genome, left(genome, root), by: factor) || canScale(genome, right, by: 1 / factor)
    case .add, .subtract:
      return canScale(genome, left(genome, root), by: factor) && canScale(genome, right, by: factor)
    case .negate: return canScale(genome, right, by: factor)
    case .inverse: return canScale(genome, right, by: 1 / factor)
    case .square: return factor > 0 && canScale(genome, right, by: factor.squareRoot())
    case .sqrt: return factor > 0 && canScale(genome, right, by: factor * factor)
    case .cube: return canScale(genome, right, by: cbrt(factor))
    case .exp: return factor > 0 && canShift(genome, right, by: Foundation.log(factor))
    default: return false
    }
  }

  private static func applyScale(_ genome: Genome, _ root: Int, by factor: Double) {
    let node = genome.nodes[root]
    if node.isConstant {
      genome.nodes[root].value *= factor
      return
    }
    let right = root - 1
    switch node.operation! {
    case .multiply:
      let first = left(genome, root)
      applyScale(genome, canScale(genome, first, by: factor) ? first : right, by: factor)
    case .divide:
      let first = left(genome, root)
      if canScale(genome, first, by: factor) {
        applyScale(genome, first, by: factor)
      } else {
        applyScale(genome, right, by: 1 / factor)
      }
    case .add, .subtract:
      applyScale(genome, left(genome, root), by: factor)
      applyScale(genome, right, by: factor)
    case .negate: applyScale(genome, right, by: factor)
    case .inverse: applyScale(genome, right, by: 1 / factor)
    case .square: applyScale(genome, right, by: factor.squareRoot())
    case .sqrt: applyScale(genome, right, by: factor * factor)
    case .cube: applyScale(genome, right, by: cbrt(factor))
    default: applyShift(genome, right, by: Foundation.log(factor))
    }
  }

  // MARK: - Terms

  /// Whether constants inside the subtree at `root` can take the term.
  package static func canShift(_ genome: Genome, _ root: Int, by term: Double) -> Bool {
    let node = genome.nodes[root]
    if node.isConstant { return (node.value + term).isFinite }
    guard let operation = node.operation else { return false }
    let right = root - 1
    switch operation {
    case .add: return canShift(genome, left(genome, root), by: term) || canShift(genome, right, by: term)
    case .subtract:
      return canShift(genome, left(genome, root), by: term) || canShift(genome, right, by: -term)
    case .negate: return canShift(genome, right, by: -term)
    case .log:
      let factor = Foundation.exp(term)
      return usable(factor) && canScale(genome, right, by: factor)
    default: return false
    }
  }

  private static func applyShift(_ genome: Genome, _ root: Int, by term: Double) {
    let node = genome.nodes[root]
    if node.isConstant {
      genome.nodes[root].value += term
      return
    }
    let right = root - 1
    switch node.operation! {
    case .add:
      let first = left(genome, root)
      applyShift(genome, canShift(genome, first, by: term) ? first : right, by: term)
    case .subtract:
      let first = left(genome, root)
      if canShift(genome, first, by: term) {
        applyShift(genome, first, by: term)
      } else {
        applyShift(genome, right, by: -term)
      }
    case .negate: applyShift(genome, right, by: -term)
    default: applyScale(genome, right, by: Foundation.exp(term))
    }
  }

  /// Root of the left argument of the binary operator at `root`.
  private static func left(_ genome: Genome, _ root: Int) -> Int { genome.start(of: root - 1) - 1 }

  private static func usable(_ value: Double) -> Bool {
    value.isFinite && value != 0 && value.magnitude > 1e-300
  }
}
