import Expressions
import Foundation

/// Powers, roots, magnitudes and exponentials give their constant factors away.
extension PlainForm {
  /// A power of a product as a product of powers, as far as constants and quotients go; nil where there is
  /// nothing to take out.
  ///
  /// - Parameters:
  ///   - operation: a square, cube, root, magnitude or power.
  ///   - arguments: its argument and, of a power, the exponent, which is a constant.
  func openedPower(_ operation: Operator, _ arguments: [Formula]) -> PlainProduct? {
    guard arguments[0].constantValue == nil else { return nil }
    let exponent = arguments.count > 1 ? arguments[1].constantValue : nil
    if let exponent, exponent < 0, divides, exponent.isFinite {
      // x^(-k) is 1 / x^k; where nothing stands in the numerator the sum of nodes decides against it.
      var parts = PlainProduct()
      parts.merge(raised(arguments[0], to: -exponent), isInverted: true)
      return parts
    }
    var parts = product(arguments[0])
    let constant = parts.coefficient
    let hasFactors = !parts.factors.isEmpty
    guard constant != 1 || !hasFactors, divides || hasFactors, scales else { return nil }
    // Of one over minus infinity there is a root, of minus infinity none.
    if operation == .sqrt, !hasFactors, !parts.divisors.allSatisfy(isBounded) { return nil }
    guard let taken = power(operation, constant, exponent) else { return nil }
    parts.coefficient = 1
    if !hasFactors { (parts.factors, parts.divisors) = (parts.divisors, parts.factors) }
    guard !parts.factors.isEmpty, let rest = write(parts) else { return nil }
    let core = Formula(operation, [rest] + arguments.dropFirst())
    return hasFactors
      ? PlainProduct(coefficient: taken, factors: [core])
      : PlainProduct(coefficient: taken, divisors: [core])
  }

  /// Whether a formula is finite wherever its columns are, unless it overflows.
  private func isBounded(_ formula: Formula) -> Bool {
    let bounded: Set<Operator> = [.add, .subtract, .multiply, .negate, .square, .cube, .abs, .sqrt, .exp]
    return formula.operators.all.allSatisfy(bounded.contains)
  }

  /// A power with a positive exponent, written with the shortest operator there is.
  private func raised(_ base: Formula, to exponent: Double) -> PlainProduct {
    if exponent == 1 { return product(base) }
    let operation: Operator = exponent == 2 ? .square : exponent == 3 ? .cube : .power
    guard operation != .power, has(operation) else {
      let power = Formula(.power, [base, .constant(exponent)])
      return openedPower(.power, [base, .constant(exponent)]) ?? PlainProduct(factors: [power])
    }
    return openedPower(operation, [base]) ?? PlainProduct(factors: [Formula(operation, [base])])
  }

  /// The constant that comes out of a power when `constant` is a factor inside; nil where it should stay.
  private func power(_ operation: Operator, _ constant: Double, _ exponent: Double?) -> Double? {
    if constant == 1 { return 1 }
    let power: Double
    switch operation {
    case .square: power = 2
    case .cube: power = 3
    case .sqrt: power = 0.5
    case .cbrt: return PlainNumber.moved(cbrt(constant), from: constant, digits: 1)
    case .abs: return PlainNumber.moved(abs(constant), from: constant, digits: 1)
    default: power = exponent ?? .nan
    }
    let isWhole = power == power.rounded()
    guard constant > 0 || isWhole else { return nil }
    return PlainNumber.moved(pow(constant, power), from: constant, digits: isWhole ? abs(power) : 1)
  }

  /// `exp(c + x)` as `C * exp(x)`; nil where there is no constant, or where it should stay.
  func openedExponential(_ argument: Formula) -> PlainProduct? {
    guard scales, argument.rootOperator == .add || argument.rootOperator == .subtract else { return nil }
    var terms = sum(argument)
    guard terms.constant != 0, !terms.terms.isEmpty,
      let taken = PlainNumber.moved(exp(terms.constant), from: terms.constant, digits: 1)
    else { return nil }
    terms.constant = 0
    let room = argument.complexity - 2
    if let rest = write(terms), rest.complexity <= room {
      return PlainProduct(coefficient: taken, factors: [Formula(.exp, [rest])])
    }
    // exp(c - x) is C / exp(x).
    guard divides, let rest = write(terms.negated), rest.complexity <= room else { return nil }
    return PlainProduct(coefficient: taken, divisors: [Formula(.exp, [rest])])
  }
}
