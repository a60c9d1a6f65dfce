import Evaluation
import Expressions
import Randomness
import Search
import Tables
import Testing

@Suite struct HintMovesTests {
  private let columns: [Column]
  private let evaluator = Evaluator(capacity: 200, loss: .meanSquaredError)

  init() {
    var random = RandomStream(seed: 12)
    columns = (0..<3).map { _ in Column((0..<50).map { _ in random.uniform(1, 3) }) }
  }

  private func values(_ formula: Formula) -> [Double] {
    evaluator.values(
      of: formula,
      on: EvaluationData(features: columns, target: columns[0], weights: nil, precision: .double))
  }

  private func load(_ text: String, into genome: inout Genome) throws -> Formula {
    let formula = try Formula(parsing: text, features: ["x0", "x1", "x2"])
    genome.count = 0
    for node in formula.nodes { genome.append(node) }
    return formula
  }

  private static let symmetric: [(String, StructureHints)] = [
    ("sin(x0) * cos(x1) - cos(x0) * sin(x1) + x2", hints(.difference)),
    ("exp(x0) * exp(x1) + x2", hints(.sum)),
    ("sqrt(x0) / sqrt(x1) + x2", hints(.quotient)),
    ("sqrt(x0) * sqrt(x1) + exp(x0 * x1)", hints(.product)),
    ("sqrt(x0) / x1 + x2", hints(.overSquare)),
    ("sqrt(x0) * x1 + x2", hints(.timesSquare)),
    ("x0 * (x1 + 1) - x0 * x2", hints(power: 1)),
    ("(x1 + 1) / x0 - x2 / x0", hints(power: -1)),
    ("x0 * x0 * x1 + x0 ^ 2 * x2", hints(power: 2)),
    ("sqrt(x0) * x1 + x0 ^ 0.5 * x2", hints(power: 0.5)),
    ("x2 / sqrt(x0) - x1 * x0 ^ -0.5", hints(power: -0.5)),
    ("x2 * x0 ^ 1.3", hints(power: 1.3)),
  ]

  private static func hints(_ form: StructureHints.Compound.Form) -> StructureHints {
    var hints = StructureHints()
    hints.compounds = [.init(first: 0, second: 1, form: form, residual: 0)]
    return hints
  }

  private static func hints(power: Double) -> StructureHints {
    var hints = StructureHints()
    hints.powerFactors = [.init(feature: 0, exponent: power)]
    return hints
  }

