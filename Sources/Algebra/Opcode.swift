import Expressions

/// ``Operator``'s raw values as plain bytes, so that rules compare one byte with a literal.
enum Opcode {
  static let constant: UInt8 = 0
  static let feature: UInt8 = 1
  static let add: UInt8 = 2
  static let subtract: UInt8 = 3
  static let multiply: UInt8 = 4
  static let divide: UInt8 = 5
  static let power: UInt8 = 6
  static let maximum: UInt8 = 7
  static let minimum: UInt8 = 8
  static let greater: UInt8 = 10
  static let greaterOrEqual: UInt8 = 11
  static let less: UInt8 = 12
  static let lessOrEqual: UInt8 = 13
  static let condition: UInt8 = 14
  static let logicalOr: UInt8 = 15
  static let logicalAnd: UInt8 = 16
  static let negate: UInt8 = 20
  static let square: UInt8 = 21
  static let cube: UInt8 = 22
  static let cbrt: UInt8 = 23
  static let sqrt: UInt8 = 24
  static let abs: UInt8 = 25
  static let sign: UInt8 = 26
  static let inverse: UInt8 = 27
  static let exp: UInt8 = 28
  static let sin: UInt8 = 33
  static let cos: UInt8 = 34
  static let tan: UInt8 = 35
  static let asin: UInt8 = 36
  static let atan: UInt8 = 38
  static let sinh: UInt8 = 39
  static let cosh: UInt8 = 40
  static let tanh: UInt8 = 41
  static let asinh: UInt8 = 42
  static let atanh: UInt8 = 44
  static let erf: UInt8 = 46
  static let relu: UInt8 = 49
  static let sinc: UInt8 = 50
  static let round: UInt8 = 51
  static let floor: UInt8 = 52
  static let ceil: UInt8 = 53
  static let fma: UInt8 = 57
  static let muladd: UInt8 = 58
  static let maximum3: UInt8 = 59
  static let minimum3: UInt8 = 60
  static let ifElse: UInt8 = 61
}

/// A set of operators as one word: bit `rawValue` is set for each member.
package struct OperatorMask: Hashable, Sendable {
  /// The bits.
  package let bits: UInt64

  /// The mask of these operators.
  package init(_ operators: some Sequence<Operator>) {
    bits = operators.reduce(0) { $0 | (1 << UInt64($1.rawValue)) }
  }

  /// The mask of a search's operators.
  package init(_ operators: OperatorSet) { self.init(operators.all) }

  /// Every operator.
  package static let all = OperatorMask(Operator.allCases)

  /// Whether the operator is a member.
  package func contains(_ operation: Operator) -> Bool { bits >> UInt64(operation.rawValue) & 1 != 0 }
}
