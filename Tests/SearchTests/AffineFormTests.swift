import Algebra
import Expressions
import Foundation
import Randomness
import Search
import Testing

@Suite struct AffineFormTests {
  private func value(_ formula: Formula, _ row: [Double]) -> Double {
    formula.reduce(leaf: { $0.isConstant ? $0.value : row[Int($0.feature)] }) { operation, arguments in
      let values = Array(arguments) + [0, 0]
      return operation.value(values[0], values[1], values[2])
    }
  }

  private func written(_ formula: Formula, _ form: AffineForm, scale: Double, shift: Double) -> (Formula, added: Int) {
    var genome = Genome(nodes: .allocate(capacity: formula.complexity + AffineForm.extraNodes), count: 0)
    defer { genome.nodes.deallocate() }
    for node in formula.nodes { genome.append(node) }
    let added = form.addedNodes(genome, scale: scale, shift: shift)
    form.finish(&genome, scale: scale, shift: shift)
    genome.relength()
    return (genome.formula, added)
  }

  @Test(arguments: ["+ - * / ^ exp log sqrt square", "* + exp", "/ - log", "muladd exp square inv", "+ * cube neg"])
  func `an expression written with its factor and term has their values and the promised size`(list: String) throws {
    let operators = try OperatorSet(parsing: list)
    let form = AffineForm(operators)
    var nursery = Nursery(operators: operators, seed: 3)
    defer { nursery.deallocate() }
    var random = RandomStream(seed: 4)
    var compared = 0
    for round in 0..<6_000 {
      nursery.breeder.randomise(&nursery.parent, size: 1 + round % 9, &nursery.random)
      let formula = nursery.parent.formula
      if formula.complexity == 1, formula.nodes[0].isConstant { continue }
      let scale = random.chance(0.3) ? 1 : random.uniform(-3, 3)
      let shift = random.chance(0.3) ? 0 : random.uniform(-3, 3)
      let (result, added) = written(formula, form, scale: scale, shift: shift)
      #expect(result.complexity == formula.complexity + added)
      #expect(Formula(result.nodes)?.nodes == result.nodes)
      #expect(result.nodes.allSatisfy { $0.isLeaf || operators.contains($0.operation!) })
      for _ in 0..<3 {
        let row = (0..<3).map { _ in random.uniform(0.2, 2) }
        let plain = scale * value(formula, row) + shift
        guard plain.isFinite, abs(plain) < 1e6, abs(value(formula, row)) < 1e6 else { continue }
        compared += 1
        #expect(abs(value(result, row) - plain) <= 1e-7 * (1 + abs(plain)), "\(formula.description(features: []))")
      }
    }
    #expect(compared > 2_000)
  }

  @Test(arguments: [
    ("3 * (2 + x0)", "x0"), ("x0 / 4 - 1", "x0"), ("5 - exp(x0)", "exp(x0)"), ("2 / x0", "2 / x0"),
    ("-(x0 * 3)", "x0"), ("x0 * x1 + 2", "x0 * x1"), ("3 * x0 + x1", "3 * x0 + x1"), ("(x0 + 1) * 2 / 3", "x0"),
  ])
  func `outer constants are dropped`(text: String, kept: String) throws {
    let names = ["x0", "x1"]
    let formula = try Formula(parsing: text, features: names)
    var genome = Genome(nodes: .allocate(capacity: 30), count: 0)
    defer { genome.nodes.deallocate() }
    for node in formula.nodes { genome.append(node) }
    AffineForm(.standard).strip(&genome)
    #expect(genome.formula == (try Formula(parsing: kept, features: names)))
  }

  @Test(arguments: [
    ("log(2 * x0)", 1.0, 0.5, 0), ("3 * x0", 2.0, 0, 0), ("3 * x0 + 1", 2.0, 5, 0), ("x0", 2.0, 5, 4), ("x0", 2.0, 0, 2),
    ("exp(x0 + 1)", 2.0, 0, 0), ("exp(x0 + 1)", -2.0, 0, 2), ("sqrt(x0 * 2)", 3.0, 1, 2), ("x0 + x1", 2.0, 0, 2),
  ] as [(String, Double, Double, Int)])
  func `constants that are there take the factor and the term`(
    text: String, scale: Double, shift: Double, added: Int
  ) throws {
    let formula = try Formula(parsing: text, features: ["x0", "x1"])
    #expect(written(formula, AffineForm(.standard), scale: scale, shift: shift).added == added)
  }
}
