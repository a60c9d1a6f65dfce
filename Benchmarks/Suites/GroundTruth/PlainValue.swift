import Expressions
import Foundation

/// The value of a law at one point by the system's mathematical functions: the data and the judge's truth do
/// not come from the kernels that are being measured.
enum PlainValue {
  /// The value of `formula` at `features`; NaN where it is not defined or holds an operator no law needs.
  static func of(_ formula: Formula, features: [Double]) -> Double {
    formula.reduce(leaf: { $0.isFeature ? features[Int($0.feature)] : $0.value }) { operation, arguments in
      let first = arguments[arguments.startIndex]
      let last = arguments[arguments.endIndex - 1]
      return switch operation {
      case .add: first + last
      case .subtract: first - last
      case .multiply: first * last
      case .divide: first / last
      case .power: pow(first, last)
      case .negate: -first
      case .square: first * first
      case .sqrt: first.squareRoot()
      case .exp: exp(first)
      case .log: log(first)
      case .sin: sin(first)
      case .cos: cos(first)
      case .tanh: tanh(first)
      case .asin: asin(first)
      case .acos: acos(first)
      default: .nan
      }
    }
  }
}
