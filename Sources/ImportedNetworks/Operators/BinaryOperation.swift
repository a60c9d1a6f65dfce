import Arrays
import Foundation

/// A function of two arrays, element by element, either repeated to the shape of the other.
struct BinaryOperation: Operation {
  let function: BinaryFunction

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    var result = try inputs[0]
    guard inputs.arrays.count > 1 || function.takesAnyNumber else {
      throw OperationFault("it takes two inputs")
    }
    for position in 1..<max(1, inputs.arrays.count) { result = try combine(result, inputs[position]) }
    return [result]
  }

  private func combine(_ first: NumericArray, _ second: NumericArray) throws(OperationFault) -> NumericArray {
    let shape = try commonShape([first.shape, second.shape])
    let left = try first.expanded(to: shape)
    let right = try second.expanded(to: shape)
    let elements: NumericArray.Elements
    switch (left.elements, right.elements) {
    case (.float32(let left), .float32(let right)): elements = .float32(function.reals(left, right))
    case (.float64(let left), .float64(let right)): elements = .float64(function.reals(left, right))
    case (.int32(let left), .int32(let right)): elements = .int32(try function.integers(left, right))
    case (.int64(let left), .int64(let right)): elements = .int64(try function.integers(left, right))
    default:
      // Of a power, only the base decides on the type.
      if function == .power, let type = left.elementType, type != .bool, right.elementType != nil {
        return try combine(left.converted(to: .float64), right.converted(to: .float64)).converted(to: type)
      }
      throw OperationFault(
        "it does not take elements of the types \(first.elements.typeName) and \(second.elements.typeName)")
    }
    return NumericArray(shape: shape, elements: elements)
  }
}

/// The functions of two numbers.
enum BinaryFunction: Sendable {
  case add, subtract, multiply, divide, power, maximum, minimum, parametricRelu

  /// Whether three inputs or more, or one alone, make sense.
  var takesAnyNumber: Bool {
    switch self {
    case .add, .maximum, .minimum: true
    default: false
    }
  }

  /// The function of each pair; both lists have the same length.
  func reals<Real: BinaryFloatingPoint>(_ left: [Real], _ right: [Real]) -> [Real] {
    switch self {
    case .add: paired(left, right) { $0 + $1 }
    case .subtract: paired(left, right) { $0 - $1 }
    case .multiply: paired(left, right) { $0 * $1 }
    case .divide: paired(left, right) { $0 / $1 }
    case .power: paired(left, right) { Real(pow(Double($0), Double($1))) }
    case .maximum: paired(left, right) { $0 > $1 || $0.isNaN ? $0 : $1 }
    case .minimum: paired(left, right) { $0 < $1 || $0.isNaN ? $0 : $1 }
    case .parametricRelu: paired(left, right) { $0 < 0 ? $0 * $1 : $0 }
    }
  }

  /// The function of each pair of whole numbers, which wrap around as they do in C.
  func integers<Whole: FixedWidthInteger & SignedInteger>(
    _ left: [Whole], _ right: [Whole]
  ) throws(OperationFault) -> [Whole] {
    switch self {
    case .add: return paired(left, right) { $0 &+ $1 }
    case .subtract: return paired(left, right) { $0 &- $1 }
    case .multiply: return paired(left, right) { $0 &* $1 }
    case .maximum: return paired(left, right) { max($0, $1) }
    case .minimum: return paired(left, right) { min($0, $1) }
    case .parametricRelu: return paired(left, right) { $0 < 0 ? $0 &* $1 : $0 }
    case .divide:
      guard !right.contains(0) else { throw OperationFault("a whole number is divided by zero") }
      return paired(left, right) { $0.dividedReportingOverflow(by: $1).partialValue }
    case .power:
      return paired(left, right) { base, exponent in
        let value = pow(Double(base), Double(exponent)).rounded(.towardZero)
        return Whole(exactly: value) ?? (value < 0 ? .min : value > 0 ? .max : 0)
      }
    }
  }
}

/// A comparison, or a function of truth values, element by element.
struct ComparisonOperation: Operation {
  enum Relation: Sendable {
    case less, lessOrEqual, greater, greaterOrEqual, equal, and, or, exclusiveOr
  }

