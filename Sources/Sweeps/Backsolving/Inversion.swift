import Expressions
import Foundation

/// What an argument of an operator would have to be for the operator to give a wanted value.
package enum Inversion {
  /// The argument's wanted value and the derivative of the operator by it there; nil where there is none.
  ///
  /// - Parameters:
  ///   - wanted: the operator's wanted value.
  ///   - own: the argument's present value, which decides between branches.
  ///   - other: the other argument's value, of a binary operator.
  ///   - isLeft: whether the argument is the left one.
  package static func argument(
    _ operation: Operator, wanted: Double, own: Double, other: Double, isLeft: Bool
  ) -> (value: Double, slope: Double)? {
    let result: (Double, Double)
    switch operation {
    case .add: result = (wanted - other, 1)
    case .subtract: result = isLeft ? (wanted + other, 1) : (other - wanted, -1)
    case .multiply: result = (wanted / other, other)
    case .divide:
      if isLeft {
        result = (wanted * other, 1 / other)
      } else {
        let value = other / wanted
        result = (value, -other / (value * value))
      }
    case .power:
      if isLeft {
        let root = Foundation.pow(abs(wanted), 1 / other)
        guard wanted > 0 || other == other.rounded() else { return nil }
        let value = own < 0 ? -root : root
        result = (value, other * Foundation.pow(value, other - 1))
      } else {
        let logarithm = Foundation.log(other)
        result = (Foundation.log(wanted) / logarithm, wanted * logarithm)
      }
    case .negate: result = (-wanted, -1)
    case .inverse: result = (1 / wanted, -wanted * wanted)
    case .square:
      guard wanted >= 0 else { return nil }
      let root = own < 0 ? -wanted.squareRoot() : wanted.squareRoot()
      result = (root, 2 * root)
    case .cube:
      let root = cbrt(wanted)
      result = (root, 3 * root * root)
    case .sqrt:
      guard wanted > 0 else { return nil }
      result = (wanted * wanted, 0.5 / wanted)
    case .exp: result = (Foundation.log(wanted), wanted)
    case .log:
      let value = Foundation.exp(wanted)
      result = (value, 1 / value)
    case .sin:
      // The branch on which the argument is.
      let base = Foundation.asin(wanted)
      let turns = (own / .pi).rounded()
      let value = turns * .pi + (turns.truncatingRemainder(dividingBy: 2) == 0 ? base : -base)
      result = (value, Foundation.cos(value))
    case .cos:
      let base = Foundation.acos(wanted)
      let turns = (own / .pi).rounded(.down)
      let value = turns * .pi + (turns.truncatingRemainder(dividingBy: 2) == 0 ? base : .pi - base)
      result = (value, -Foundation.sin(value))
    case .tanh: result = (Foundation.atanh(wanted), 1 - wanted * wanted)
    case .asin: result = (Foundation.sin(wanted), 1 / Foundation.cos(wanted))
    case .acos: result = (Foundation.cos(wanted), -1 / Foundation.sin(wanted))
    case .atan: result = (Foundation.tan(wanted), Foundation.cos(wanted) * Foundation.cos(wanted))
    default: return nil
    }
    guard abs(result.0) < 1e150, result.1.isFinite else { return nil }
    return result
  }
}
