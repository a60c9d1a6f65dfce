import Algebra
import Expressions
import Randomness
import Testing

@Suite struct SimplifierTests {
  static let arithmetic: [Operator] = [.add, .subtract, .multiply, .divide]
  static let mixtures: [[Operator]] = [
    arithmetic, arithmetic + [.negate, .inverse], [.add, .subtract, .negate],
    [.multiply, .divide, .inverse, .negate],
    arithmetic + [.square, .sqrt, .abs, .exp, .log], [.subtract, .multiply], [.add, .divide, .power],
    arithmetic + [.maximum, .minimum, .power, .negate, .cube, .cbrt], Operator.allCases,
  ]

  @Test(arguments: mixtures.indices)
  func `values stay, lengths never grow, and a second time changes nothing`(_ mixture: Int) {
    var formulas = RandomFormulas(seed: 9917 + UInt64(mixture))
    let operators = SimplifierTests.mixtures[mixture]
    for round in 0..<1_000 {
      let formula = formulas.formula(size: 2 + formulas.random.index(28), operators: operators)
      let allowed = OperatorSet(
        round % 3 == 0
          ? Operator.allCases
          : round % 3 == 1 ? operators : Operator.allCases.filter { _ in formulas.random.chance(0.5) })
      let simplified = formula.simplified(using: allowed)
      let text = "\(formula.description(features: [])) -> \(simplified.description(features: []))"

      #expect(simplified.complexity <= formula.complexity, "\(text)")
      #expect(Formula(simplified.nodes) == simplified, "\(text)")
      let again = simplified.simplified(using: allowed)
      #expect(again == simplified, "\(text) -> \(again.description(features: []))")
      for operation in simplified.operators.all where !formula.operators.contains(operation) {
        #expect(allowed.contains(operation), "\(text)")
      }
      for _ in 0..<6 {
        let row = formulas.row()
        let before = Measured(formula, row, random: &formulas.random)
        let after = Measured(simplified, row, random: &formulas.random)
        if before.largest > 1e100 || before.smallest < 1e-90 { continue }
        if before.spread == .infinity || after.spread == .infinity { continue }
        // Nothing but rounding errors.
        if before.value.isFinite && before.spread > 1e-3 * abs(before.value) { continue }
        #expect(after.value.isFinite == before.value.isFinite, "\(text) at \(row)")
        guard before.value.isFinite && after.value.isFinite else { continue }
        let tolerance = 1e-9 * max(before.largest, abs(before.value)) + 100 * before.spread
        #expect(abs(after.value - before.value) <= tolerance, "\(text) at \(row)")
      }
    }
  }
}
