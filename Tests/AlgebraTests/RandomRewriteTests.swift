import Algebra
import Expressions
import Randomness
import Testing

/// Random expressions, rewritten by rules that are true wherever both sides are defined.
@Suite struct RandomRewriteTests {
  static let operators: [Operator] = [
    .add, .subtract, .multiply, .divide, .negate, .square, .sqrt, .exp, .log, .sin, .cos, .tanh, .abs, .power,
  ]

  /// Another way to write the formula.
  static func rewritten(_ formula: Formula, _ random: inout RandomStream) -> Formula {
    var stream = random
    let result: Formula = formula.reduce(
      leaf: { node in
        let leaf = Formula(unchecked: [node])
        switch stream.index(8) {
        case 0: return .apply(.subtract, .apply(.add, leaf, .constant(3)), .constant(3))
        case 1: return .apply(.divide, .apply(.multiply, leaf, .constant(7)), .constant(7))
        default: return leaf
        }
      },
      branch: { operation, arguments in
        let a = Array(arguments)
        let plain = Formula(
          unchecked: a.flatMap(\.nodes) + [
            .operation(operation, argumentLength: a.reduce(0) { $0 + $1.complexity })
          ])
        guard stream.chance(0.4) else { return plain }
        switch operation {
        case .add: return .apply(.subtract, a[1], .apply(.negate, a[0]))
        case .subtract: return .apply(.negate, .apply(.subtract, a[1], a[0]))
        case .multiply: return .apply(.multiply, a[1], a[0])
        case .divide: return .apply(.multiply, a[0], .apply(.power, a[1], .constant(-1)))
        case .negate: return .apply(.multiply, .constant(-1), a[0])
        case .square: return .apply(.multiply, a[0], a[0])
        case .sqrt: return .apply(.power, a[0], .constant(0.5))
        case .exp:
          return .apply(
            .multiply, .apply(.exp, .apply(.divide, a[0], .constant(2))),
            .apply(.exp, .apply(.divide, a[0], .constant(2))))
        case .log: return .apply(.multiply, .constant(2), .apply(.log, .apply(.sqrt, a[0])))
        case .sin: return .apply(.negate, .apply(.sin, .apply(.negate, a[0])))
        case .cos:
          return .apply(
            .subtract, .constant(1),
            .apply(
              .multiply, .constant(2), .apply(.square, .apply(.sin, .apply(.divide, a[0], .constant(2))))))
        case .tanh: return .apply(.divide, .apply(.sinh, a[0]), .apply(.cosh, a[0]))
        case .abs: return .apply(.sqrt, .apply(.square, a[0]))
        default: return plain
        }
      })
    random = stream
    return result
  }

  @Test func `another way to write a formula is never different, and mostly found equal`() {
    var formulas = RandomFormulas(seed: 71)
    var equal = 0
    let count = 1_500
    for _ in 0..<count {
      let formula = formulas.formula(
        size: 3 + formulas.random.index(9), operators: RandomRewriteTests.operators)
      let other = RandomRewriteTests.rewritten(formula, &formulas.random)
      let text = "\(formula.description(features: [])), \(other.description(features: []))"
      let answer = Equivalence.decide(formula, other)
      #expect(answer != .different, "\(text)")
      #expect(Equivalence.decide(other, formula) == answer, "\(text)")
      if answer == .equal { equal += 1 }
    }
    #expect(equal > count * 9 / 10, "\(equal)")
  }

  @Test func `a formula with another constant is never equal when it takes another value`() {
    var formulas = RandomFormulas(seed: 72)
    var different = 0
    for _ in 0..<1_500 {
      let formula = formulas.formula(
        size: 3 + formulas.random.index(9), operators: RandomRewriteTests.operators)
      guard !formula.constants.isEmpty else { continue }
      var constants = formula.constants
      constants[formulas.random.index(constants.count)] += formulas.random.chance(0.5) ? 0.001 : -1
      let other = formula.withConstants(constants)
      let answer = Equivalence.decide(formula, RandomRewriteTests.rewritten(other, &formulas.random))
      if answer == .different { different += 1 }
      guard answer == .equal else { continue }
      // The constant may not count: 0 * c, c^0. Then no point may tell the formulas apart.
      let text = "\(formula.description(features: [])), \(other.description(features: []))"
      for _ in 0..<20 {
        let row = (0..<3).map { _ in Enclosure(formulas.random.uniform(-3, 3)) }
        #expect(!formula.enclosure(row).differs(from: other.enclosure(row)), "\(text)")
      }
    }
    #expect(different > 500, "\(different)")
  }
}
