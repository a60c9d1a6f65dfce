import Expressions
import Foundation

extension Operator {
  /// The operator's value in 64-bit arithmetic, as the vector kernels compute it up to rounding; arguments
  /// beyond the arity are ignored.
  ///
  /// NaN in, NaN out, but for the branch a condition does not take and for the two rules of C's `pow`
  /// (anything to the power 0, and 1 to any power, are 1).
  package func value(_ x: Double, _ y: Double = 0, _ z: Double = 0) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: pow(x, y)
    case .maximum: larger(x, y)
    case .minimum: smaller(x, y)
    case .modulo: floored(x, y)
    case .greater: truth(x > y, x, y)
    case .greaterOrEqual: truth(x >= y, x, y)
    case .less: truth(x < y, x, y)
    case .lessOrEqual: truth(x <= y, x, y)
    case .condition: x.isNaN ? x : x > 0 ? y : 0
    case .logicalOr: truth(x > 0 || y > 0, x, y)
    case .logicalAnd: truth(x > 0 && y > 0, x, y)
    case .negate: -x
    case .square: x * x
    case .cube: x * x * x
    case .cbrt: Foundation.cbrt(x)
    case .sqrt: x.squareRoot()
    case .abs: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .inverse: 1 / x
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .log10: Foundation.log10(x)
    case .log2: Foundation.log2(x)
    case .log1p: Foundation.log1p(x)
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .asin: Foundation.asin(x)
    case .acos: Foundation.acos(x)
    case .atan: Foundation.atan(x)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .tanh: Foundation.tanh(x)
    case .asinh: Foundation.asinh(x)
    case .acosh: Foundation.acosh(x)
    case .atanh: Foundation.atanh(x)
    case .atanhClip: Foundation.atanh(floored(x + 1, 2) - 1)
    case .erf: Foundation.erf(x)
    case .erfc: Foundation.erfc(x)
    case .gamma: tgamma(x)
    case .relu: larger(0, x)
    case .sinc: x == 0 ? 1 : Foundation.sin(.pi * x) / (.pi * x)
    case .round: x.rounded(.toNearestOrEven)
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .clamp: smaller(larger(x, y), z)
    case .fma, .muladd: x * y + z
    case .maximum3: larger(larger(x, y), z)
    case .minimum3: smaller(smaller(x, y), z)
    case .ifElse: x.isNaN ? x : x > 0 ? y : z
    }
  }
}

private func larger(_ x: Double, _ y: Double) -> Double { x.isNaN ? x : x > y ? x : y }

private func smaller(_ x: Double, _ y: Double) -> Double { x.isNaN ? x : x < y ? x : y }

private func truth(_ holds: Bool, _ x: Double, _ y: Double) -> Double {
  x.isNaN ? x : y.isNaN ? y : holds ? 1 : 0
}

/// The remainder with the divisor's sign (Julia's and Python's `mod`).
private func floored(_ x: Double, _ y: Double) -> Double {
  let remainder = fmod(x, y)
  if remainder == 0 || remainder.isNaN { return remainder }
  return (remainder < 0) != (y < 0) ? remainder + y : remainder
}
