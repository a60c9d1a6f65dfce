import Algebra
import Expressions
import Randomness
import Testing

@Suite struct ShortestTests {
  static let features = ["x", "y", "z"]

  private static func shortest(_ text: String, _ operators: String? = nil, positive: Set<Int> = []) throws
    -> String
  {
    let formula = try Formula(parsing: text, features: features)
    let allowed = try operators.map(OperatorSet.init(parsing:)) ?? OperatorSet(Operator.allCases)
    return formula.shortest(allowed: allowed, assuming: Assumptions(positiveFeatures: positive))
      .description(features: features)
  }

  @Test(arguments: [
    ("x * y + x * z", "x * (y + z)"), ("log(exp(x) * exp(2 * x))", "3.0 * x"), ("0.1 + 0.2", "0.3"),
    ("1 / 3 + 1 / 6", "0.5"), ("x * (1 / 3) * 3", "x"), ("sin(x)^2 + cos(x)^2", "1.0"),
    ("sqrt(x^2)", "abs(x)"),
    ("(x + 1) * (x - 1) + 1", "square(x)"), ("(exp(x) - exp(-x)) / (exp(x) + exp(-x))", "tanh(x)"),
    ("x - x + y", "y"), ("0 * exp(x) + y", "y"), ("if(1, x, y)", "x"), ("exp(x) / exp(x)", "1.0"),
    ("log(y) - log(y)", "0.0 * log(y)"),
  ])
  func `shorter forms are found`(_ text: String, _ expected: String) throws {
    #expect(try ShortestTests.shortest(text) == expected)
  }

  @Test(arguments: [
    "x / x", "square(sqrt(x))", "exp(log(x))", "0.0 * log(x)", "1.0 / 3.0", "exp(1.0)",
    "1.0 / (1.0 / x)", "x * y / x", "exp(y - (0.0 / x - 1.0))", "log(x)^0.0",
  ])
  func `what has a value at fewer points, or no decimal, stays`(_ text: String) throws {
    #expect(try ShortestTests.shortest(text, "+ - * / ^ exp log sqrt square") == text)
  }

  @Test func `positive features allow more`() throws {
    #expect(try ShortestTests.shortest("x / x", positive: [0]) == "1.0")
    #expect(try ShortestTests.shortest("square(sqrt(x)) + exp(log(y))", positive: [0, 1]) == "x + y")
  }

  @Test func `no operator comes in that is not allowed, and lengths never grow`() throws {
    var formulas = RandomFormulas(seed: 51)
    let own: [Operator] = [.add, .subtract, .multiply, .divide, .power, .exp, .log]
    let allowed = OperatorSet(own)
    for _ in 0..<60 {
      let formula = formulas.formula(size: 3 + formulas.random.index(12), operators: own)
      let shortest = formula.shortest(allowed: allowed)
      #expect(shortest.operators.all.allSatisfy(allowed.contains))
      #expect(shortest.complexity <= formula.complexity)
      #expect(Formula(shortest.nodes) == shortest)
      #expect(shortest == formula.shortest(allowed: allowed))
    }
    #expect(try ShortestTests.shortest("max(x, y) + max(x, y)", "+ *") == "2.0 * max(x, y)")
  }

  @Test func `values and domains are kept, in exact fractions where those can tell`() {
    var formulas = RandomFormulas(seed: 52)
    var decided = 0
    let mixtures = [
      Operator.allCases, OperatorSet.standard.all, [.add, .subtract, .multiply, .divide, .inverse],
    ]
    for round in 0..<150 {
      let formula = formulas.formula(size: 4 + formulas.random.index(12), operators: mixtures[round % 3])
      let shortest = formula.shortest(allowed: OperatorSet(Operator.allCases))
      let text = "\(formula.description(features: [])) -> \(shortest.description(features: []))"
      // Other points than those the rewriting itself looks at.
      let verdict = Preservation(of: formula, by: shortest, points: 18, seed: 1_000 + UInt64(round))
      #expect(verdict != .violated, "\(text)")
      if verdict == .kept { decided += 1 }
      let values = (0..<3).map { _ in
        Rational(formulas.random.index(99) - 49, over: 1 + formulas.random.index(31))
      }
      if let before = formula.exactValue(values), let after = shortest.exactValue(values) {
        #expect(before == after, "\(text)")
      }
    }
    #expect(decided > 120)
  }

  @Test func `the rewriting in a search keeps values and domains`() {
    var decided = 0
    let arithmetic: [Operator] = [.add, .subtract, .multiply, .divide, .negate, .inverse, .square]
    let mixtures = [Operator.allCases, arithmetic, OperatorSet.standard.all]
    var formulas = RandomFormulas(seed: 53)
    for round in 0..<10_000 {
      let formula = formulas.formula(size: 2 + formulas.random.index(16), operators: mixtures[round % 3])
      let simplified = formula.simplified(using: OperatorSet(Operator.allCases))
      let verdict = Preservation(
        of: formula, by: simplified, points: 6, tolerance: 1e-12, seed: UInt64(round))
      #expect(
        verdict != .violated,
        "\(formula.description(features: [])) -> \(simplified.description(features: []))")
      if verdict == .kept { decided += 1 }
    }
    #expect(decided > 8_000)
  }

  @Test(arguments: [
    ("x / x", "1"), ("sqrt(x)^2", "x"), ("x^2", "x^3"), ("abs(x)", "x"), ("exp(log(x))", "x"),
    ("x * y", "x * z"),
    ("log(x)", "log(abs(x))"), ("x", "x + 1e-9"),
  ])
  func `the check sees what is not kept`(_ before: String, _ after: String) throws {
    let a = try Formula(parsing: before, features: ShortestTests.features)
    let b = try Formula(parsing: after, features: ShortestTests.features)
    #expect(Preservation(of: a, by: b, points: 30) == .violated)
  }

  @Test(arguments: [
    Array(repeating: "x", count: 3_000).joined(separator: " + "),
    (0..<200).map { "(x + \($0))" }.joined(separator: " * "),
    String(repeating: "sin(", count: 400) + "x" + String(repeating: ")", count: 400), "2^2^2^2^2", "1e9^1e9",
  ])
  func `nothing is too large to be given`(_ text: String) throws {
    let formula = try Formula(parsing: text, features: ShortestTests.features)
    #expect(formula.shortest(allowed: OperatorSet(Operator.allCases)).complexity <= formula.complexity)
  }
}
