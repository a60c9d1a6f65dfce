import Expressions
import Foundation

/// A function of the target, to be explained by a sum of terms, and the way back.
struct TargetTransform {
  /// A function of one variable.
  enum Outer {
    case operation(Operator)
    case power(Double)
  }

  /// The transformed target, padded with zeros.
  var values: Vector
  /// The rows' weights, so that deviations count as those of the target that they make.
  var weights: Vector
  /// What around the sum gives the target back; nil where the sum is the target.
  var outer: Outer?
  /// What the target was multiplied with, as a power of an expression; the sum is divided by it.
  var factor: ProductWriter.Factor?
  /// Whether a factor of the sum is a factor of the target, so that it need not be written.
  var isScaleFree: Bool

  /// Whether the target's square or its inverse is to be explained: broken powers of factors are inside roots
  /// then.
  var isSquared: Bool {
    if case .power(let exponent) = outer { return abs(exponent) == 0.5 }
    return false
  }

  /// The target itself and what undoes each allowed outer function, where that is defined on all rows.
  static func base(_ sample: SweepSample, _ operators: OperatorSet) -> [TargetTransform] {
    var transforms: [TargetTransform] = []
    func add(
      _ outer: Outer?, isScaleFree: Bool, _ function: (Double) -> Double, slope: (Double) -> Double
    ) {
      var values = Vector(repeating: 0, count: sample.stride)
      var weights = values
      for row in 0..<sample.rowCount {
        let y = sample.target[row]
        values[row] = function(y)
        let derivative = slope(y)
        weights[row] = sample.weights[row] / (derivative * derivative)
        guard abs(values[row]) < 1e150, !derivative.isNaN else { return }
      }
      transforms.append(
        TargetTransform(values: values, weights: weights, outer: outer, isScaleFree: isScaleFree))
    }
    let canDivide = operators.contains(.divide) || operators.contains(.inverse)
    add(nil, isScaleFree: true, { $0 }, slope: { _ in 1 })
    for operation in operators.unary {
      switch operation {
      case .sqrt:
        add(.power(0.5), isScaleFree: true, { $0 >= 0 ? $0 * $0 : .nan }, slope: { 2 * $0 })
        guard canDivide else { break }
        add(.power(-0.5), isScaleFree: true, { $0 > 0 ? 1 / ($0 * $0) : .nan }, slope: { 2 / ($0 * $0 * $0) })
      case .square:
        add(.power(2), isScaleFree: true, { $0.squareRoot() }, slope: { 0.5 / $0.squareRoot() })
      case .exp: add(.operation(.exp), isScaleFree: false, { Foundation.log($0) }, slope: { 1 / $0 })
      case .log:
        add(.operation(.log), isScaleFree: false, { Foundation.exp($0) }, slope: { Foundation.exp($0) })
      case .sin:
        add(
          .operation(.sin), isScaleFree: false, { Foundation.asin($0) },
          slope: { 1 / (1 - $0 * $0).squareRoot() })
      case .cos:
        add(
          .operation(.cos), isScaleFree: false, { Foundation.acos($0) },
          slope: { 1 / (1 - $0 * $0).squareRoot() })
      case .tan:
        add(.operation(.tan), isScaleFree: false, { Foundation.atan($0) }, slope: { 1 / (1 + $0 * $0) })
      case .asin:
        add(
          .operation(.asin), isScaleFree: false, { abs($0) <= .pi / 2 ? Foundation.sin($0) : .nan },
          slope: { Foundation.cos($0) })
      case .acos:
        add(
          .operation(.acos), isScaleFree: false, { $0 >= 0 && $0 <= .pi ? Foundation.cos($0) : .nan },
          slope: { Foundation.sin($0) })
      case .atan:
        add(
          .operation(.atan), isScaleFree: false, { abs($0) < .pi / 2 ? Foundation.tan($0) : .nan },
          slope: { 1 + Foundation.tan($0) * Foundation.tan($0) })
      case .tanh:
        add(.operation(.tanh), isScaleFree: false, { Foundation.atanh($0) }, slope: { 1 / (1 - $0 * $0) })
      case .sinh:
        add(
          .operation(.sinh), isScaleFree: false, { Foundation.asinh($0) },
          slope: { 1 / (1 + $0 * $0).squareRoot() })
      default: break
      }
    }
    if canDivide {
      add(.power(-1), isScaleFree: true, { 1 / $0 }, slope: { 1 / ($0 * $0) })
    }
    return transforms.map { $0.capped() }
  }

  /// The same with no row's weight above ten times the median: a few rows must not decide alone.
  private func capped() -> TargetTransform {
    let positive = weights.filter { $0 > 0 && $0.isFinite }.sorted()
    guard !positive.isEmpty else { return self }
    let most = 10 * positive[positive.count / 2]
    var changed = self
    changed.weights = weights.map { $0.isFinite ? min($0, most) : 0 }
    return changed
  }

  /// The same, multiplied by a power of an expression whose values are given; nil where that is not defined.
  func multiplied(by expression: [Node], _ base: UnsafeBufferPointer<Double>, power: Double, rows: Int)
    -> TargetTransform?
  {
    var changed = self
    for row in 0..<rows {
      let factor = power == 1 ? base[row] : power == -1 ? 1 / base[row] : Foundation.pow(base[row], power)
      changed.values[row] *= factor
      changed.weights[row] /= factor * factor
      guard abs(changed.values[row]) < 1e150, changed.weights[row].isFinite else { return nil }
    }
    changed.factor = ProductWriter.Factor(expression, power)
    return changed.capped()
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
    switch outer {
    case nil: return inner
    case .operation(let operation): return ExpressionWriting.apply(operation, inner)
    case .power(let exponent): return writer.product([.init(inner, exponent)])
    }
  }
}
