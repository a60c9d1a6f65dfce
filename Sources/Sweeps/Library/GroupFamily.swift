import Expressions
import Foundation

/// Variables for a function of one variable: products of powers of features, with or without the difference of
/// two features as a factor.
struct GroupFamily {
  /// A candidate for the variable.
  struct Group {
    /// What is multiplied.
    var factors: [ProductWriter.Factor]
    /// Magnitude on every row, padded with zeros.
    var values: Vector
    /// Median of the magnitudes.
    var middle: Double
  }

  /// The difference that all groups have as a factor.
  let difference: [Node]?
  /// Logarithm of its magnitude.
  let logarithm: Vector?
  /// The variables.
  let groups: [Group]

  /// The family without a difference, then one for each pair of features; `limit` groups at most in the first
  /// and in all others together.
  static func all(_ factors: LogarithmLibrary, _ operators: OperatorSet, limit: Int) -> [GroupFamily] {
    let sample = factors.library.sample
    var families = [
      GroupFamily(nil, nil, Monomials.exponents(features: factors.features.count, limit: limit), factors)
    ]
    guard operators.contains(.subtract) else { return families }
    var left = limit
    for first in factors.features.indices {
      for second in 0..<first {
        let (a, b) = (factors.features[first], factors.features[second])
        var logarithm = Vector(repeating: 0, count: sample.stride)
        for row in 0..<sample.rowCount {
          logarithm[row] = Foundation.log(abs(sample.features[a][row] - sample.features[b][row]))
        }
        guard logarithm.allSatisfy(\.isFinite) else { continue }
        let none = Array(repeating: 0.0, count: factors.features.count)
        let exponents =
          [none]
          + Monomials.exponents(features: none.count, limit: 2 * none.count).filter {
            $0[first] == 0 && $0[second] == 0
          }
        left -= exponents.count
        guard left > 0 else { return families }
        let difference = ExpressionWriting.apply(.subtract, [.feature(a)], [.feature(b)])
        families.append(GroupFamily(difference, logarithm, exponents, factors))
      }
    }
    return families
  }

  private init(
    _ difference: [Node]?, _ logarithm: Vector?, _ exponents: [[Double]], _ factors: LogarithmLibrary
  ) {
    self.difference = difference
    self.logarithm = logarithm
    let sample = factors.library.sample
    groups = exponents.map { exponents in
      var values = Vector(repeating: 0, count: sample.stride)
      for row in 0..<sample.rowCount {
        var sum = logarithm?[row] ?? 0
        for (index, exponent) in exponents.enumerated() where exponent != 0 {
          sum += exponent * factors.featureLogarithms[index][row]
        }
        values[row] = Foundation.exp(sum)
      }
      let powers = zip(factors.features, exponents).map { ProductWriter.Factor([.feature($0)], $1) }
      return Group(
        factors: powers + (difference.map { [ProductWriter.Factor($0, 1)] } ?? []), values: values,
        middle: values.prefix(sample.rowCount).sorted()[sample.rowCount / 2])
    }
  }
}