  let relation: Relation

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let shape = try commonShape([inputs[0].shape, inputs[1].shape])
    let left = try inputs[0].expanded(to: shape)
    let right = try inputs[1].expanded(to: shape)
    let truths: [Bool]
    switch (left.elements, right.elements) {
    case (.float32(let left), .float32(let right)): truths = try compared(left, right)
    case (.float64(let left), .float64(let right)): truths = try compared(left, right)
    case (.int32(let left), .int32(let right)): truths = try compared(left, right)
    case (.int64(let left), .int64(let right)): truths = try compared(left, right)
    case (.bool(let left), .bool(let right)): truths = try joined(left, right)
    default:
      throw OperationFault(
        "it does not take elements of the types \(left.elements.typeName) and \(right.elements.typeName)")
    }
    return [NumericArray(shape: shape, elements: .bool(truths))]
  }

  private func compared<Value: Comparable>(_ left: [Value], _ right: [Value]) throws(OperationFault) -> [Bool]
  {
    switch relation {
    case .less: paired(left, right) { $0 < $1 }
    case .lessOrEqual: paired(left, right) { $0 <= $1 }
    case .greater: paired(left, right) { $0 > $1 }
    case .greaterOrEqual: paired(left, right) { $0 >= $1 }
    case .equal: paired(left, right) { $0 == $1 }
    case .and, .or, .exclusiveOr: throw OperationFault("it takes truth values, not numbers")
    }
  }

  private func joined(_ left: [Bool], _ right: [Bool]) throws(OperationFault) -> [Bool] {
    switch relation {
    case .equal: paired(left, right) { $0 == $1 }
    case .and: paired(left, right) { $0 && $1 }
    case .or: paired(left, right) { $0 || $1 }
    case .exclusiveOr: paired(left, right) { $0 != $1 }
    default: throw OperationFault("it takes numbers, not truth values")
    }
  }
}

/// Not, of truth values.
struct NotOperation: Operation {
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    guard case .bool(let values) = input.elements else { throw OperationFault("it takes truth values") }
    return [NumericArray(shape: input.shape, elements: .bool(values.map { !$0 }))]
  }
}

/// Of two arrays, element by element, the one or the other.
struct WhereOperation: Operation {
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let shape = try commonShape([inputs[0].shape, inputs[1].shape, inputs[2].shape])
    guard case .bool(let truths) = try inputs[0].expanded(to: shape).elements else {
      throw OperationFault("its condition must hold truth values")
    }
    let left = try inputs[1].expanded(to: shape)
    let right = try inputs[2].expanded(to: shape)
    let elements: NumericArray.Elements
    switch (left.elements, right.elements) {
    case (.float32(let left), .float32(let right)): elements = .float32(chosen(truths, left, right))
    case (.float64(let left), .float64(let right)): elements = .float64(chosen(truths, left, right))
    case (.int32(let left), .int32(let right)): elements = .int32(chosen(truths, left, right))
    case (.int64(let left), .int64(let right)): elements = .int64(chosen(truths, left, right))
    case (.uint8(let left), .uint8(let right)): elements = .uint8(chosen(truths, left, right))
    case (.bool(let left), .bool(let right)): elements = .bool(chosen(truths, left, right))
    default:
      throw OperationFault(
        "its choices are of different types, \(left.elements.typeName) and \(right.elements.typeName)")
    }
    return [NumericArray(shape: shape, elements: elements)]
  }

  private func chosen<Value>(_ truths: [Bool], _ left: [Value], _ right: [Value]) -> [Value] {
    truths.indices.map { truths[$0] ? left[$0] : right[$0] }
  }
}

/// Written so that each function of two numbers becomes a loop of its own.
@inline(__always)
private func paired<Value, Result>(
  _ left: [Value], _ right: [Value], _ function: (Value, Value) -> Result
) -> [Result] {
  left.withUnsafeBufferPointer { left in
    right.withUnsafeBufferPointer { right in
      [Result](unsafeUninitializedCapacity: left.count) { results, count in
        for index in 0..<left.count {
          (results.baseAddress! + index).initialize(to: function(left[index], right[index]))
        }
        count = left.count
      }
    }
  }
}
