import Expressions
import Foundation
import Tables

/// The few operators the tests' laws are made of, one value at a time.
enum ScalarValue {
  static func apply(_ operation: Operator, _ arguments: ArraySlice<Double>) -> Double {
    let a = arguments.first!
    let b = arguments.last!
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .power: return pow(a, b)
    case .exp: return exp(a)
    case .log: return log(a)
    case .sin: return sin(a)
    case .tanh: return tanh(a)
    case .negate: return -a
    default: preconditionFailure("\(operation) is not among the tests' operators")
    }
  }
}

enum SmallDataset {
  /// A data set whose feature says nothing.
  static func constantFeature(_ target: [Double]) throws -> Dataset {
    try Dataset(features: [("x0", target.map { _ in 1 })], target: ("y", target), weights: nil)
  }
}
