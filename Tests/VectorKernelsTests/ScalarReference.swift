import CVectorKernels
import Foundation

/// What each operator should give, written as plainly as possible.
func reference(_ opcode: UInt8, _ x: Double, _ y: Double, _ z: Double) -> Double {
  func truth(_ value: Bool) -> Double { x.isNaN || y.isNaN ? .nan : value ? 1 : 0 }
  func maximum(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
  func minimum(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : min(a, b) }
  func modulo(_ a: Double, _ b: Double) -> Double {
    let remainder = fmod(a, b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }
  switch vk_opcode(rawValue: UInt32(opcode)) {
  case VK_ADD: return x + y
  case VK_SUBTRACT: return x - y
  case VK_MULTIPLY: return x * y
  case VK_DIVIDE: return x / y
  case VK_POWER: return x.isNaN || y.isNaN ? .nan : pow(x, y)
  case VK_MAXIMUM: return maximum(x, y)
  case VK_MINIMUM: return minimum(x, y)
  case VK_MODULO: return modulo(x, y)
  case VK_GREATER: return truth(x > y)
  case VK_GREATER_OR_EQUAL: return truth(x >= y)
  case VK_LESS: return truth(x < y)
  case VK_LESS_OR_EQUAL: return truth(x <= y)
  case VK_CONDITION: return x.isNaN ? .nan : x > 0 ? y : 0
  case VK_LOGICAL_OR: return truth(x > 0 || y > 0)
  case VK_LOGICAL_AND: return truth(x > 0 && y > 0)
  case VK_NEGATE: return -x
  case VK_SQUARE: return x * x
  case VK_CUBE: return x * x * x
  case VK_CBRT: return cbrt(x)
  case VK_SQRT: return x.squareRoot()
  case VK_ABS: return abs(x)
  case VK_SIGN: return x.isNaN ? .nan : x > 0 ? 1 : x < 0 ? -1 : 0
  case VK_INVERSE: return 1 / x
  case VK_EXP: return exp(x)
  case VK_LOG: return log(x)
  case VK_LOG10: return log10(x)
  case VK_LOG2: return log2(x)
  case VK_LOG1P: return log1p(x)
  case VK_SIN: return sin(x)
  case VK_COS: return cos(x)
  case VK_TAN: return tan(x)
  case VK_ASIN: return asin(x)
  case VK_ACOS: return acos(x)
  case VK_ATAN: return atan(x)
  case VK_SINH: return sinh(x)
  case VK_COSH: return cosh(x)
  case VK_TANH: return tanh(x)
  case VK_ASINH: return asinh(x)
  case VK_ACOSH: return acosh(x)
  case VK_ATANH: return atanh(x)
  case VK_ATANH_CLIP: return atanh(modulo(x + 1, 2) - 1)
  case VK_ERF: return erf(x)
  case VK_ERFC: return erfc(x)
  case VK_GAMMA: return tgamma(x)
  case VK_RELU: return x.isNaN ? .nan : max(0, x)
  case VK_SINC:
    if x == 0 { return 1 }
    let nearest = x.rounded()
    let sine = sin(.pi * (x - nearest)) * (nearest.remainder(dividingBy: 2) == 0 ? 1 : -1)
    return x.isInfinite ? 0 : sine / (.pi * x)
  case VK_ROUND: return x.rounded(.toNearestOrEven)
  case VK_FLOOR: return x.rounded(.down)
  case VK_CEIL: return x.rounded(.up)
  case VK_CLAMP: return minimum(maximum(x, y), z)
  case VK_FMA, VK_MULADD: return (x * y) + z
  case VK_MAXIMUM3: return maximum(maximum(x, y), z)
  case VK_MINIMUM3: return minimum(minimum(x, y), z)
  case VK_IF_ELSE: return x.isNaN ? .nan : x > 0 ? y : z
  default: return .nan
  }
}

let binaryCodes = Array(code(VK_ADD)...code(VK_LOGICAL_AND))
let unaryCodes = Array(code(VK_NEGATE)...code(VK_CEIL))
let ternaryCodes = Array(code(VK_CLAMP)...code(VK_IF_ELSE))
let allCodes = binaryCodes + unaryCodes + ternaryCodes

func arity(_ opcode: UInt8) -> Int { opcode < 20 ? 2 : opcode < 56 ? 1 : 3 }
