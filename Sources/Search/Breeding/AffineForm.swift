import Expressions
import Foundation

/// Writing `a·f + b` with as few nodes as possible, and taking it apart again.
///
/// Candidates are scored through their best `a·f + b`, so an expression need not carry an outer factor or term while
/// it evolves. When it is shown, the factor and the term go into constants it already has wherever that keeps every value
/// (3·(2·x) is 6·x; log(2·x) + 1 is log(5.44·x)), and are added as nodes only where nothing can take them.
enum AffineForm {
  /// Nodes `finish` may need beyond those of the expression.
  static let extraNodes = 4

  /// Drops outer factors and terms that are constants: their values are solved for, not searched for.
  ///
  /// - Returns: whether anything was dropped.
  @discardableResult
  static func strip(_ genome: inout Genome) -> Bool {
    var stripped = false
    while genome.count > 2 {
      let root = genome.nodes[genome.count - 1]
      switch Operator(rawValue: root.opcode)! {
      case .negate:
        genome.count -= 1
      case .add, .subtract, .multiply, .divide:
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
  static func finish(_ genome: inout Genome, scale: Double, shift: Double) {
    if genome.count == 1, genome.nodes[0].isConstant {
      genome.nodes[0].value = scale * genome.nodes[0].value + shift
      return
    }
    if scale != 1 {
      if canScale(genome, genome.count - 1, by: scale) {
        applyScale(genome, genome.count - 1, by: scale)
      } else {
        genome.append(.constant(scale))
        genome.append(.operation(.multiply, argumentLength: genome.count))
      }
    }
    if shift != 0 {
      if canShift(genome, genome.count - 1, by: shift) {
        applyShift(genome, genome.count - 1, by: shift)
      } else {
        genome.append(.constant(shift))
        genome.append(.operation(.add, argumentLength: genome.count))
      }
    }
  }

  /// Nodes that ``finish(_:scale:shift:)`` would add.
  static func addedNodes(_ genome: Genome, scale: Double, shift: Double) -> Int {
    let root = genome.count - 1
    return (scale == 1 || canScale(genome, root, by: scale) ? 0 : 2)
      + (shift == 0 || canShift(genome, root, by: shift) ? 0 : 2)
  }

  // MARK: - Factors

  /// Whether constants inside the subtree at `root` can take the factor.
  static func canScale(_ genome: Genome, _ root: Int, by factor: Double) -> Bool {
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
  static func canShift(_ genome: Genome, _ root: Int, by term: Double) -> Bool {
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
