import Expressions
import Foundation

/// Recognises a constant as a number with a short exact form: p/q · √(πᵏ m), or e to a fraction.
enum ConstantForm {
  /// Largest numerator and denominator.
  private static let largest = 2000.0
  /// Largest relative distance from the form.
  private static let tolerance = 1e-9
  /// Powers of √π that laws have.
  private static let powers = -8...8
  /// Numbers without square factors.
  private static let radicands = [1.0, 2, 3, 5, 6, 7, 10]

  /// The shortest exact form near `value` as a formula of constants; nil where there is none.
  static func of(_ value: Double) -> Formula? {
    guard value != 0 else { return .constant(0) }
    guard value.isFinite else { return nil }
    var best: (cost: Double, formula: Formula)?
    for power in powers {
      for radicand in radicands {
        let factor = pow(Double.pi, Double(power) / 2) * radicand.squareRoot()
        guard let (numerator, denominator) = fraction(value / factor) else { continue }
        let cost =
          log(abs(numerator) * denominator) + Double(abs(power)) + (radicand > 1 ? 2 + log(radicand) : 0)
        guard cost < best?.cost ?? 12 else { continue }
        best = (cost, product(numerator, denominator, power, radicand))
      }
    }
    if value > 0, let (numerator, denominator) = fraction(log(value)), numerator != 0 {
      let cost = 2 + log(abs(numerator) * denominator)
      if cost < best?.cost ?? 8 {
        best = (cost, .apply(.exp, product(numerator, denominator, 0, 1)))
      }
    }
    return best?.formula
  }

  /// The first convergent of the continued fraction of `value` that is near enough; nil where terms get too
  /// large before.
  private static func fraction(_ value: Double) -> (numerator: Double, denominator: Double)? {
    var rest = abs(value)
    var (numerator, before) = (1.0, 0.0)
    var (denominator, denominatorBefore) = (0.0, 1.0)
    for _ in 0..<12 {
      let whole = rest.rounded(.down)
      (numerator, before) = (whole * numerator + before, numerator)
      (denominator, denominatorBefore) = (whole * denominator + denominatorBefore, denominator)
      guard numerator <= largest, denominator <= largest else { return nil }
      if numerator > 0, abs(numerator / denominator / abs(value) - 1) <= tolerance {
        return (value < 0 ? -numerator : numerator, denominator)
      }
      rest = 1 / (rest - whole)
      guard rest.isFinite else { return nil }
    }
    return nil
  }

  private static func product(_ numerator: Double, _ denominator: Double, _ power: Int, _ radicand: Double)
    -> Formula
  {
    var formula = Formula.constant(numerator)
    if denominator != 1 { formula = .apply(.divide, formula, .constant(denominator)) }
    if power != 0 {
      let circle = Formula.apply(.power, .apply(.sqrt, .constant(.pi)), .constant(Double(abs(power))))
      formula = .apply(power > 0 ? .multiply : .divide, formula, circle)
    }
    if radicand != 1 { formula = .apply(.multiply, formula, .apply(.sqrt, .constant(radicand))) }
    return formula
  }
}

extension Formula {
  /// The same formula with each constant in its exact form; nil where one has none.
  package func withExactConstants() -> Formula? {
    var isComplete = true
    let nodes = reduce(leaf: { node -> [Node] in
      guard node.isConstant else { return [node] }
      guard let form = ConstantForm.of(node.value) else {
        isComplete = false
        return [node]
      }
      return form.nodes
    }) { operation, arguments in
      arguments.flatMap(\.self) + [
        .operation(operation, argumentLength: arguments.reduce(0) { $0 + $1.count })
      ]
    }
    return isComplete ? Formula(nodes) : nil
  }
}
