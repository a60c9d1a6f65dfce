import Algebra
import Expressions
import Foundation
import Randomness
import Testing

@Suite struct EnclosureTests {
  @Test func `bounds hold exact values of arithmetic`() {
    var formulas = RandomFormulas(seed: 31)
    var compared = 0
    let operators: [Operator] = [
      .add, .subtract, .multiply, .divide, .negate, .inverse, .square, .cube, .abs, .fma, .maximum, .minimum,
    ]
    for _ in 0..<3_000 {
      let formula = formulas.formula(size: 2 + formulas.random.index(14), operators: operators)
      let values = (0..<3).map { _ in Double(formulas.random.index(2001) - 1000) / 64 }
      guard let exact = formula.exactValue(values.map { Rational(exactly: $0) }) else { continue }
      let bounds = formula.enclosure(values.map { Enclosure($0) })
      guard bounds.isDefined else { continue }
      compared += 1
      let (low, high) = exact.bounds
      #expect(bounds.low <= high && low <= bounds.high, "\(formula.description(features: [])) at \(values)")
    }
    #expect(compared > 1_500)
  }

  @Test func `bounds over a range hold the values at its points`() {
    var random = RandomStream(seed: 33)
    for operation in Operator.allCases {
      for _ in 0..<200 {
        let ends = (0..<3).map { _ in (random.uniform(-3, 3), random.chance(0.3) ? 0 : random.uniform(0, 2)) }
        let ranges = ends.map { Enclosure($0.0, $0.0 + $0.1) }
        let bounds = Enclosure.apply(operation, ranges[0], ranges[1], ranges[2])
        let point = ends.map { $0.0 + $0.1 * random.uniform() }
        let value = operation.value(point[0], point[1], point[2])
        if bounds.isUndefined {
          #expect(!value.isFinite, "\(operation) of \(ends)")
        } else if value.isFinite {
          let slack = 1e-12 * max(1, abs(value))
          #expect(
            bounds.low - slack <= value && value <= bounds.high + slack, "\(operation) of \(ends) at \(point)"
          )
        } else {
          #expect(!bounds.isDefined, "\(operation) of \(ends) at \(point)")
        }
      }
    }
  }

  @Test(arguments: [
    ("sqrt(-1)", false), ("log(0)", false), ("1 / 0", false), ("0 / 0", false), ("asin(2)", false),
    ("(-2)^0.5", false),
    ("sqrt(0)", true), ("(-8)^3", true), ("acosh(1)", true), ("if(1, 2, log(-1))", true),
    ("log(0 - 1)^0", false), ("log(0 - 1)^2", false),
  ])
  func `whether there is a value is decided at single points`(_ text: String, _ isDefined: Bool) throws {
    let bounds = try Formula(parsing: text, features: []).enclosure([])
    if isDefined { #expect(bounds.isDefined) } else { #expect(!bounds.isDefined) }
  }

  @Test func `decimals that are no doubles are held, doubles are points`() {
    #expect(Enclosure(decimal: 0.1).low < Enclosure(decimal: 0.1).high)
    #expect(Enclosure(decimal: 0.5).low == Enclosure(decimal: 0.5).high)
    #expect(Enclosure(decimal: .pi).low == .pi && Enclosure(decimal: .pi).high > .pi)
    #expect(Enclosure(1, 2).differs(from: Enclosure(3, 4)) && !Enclosure(1, 3).differs(from: Enclosure(3, 4)))
  }
}
