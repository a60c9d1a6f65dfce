import Algebra
import Expressions
import Testing

@Suite struct TidyTests {
  @Test(arguments: [
    ("x * 2", "2 * x"), ("2 + x", "x + 2"), ("x + -2", "x - 2"), ("x - -2", "x + 2"), ("x + -2 * z", "x - 2 * z"),
    ("x + z * -2", "x - 2 * z"), ("x - -3 * x / z", "x + 3 * x / z"), ("2 - x", "2 - x"), ("-2 * x", "-2 * x"),
    ("exp(x * -2) + 1", "exp(-2 * x) + 1"), ("x + -2^z", "x + -2^z"), ("x / -2", "x / -2"), ("2 * 3", "2 * 3"),
    ("x + (-2) ^ z", "x + (-2)^z"),
  ])
  func `formulas are put as people write them`(text: String, wanted: String) throws {
    let names = ["x", "z"]
    let tidied = try Formula(parsing: text, features: names).tidied(allowed: .standard)
    #expect(tidied == (try Formula(parsing: wanted, features: names)))
    #expect(Formula(tidied.nodes)?.nodes == tidied.nodes)
  }

  @Test func `no operator is brought in that is not allowed`() throws {
    let formula = try Formula(parsing: "x + -2", features: ["x"])
    #expect(formula.tidied(allowed: try OperatorSet(parsing: "+ *")) == formula)
  }
}
