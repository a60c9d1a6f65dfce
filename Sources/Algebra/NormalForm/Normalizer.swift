import Expressions

/// What is known about the columns beyond that they hold real numbers.
public struct Assumptions: Hashable, Sendable {
  /// Indices of the features that are positive.
  public var positiveFeatures: Set<Int>

  /// Assumptions; by default none.
  public init(positiveFeatures: Set<Int> = []) { self.positiveFeatures = positiveFeatures }
}

/// Brings formulas to normal form: a quotient of polynomials over generators of which few relations are left.
///
/// Roots and powers with fractional exponents are powers of factors, exponentials powers of exponentials of
/// single terms, sines and cosines exponentials of imaginary terms, hyperbolic functions exponentials, and
/// logarithms sums of logarithms of factors. A step is taken only where it keeps the value at every point at
/// which all formulas of the comparison are defined: sqrt(x²) is |x| unless x is known not to be negative.
/// What the formulas themselves say about signs, as log(x) does about x, is collected in ``facts``.
final class Normalizer {
  /// What is known about the sign of a polynomial.
  struct Sign {
    /// 1 or -1: not negative, or not positive.
    let value: Int
    /// Whether it is not zero either.
    let isStrict: Bool
  }

  let workspace: Workspace
  let assumptions: Assumptions
  /// Signs of polynomials in their primitive form.
  var facts: [Polynomial: Sign] = [:]
  /// Polynomials of several terms by which others are divided when they are taken apart.
  var bases: [Polynomial] = []
  /// Whether the arguments of roots and logarithms now met must be in their domains.
  var collectsFacts = true

  init(work: Int, assumptions: Assumptions) {
    workspace = Workspace(work: work)
    self.assumptions = assumptions
  }

  /// The normal form.
  ///
  /// - Throws: ``AlgebraLimit`` when it would be too large, or the formula is defined nowhere.
  func normalForm(of formula: Formula) throws(AlgebraLimit) -> Quotient {
    let isConditional = Normalizer.conditional(formula)
    var stack: [Quotient] = []
    for (position, node) in formula.nodes.enumerated() {
      if node.isConstant {
        stack.append(constant(node.value))
      } else if node.isFeature {
        stack.append(Quotient(generator: workspace.generator(.feature(Int(node.feature)))))
      } else if let operation = node.operation {
        collectsFacts = !isConditional[position]
        let arguments = Array(stack.suffix(operation.arity))
        stack.removeLast(operation.arity)
        stack.append(try apply(operation, arguments))
      }
    }
    return stack[0]
  }

  /// The circle's constant for its double, else the decimal that the constant's text says.
  private func constant(_ value: Double) -> Quotient {
    if value.magnitude == .pi {
      return Quotient(generator: workspace.generator(.pi)).scaled(by: Rational(value < 0 ? -1 : 1))
    }
    return Quotient(Rational(decimal: value))
  }

  /// Which nodes stand in a branch that need not be taken, or below a power, whose value may not depend on
  /// them.
  private static func conditional(_ formula: Formula) -> [Bool] {
    var result = [Bool](repeating: false, count: formula.nodes.count)
    for (position, node) in formula.nodes.enumerated() {
      guard let operation = node.operation else { continue }
      let hidden: ArraySlice<Int>
      switch operation {
      case .condition: hidden = formula.arguments(of: position)[1...]
      case .ifElse: hidden = formula.arguments(of: position)[1...]
      case .power:
        let arguments = formula.arguments(of: position)
        let exponent = formula.nodes[arguments[1]]
        hidden = exponent.isConstant && exponent.value != 0 ? arguments[..<0] : arguments[...]
      default: continue
      }
      for root in hidden {
        for inner in (root + 1 - Int(formula.nodes[root].length))...root { result[inner] = true }
      }
    }
    return result
  }
}
