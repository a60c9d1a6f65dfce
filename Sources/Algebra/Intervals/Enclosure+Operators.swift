import Expressions
import Foundation

extension Enclosure {
  /// The operator's values over all arguments within the bounds; arguments beyond the arity are ignored.
  ///
  /// Functions of the C library count as accurate to eight units in the last place, sixteen times what their
  /// documentation states for those used here.
  package static func apply(
    _ operation: Operator, _ x: Enclosure, _ y: Enclosure = Enclosure(0), _ z: Enclosure = Enclosure(0)
  ) -> Enclosure {
    let arguments = [x, y, z].prefix(operation.arity)
    // A branch that is not taken does not count.
    if operation == .ifElse, x.isDefined, x.low > 0 || x.high <= 0 { return x.low > 0 ? y : z }
    if operation == .condition, x.isDefined, x.high <= 0 { return Enclosure(0) }
    if arguments.contains(where: { $0.definedness == .never }) {
      return keepsUndefined(operation, x, y) ? .never : .unknown
    }
    if arguments.contains(where: { $0.definedness == .infinite }) {
      switch operation {
      case .negate, .square, .cube, .abs, .cbrt: return .infinite
      case .add where !(x.definedness == .infinite && y.definedness == .infinite),
        .subtract where !(x.definedness == .infinite && y.definedness == .infinite):
        return arguments.allSatisfy { $0.definedness != .perhaps } ? .infinite : .unknown
      default: return .unknown
      }
    }
    let value =
      operation.arity == 1
      ? unary(operation, x) : operation.arity == 2 ? binary(operation, x, y) : ternary(operation, x, y, z)
    return arguments.contains { $0.definedness == .perhaps } && value.definedness == .always
      ? Enclosure(value.low, value.high, .perhaps)
      : arguments.contains { $0.definedness == .perhaps } ? .unknown : value
  }

  /// Whether an argument that has no value leaves the operator without one: not so for the branch of a
  /// condition, nor for the powers that C's `pow` takes for 1 whatever the other argument is.
  private static func keepsUndefined(_ operation: Operator, _ x: Enclosure, _ y: Enclosure) -> Bool {
    switch operation {
    case .condition, .ifElse: x.definedness == .never
    case .power: x.definedness == .never ? y.isDefined && !y.contains(0) : x.isDefined && !x.contains(1)
    default: true
    }
  }

  private static func binary(_ operation: Operator, _ x: Enclosure, _ y: Enclosure) -> Enclosure {
    switch operation {
    case .add: return x + y
    case .subtract: return x + -y
    case .multiply: return x * y
    case .divide: return x / y
    case .power: return power(x, y)
    case .maximum: return Enclosure(max(x.low, y.low), max(x.high, y.high))
    case .minimum: return Enclosure(min(x.low, y.low), min(x.high, y.high))
    case .modulo: return modulo(x, y)
    case .greater: return truth(x.low > y.high, x.high <= y.low)
    case .greaterOrEqual: return truth(x.low >= y.high, x.high < y.low)
    case .less: return truth(x.high < y.low, x.low >= y.high)
    case .lessOrEqual: return truth(x.high <= y.low, x.low > y.high)
    case .logicalOr: return truth(x.low > 0 || y.low > 0, x.high <= 0 && y.high <= 0)
    case .logicalAnd: return truth(x.low > 0 && y.low > 0, x.high <= 0 || y.high <= 0)
    case .condition: return x.low > 0 ? y : x.high <= 0 ? Enclosure(0) : y.union(Enclosure(0))
    default: return .unknown
    }
  }

  private static func ternary(_ operation: Operator, _ x: Enclosure, _ y: Enclosure, _ z: Enclosure)
    -> Enclosure
  {
    switch operation {
    case .fma, .muladd: return x * y + z
    case .maximum3: return binary(.maximum, binary(.maximum, x, y), z)
    case .minimum3: return binary(.minimum, binary(.minimum, x, y), z)
    case .clamp: return binary(.minimum, binary(.maximum, x, y), z)
    case .ifElse: return x.low > 0 ? y : x.high <= 0 ? z : y.union(z)
    default: return .unknown
    }
  }

  private static func truth(_ holds: Bool, _ fails: Bool) -> Enclosure {
    holds ? Enclosure(1) : fails ? Enclosure(0) : Enclosure(0, 1)
  }

  private static func modulo(_ x: Enclosure, _ y: Enclosure) -> Enclosure {
    if y.low == 0 && y.high == 0 { return .never }
    if y.contains(0) { return .unknown }
    let ratio = x / y
    let whole = ratio.low.rounded(.down)
    if ratio.isDefined, ratio.high.rounded(.down) == whole { return x + -(Enclosure(whole) * y) }
    return y.low > 0 ? Enclosure(0, y.high) : Enclosure(y.low, 0)
  }

  private static func power(_ x: Enclosure, _ y: Enclosure) -> Enclosure {
    if y.isPoint, y.low == y.low.rounded(), abs(y.low) <= 64 {
      let exponent = Int(y.low)
      if exponent == 0 { return Enclosure(1) }
      let value = x.power(abs(exponent))
      return exponent > 0 ? value : Enclosure(1) / value
    }
    if x.isPoint && x.low == 1 { return Enclosure(1) }
    if x.low > 0 {
      let corners = [(x.low, y.low), (x.low, y.high), (x.high, y.low), (x.high, y.high)]
        .map { Directed.library(pow($0, $1)) }
      return hull(corners).clipped(0, .infinity)
    }
    if x.isPoint, x.low == 0 { return y.low > 0 ? Enclosure(0) : y.high < 0 ? .infinite : .unknown }
    if x.low >= 0, y.low > 0 {
      return Enclosure(
        0, hull([Directed.library(pow(x.high, y.low)), Directed.library(pow(x.high, y.high))]).high)
    }
    if x.high < 0, y.isPoint, y.low != y.low.rounded() { return .never }
    // No whole number lies between the bounds of the exponent.
    if x.high < 0, y.low.rounded(.up) > y.high { return .never }
    return .unknown
  }
}
