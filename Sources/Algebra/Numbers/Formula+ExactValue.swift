import Expressions

extension Formula {
  /// The exact value of a formula of arithmetic, constants read as the decimals that they print as.
  ///
  /// - Parameter features: the features' values, by their indices.
  /// - Returns: nil when something is divided by zero, an operator is none of arithmetic, or numbers grow
  ///   beyond some thousands of bits.
  package func exactValue(_ features: [Rational]) -> Rational? {
    reduce(
      leaf: { $0.isConstant ? Rational(decimal: $0.value) : features[Int($0.feature)] },
      branch: { operation, arguments -> Rational? in
        var numbers: [Rational] = []
        for argument in arguments {
          guard let argument, argument.bits < 16_384 else { return nil }
          numbers.append(argument)
        }
        let x = numbers[0]
        switch operation {
        case .add: return x + numbers[1]
        case .subtract: return x - numbers[1]
        case .multiply: return x * numbers[1]
        case .divide: return numbers[1].isZero ? nil : x / numbers[1]
        case .negate: return -x
        case .inverse: return x.isZero ? nil : x.inverse
        case .square: return x * x
        case .cube: return x * x * x
        case .abs: return x.magnitude
        case .fma, .muladd: return x * numbers[1] + numbers[2]
        case .maximum: return max(x, numbers[1])
        case .minimum: return min(x, numbers[1])
        default: return nil
        }
      })
  }
}
