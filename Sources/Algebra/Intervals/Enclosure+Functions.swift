import Expressions
import Foundation

extension Enclosure {
  static func unary(_ operation: Operator, _ x: Enclosure) -> Enclosure {
    switch operation {
    case .negate: return -x
    case .square: return x.square
    case .cube: return x.power(3)
    case .abs: return x.magnitude
    case .inverse: return Enclosure(1) / x
    case .sqrt:
      let inside = x.restricted(to: 0, .infinity, isOpen: false)
      if inside.isUndefined { return inside }
      return Enclosure(
        Directed.squareRoot(inside.low).0, Directed.squareRoot(inside.high).1, inside.definedness)
    case .cbrt: return x.isPoint && x.low == 0 ? x : x.rising(Foundation.cbrt)
    case .sign:
      return Enclosure(x.low > 0 ? 1 : x.low == 0 ? 0 : -1, x.high < 0 ? -1 : x.high == 0 ? 0 : 1)
    case .relu: return Enclosure(max(0, x.low), max(0, x.high))
    case .round: return Enclosure(x.low.rounded(.toNearestOrEven), x.high.rounded(.toNearestOrEven))
    case .floor: return Enclosure(x.low.rounded(.down), x.high.rounded(.down))
    case .ceil: return Enclosure(x.low.rounded(.up), x.high.rounded(.up))
    default: return elementary(operation, x)
    }
  }

  private static func elementary(_ operation: Operator, _ x: Enclosure) -> Enclosure {
    let isZero = x.isPoint && x.low == 0
    switch operation {
    case .exp: return isZero ? Enclosure(1) : x.rising(Foundation.exp).clipped(0, .infinity)
    case .log: return x.isPoint && x.low == 1 ? Enclosure(0) : logarithm(x, Foundation.log)
    case .log10: return logarithm(x, Foundation.log10)
    case .log2: return logarithm(x, Foundation.log2)
    case .log1p:
      if isZero { return x }
      return within(x, -1, .infinity, isOpen: true, Foundation.log1p)
    case .sin: return isZero ? x : wave(x, Foundation.sin)
    case .cos: return isZero ? Enclosure(1) : wave(x, Foundation.cos)
    case .tan: return isZero ? x : wave(x, Foundation.sin) / wave(x, Foundation.cos)
    case .asin: return isZero ? x : within(x, -1, 1, isOpen: false, Foundation.asin)
    case .acos:
      let inside = x.restricted(to: -1, 1, isOpen: false)
      return inside.isUndefined ? inside : inside.falling(Foundation.acos)
    case .atan: return isZero ? x : x.rising(Foundation.atan)
    case .sinh: return isZero ? x : x.rising(Foundation.sinh)
    case .cosh:
      let size = x.magnitude
      return size.rising(Foundation.cosh).clipped(1, .infinity)
    case .tanh: return isZero ? x : x.rising(Foundation.tanh).clipped(-1, 1)
    case .asinh: return isZero ? x : x.rising(Foundation.asinh)
    case .acosh: return within(x, 1, .infinity, isOpen: false, Foundation.acosh)
    case .atanh: return isZero ? x : within(x, -1, 1, isOpen: true, Foundation.atanh)
    case .erf: return isZero ? x : x.rising(Foundation.erf).clipped(-1, 1)
    case .erfc: return isZero ? Enclosure(1) : x.falling(Foundation.erfc).clipped(0, 2)
    default: return special(operation, x)
    }
  }

  private static func special(_ operation: Operator, _ x: Enclosure) -> Enclosure {
    switch operation {
    case .gamma:
      if x.isPoint, x.low <= 0, x.low == x.low.rounded() { return .infinite }
      // Rising beyond 2; elsewhere nothing is said but for a narrow argument.
      if x.low < 2 { return Enclosure(-.infinity, .infinity, x.low > 0 ? .always : .perhaps) }
      let ends = [tgamma(x.low), tgamma(x.high)].map { ($0 * (1 - 1e-13), $0 * (1 + 1e-13)) }
      return Enclosure(ends[0].0, ends[1].1)
    case .sinc:
      if x.isPoint && x.low == 0 { return Enclosure(1) }
      if x.contains(0) { return Enclosure(-1, 1) }
      let angle = x * Enclosure(Double.pi, Double.pi.nextUp)
      return (wave(angle, Foundation.sin) / angle).clipped(-1, 1)
    case .atanhClip:
      let two = Enclosure(2)
      return elementary(.atanh, apply(.modulo, x + Enclosure(1), two) + Enclosure(-1))
    default: return .unknown
    }
  }

  private static func logarithm(_ x: Enclosure, _ function: (Double) -> Double) -> Enclosure {
    within(x, 0, .infinity, isOpen: true, function)
  }

  /// A function that rises on its domain.
  private static func within(
    _ x: Enclosure, _ least: Double, _ most: Double, isOpen: Bool, _ function: (Double) -> Double
  ) -> Enclosure {
    let inside = x.restricted(to: least, most, isOpen: isOpen)
    return inside.isUndefined ? inside : inside.rising(function)
  }

  /// A sine or cosine, whose slope is never above one.
  private static func wave(_ x: Enclosure, _ function: (Double) -> Double) -> Enclosure {
    let width = x.high - x.low
    guard width < 4, abs(x.low) < 1e15 else { return Enclosure(-1, 1) }
    let middle = x.low + width / 2
    let value = function(middle)
    let margin = (width / 2).nextUp + 8 * max(value.ulp, middle.ulp * (width > 0 ? 1 : 0))
    return Enclosure(value - margin, value + margin).clipped(-1, 1)
  }
}