  @Test(arguments: symmetric.indices)
  func `rewriting what has the symmetry keeps its values`(index: Int) throws {
    let operators = try OperatorSet(parsing: "+ - * / ^ exp sin cos sqrt")
    var nursery = Nursery(operators: operators, seed: 13)
    defer { nursery.deallocate() }
    let (text, hints) = HintMovesTests.symmetric[index]
    nursery.breeder.follow(hints)
    let parent = try load(text, into: &nursery.parent)
    let before = values(parent)
    for _ in 0..<8 {
      let isDone = nursery.breeder.rewrite(nursery.parent, into: &nursery.child, &nursery.random)
      #expect(isDone)
      let child = nursery.child.formula
      #expect(child != parent && Formula(child.nodes)?.nodes == child.nodes)
      for (a, b) in zip(before, values(child)) { #expect(abs(a - b) < 1e-9 * (1 + abs(a))) }
    }
  }

  @Test func `what a hint says nothing about is not rewritten`() throws {
    var nursery = Nursery(operators: .standard, seed: 14)
    defer { nursery.deallocate() }
    _ = try load("x2 + log(x1)", into: &nursery.parent)
    var before = nursery.random
    #expect(!nursery.breeder.rewrite(nursery.parent, into: &nursery.child, &nursery.random))
    #expect(!nursery.breeder.join(nursery.parent, nursery.parent, into: &nursery.child, &nursery.random))
    // Without hints nothing is drawn: a search without them is as it was.
    #expect(nursery.random.next() == before.next())
    nursery.breeder.follow(HintMovesTests.hints(.quotient))
    #expect(!nursery.breeder.rewrite(nursery.parent, into: &nursery.child, &nursery.random))
    nursery.breeder.follow(HintMovesTests.hints(power: 2))
    #expect(!nursery.breeder.rewrite(nursery.parent, into: &nursery.child, &nursery.random))
  }

  @Test func `random expressions hold the compound more often than without the hint`() throws {
    let count = { (hints: StructureHints) -> Int in
      var nursery = Nursery(operators: .standard, seed: 15)
      defer { nursery.deallocate() }
      nursery.breeder.follow(hints)
      var found = 0
      for _ in 0..<500 {
        nursery.breeder.randomise(&nursery.child, size: 7, &nursery.random)
        let formula = nursery.child.formula
        #expect(Formula(formula.nodes)?.nodes == formula.nodes)
        let quotient: [Node] = [.feature(0), .feature(1), .operation(.divide, argumentLength: 2)]
        let isThere = formula.nodes.indices.contains { formula.subformula(at: $0).nodes == quotient }
        if isThere { found += 1 }
      }
      return found
    }
    #expect(count(HintMovesTests.hints(.quotient)) > 60 + count(StructureHints()))
  }

  @Test(arguments: [5, 8, 20])
  func `children of hints keep to the memory of a genome`(size: Int) throws {
    var nursery = Nursery(operators: try OperatorSet(parsing: "* / fma exp"), maximumSize: size, seed: 18)
    defer { nursery.deallocate() }
    var hints = HintMovesTests.hints(.overSquare)
    hints.powerFactors = [.init(feature: 2, exponent: 3)]
    nursery.breeder.follow(hints)
    for _ in 0..<20_000 {
      nursery.breeder.randomise(
        &nursery.parent, size: 1 + nursery.random.index(size), &nursery.random)
      #expect(nursery.parent.count <= nursery.breeder.capacity)
      guard nursery.parent.count <= size else { continue }
      for mutation in [Mutation.replaceSubtree, .growLeaf, .insertOperator, .changeLeaf] {
        if nursery.breeder.mutate(nursery.parent, mutation, into: &nursery.child, &nursery.random) {
          #expect(nursery.child.count <= nursery.breeder.capacity)
        }
      }
      if nursery.breeder.rewrite(nursery.parent, into: &nursery.child, &nursery.random) {
        #expect(nursery.child.count <= nursery.breeder.capacity)
      }
    }
  }

  @Test func `irrelevant features are drawn less, others still`() {
    var nursery = Nursery(operators: .standard, seed: 16)
    defer { nursery.deallocate() }
    var hints = StructureHints()
    hints.irrelevant = [1]
    nursery.breeder.follow(hints)
    var drawn = [0, 0, 0]
    for _ in 0..<3000 {
      nursery.child.count = 0
      nursery.breeder.appendLeaf(to: &nursery.child, &nursery.random)
      if nursery.child.nodes[0].isFeature { drawn[Int(nursery.child.nodes[0].feature)] += 1 }
    }
    #expect(drawn[1] > 100 && 3 * drawn[1] < 2 * drawn[0] && 3 * drawn[1] < 2 * drawn[2])
  }

  @Test func `a join takes the largest parts that read one group and the others`() throws {
    var nursery = Nursery(operators: .standard, seed: 17)
    defer { nursery.deallocate() }
    var hints = StructureHints()
    hints.multipliedGroups = [[0, 1], [2]]
    nursery.breeder.follow(hints)
    _ = try load("log(x0 + 2 * x1) + x2", into: &nursery.parent)
    var second = Genome(nodes: .allocate(capacity: nursery.breeder.capacity), count: 0)
    defer { second.nodes.deallocate() }
    _ = try load("x1 - exp(x2 + 3)", into: &second)
    var found: Set<Formula> = []
    for _ in 0..<50
    where nursery.breeder.join(nursery.parent, second, into: &nursery.child, &nursery.random) {
      found.insert(nursery.child.formula)
    }
    let wanted = try ["log(x0 + 2 * x1) * exp(x2 + 3)", "x2 * x1"].map {
      try Formula(parsing: $0, features: ["x0", "x1", "x2"])
    }
    #expect(found == Set(wanted))
  }
}
