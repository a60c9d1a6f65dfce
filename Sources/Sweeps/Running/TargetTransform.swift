import Expressions
import Foundation

/// A function of the target, to be explained by a sum of terms, and the way back.
struct TargetTransform {
  /// The transformed target, padded with zeros.
  var values: Vector
  /// The operator around the sum that gives the target back; nil where the sum is the target.
  var outer: Operator?
  /// What the target was multiplied with, as a power of an expression; the sum is divided by it.
  var factor: ProductWriter.Factor?
  /// Whether a factor of the sum is a factor of the target, so that it need not be written.
  var isScaleFree: Bool

  /// The target itself and what undoes each allowed outer function, where that is defined on all rows.
  static func base(_ sample: SweepSample, _ operators: OperatorSet) -> [TargetTransform] {
    let y = Array(sample.target.prefix(sample.rowCount))
    var transforms: [TargetTransform] = []
    func add(_ outer: Operator?, isScaleFree: Bool, _ function: (Double) -> Double) {
      var values = Vector(repeating: 0, count: sample.stride)
      for row in y.indices {
        values[row] = function(y[row])
        if !(abs(values[row]) < 1e150) { return }
      }
      transforms.append(TargetTransform(values: values, outer: outer, isScaleFree: isScaleFree))
    }
    add(nil, isScaleFree: true) { $0 }
    for operation in operators.unary {
      switch operation {
      case .inverse: add(.inverse, isScaleFree: true) { 1 / $0 }
      case .sqrt: add(.sqrt, isScaleFree: true) { $0 >= 0 ? $0 * $0 : .nan }
      case .square: add(.square, isScaleFree: true) { $0.squareRoot() }
      case .exp: add(.exp, isScaleFree: false) { Foundation.log($0) }
      case .log: add(.log, isScaleFree: false) { Foundation.exp($0) }
      case .sin: add(.sin, isScaleFree: false) { Foundation.asin($0) }
      case .cos: add(.cos, isScaleFree: false) { Foundation.acos($0) }
      case .tan: add(.tan, isScaleFree: false) { Foundation.atan($0) }
      case .asin: add(.asin, isScaleFree: false) { abs($0) <= .pi / 2 ? Foundation.sin($0) : .nan }
      case .acos: add(.acos, isScaleFree: false) { $0 >= 0 && $0 <= .pi ? Foundation.cos($0) : .nan }
      case .atan: add(.atan, isScaleFree: false) { abs($0) < .pi / 2 ? Foundation.tan($0) : .nan }
      case .tanh: add(.tanh, isScaleFree: false) { Foundation.atanh($0) }
      case .sinh: add(.sinh, isScaleFree: false) { Foundation.asinh($0) }
      default: break
      }
    }
    if operators.contains(.divide), !operators.contains(.inverse) {
      add(.inverse, isScaleFree: true) { 1 / $0 }
    }
    return transforms
  }

  /// The same, multiplied by a power of an expression whose values are given; nil where that is not defined.
  func multiplied(by expression: [Node], _ base: UnsafeBufferPointer<Double>, power: Double, rows: Int)
    -> TargetTransform?
  {
    var changed = self
    for row in 0..<rows {
      changed.values[row] *=
        power == 1 ? base[row] : power == -1 ? 1 / base[row] : Foundation.pow(base[row], power)
      if !(abs(changed.values[row]) < 1e150) { return nil }
    }
    changed.factor = ProductWriter.Factor(expression, power)
    return changed
  }

  /// The expression for the target, given one for the transformed target; nil when the operators cannot write
  /// it.
  func expression(_ sum: [Node], _ writer: ProductWriter, _ operators: OperatorSet) -> [Node]? {
    var inner = sum
    if let factor {
      guard let quotient = writer.product([.init(sum, 1), .init(factor.base, -factor.exponent)]) else {
        return nil
      }
      inner = quotient
    }
    guard let outer else { return inner }
    if outer == .inverse, !operators.contains(.inverse) { return writer.product([.init(inner, -1)]) }
    return ExpressionWriting.apply(outer, inner)
  }
}
