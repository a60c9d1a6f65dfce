import Arrays
import Foundation

/// A function of each element by itself. It is computed in 64 bits and rounded to the type of its input.
struct UnaryOperation: Operation {
  let function: UnaryFunction

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    switch input.elements {
    case .float32(let values):
      return [NumericArray(shape: input.shape, elements: .float32(function.values(values)))]
    case .float64(let values):
      return [NumericArray(shape: input.shape, elements: .float64(function.values(values)))]
    case .int32(let values):
      return [NumericArray(shape: input.shape, elements: .int32(try whole(values)))]
    case .int64(let values):
      return [NumericArray(shape: input.shape, elements: .int64(try whole(values)))]
    case .uint8, .bool, .text:
      throw OperationFault("it does not take elements of the type \(input.elements.typeName)")
    }
  }

  private func whole<Whole: FixedWidthInteger & SignedInteger>(
    _ values: [Whole]
  ) throws(OperationFault) -> [Whole] {
    switch function {
    case .negative: values.map { 0 &- $0 }
    case .absolute: values.map { $0 < 0 ? 0 &- $0 : $0 }
    case .sign: values.map { $0.signum() }
    case .relu: values.map { max($0, 0) }
    default: throw OperationFault("it does not take whole numbers")
    }
  }
}

/// The functions of one number, each as ONNX defines it.
enum UnaryFunction: Sendable {
  case relu, tanh, sigmoid, softplus, softsign, mish, hardSwish
  case leakyRelu(alpha: Double), elu(alpha: Double), celu(alpha: Double), thresholdedRelu(alpha: Double)
  case selu(alpha: Double, gamma: Double), hardSigmoid(alpha: Double, beta: Double)
  case gelu, geluByTanh, swish(alpha: Double)
  case exp, log, sqrt, reciprocal, negative, absolute, sign, erf, floor, ceil, round
  case sin, cos, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh
  case clip(lower: Double, upper: Double)

  /// The function of each of `values`.
  func values<Real: BinaryFloatingPoint>(_ values: [Real]) -> [Real] {
    switch self {
    case .relu: each(values) { $0 < 0 ? 0 : $0 }
    case .leakyRelu(let alpha): each(values) { $0 < 0 ? alpha * $0 : $0 }
    case .thresholdedRelu(let alpha): each(values) { $0 > alpha ? $0 : 0 }
    case .elu(let alpha): each(values) { $0 < 0 ? alpha * expm1($0) : $0 }
    case .celu(let alpha): each(values) { $0 < 0 ? alpha * expm1($0 / alpha) : $0 }
    case .selu(let alpha, let gamma): each(values) { gamma * ($0 > 0 ? $0 : alpha * expm1($0)) }
    case .tanh: each(values) { Foundation.tanh($0) }
    case .sigmoid: each(values) { logistic($0) }
    case .swish(let alpha): each(values) { $0 * logistic(alpha * $0) }
    case .softplus: each(values) { logarithmOfOnePlusExponential($0) }
    case .softsign: each(values) { $0 / (1 + abs($0)) }
    case .mish: each(values) { $0 * Foundation.tanh(logarithmOfOnePlusExponential($0)) }
    case .hardSigmoid(let alpha, let beta): each(values) { max(0, min(1, alpha * $0 + beta)) }
    case .hardSwish: each(values) { $0 * max(0, min(1, $0 / 6 + 0.5)) }
    case .gelu: each(values) { 0.5 * $0 * erfc(-$0 * 0.5.squareRoot()) }
    case .geluByTanh:
      each(values) { value in
        let inner = (2 / Double.pi).squareRoot() * (value + 0.044715 * value * value * value)
        return 0.5 * value * (1 + Foundation.tanh(inner))
      }
    case .exp: each(values) { Foundation.exp($0) }
    case .log: each(values) { Foundation.log($0) }
    case .sqrt: each(values) { $0.squareRoot() }
    case .reciprocal: each(values) { 1 / $0 }
    case .negative: each(values) { -$0 }
    case .absolute: each(values) { abs($0) }
    case .sign: each(values) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case .erf: each(values) { Foundation.erf($0) }
    case .floor: each(values) { $0.rounded(.down) }
    case .ceil: each(values) { $0.rounded(.up) }
    case .round: each(values) { $0.rounded(.toNearestOrEven) }
    case .sin: each(values) { Foundation.sin($0) }
    case .cos: each(values) { Foundation.cos($0) }
    case .tan: each(values) { Foundation.tan($0) }
    case .asin: each(values) { Foundation.asin($0) }
    case .acos: each(values) { Foundation.acos($0) }
    case .atan: each(values) { Foundation.atan($0) }
    case .sinh: each(values) { Foundation.sinh($0) }
    case .cosh: each(values) { Foundation.cosh($0) }
    case .asinh: each(values) { Foundation.asinh($0) }
    case .acosh: each(values) { Foundation.acosh($0) }
    case .atanh: each(values) { Foundation.atanh($0) }
    case .clip(let lower, let upper): each(values) { $0 < lower ? lower : $0 > upper ? upper : $0 }
    }
  }
}

/// Written so that each function of one number becomes a loop of its own.
@inline(__always)
private func each<Real: BinaryFloatingPoint>(_ values: [Real], _ function: (Double) -> Double) -> [Real] {
  values.map { Real(function(Double($0))) }
}

/// 1 / (1 + exp(-x)), without overflow on the way.
@inline(__always)
private func logistic(_ value: Double) -> Double {
  if value >= 0 { return 1 / (1 + exp(-value)) }
  let small = exp(value)
  return small / (1 + small)
}

/// log(1 + exp(x)), without overflow on the way.
@inline(__always)
private func logarithmOfOnePlusExponential(_ value: Double) -> Double {
  (value > 0 ? value : value.isNaN ? value : 0) + log1p(exp(-abs(value)))
}
