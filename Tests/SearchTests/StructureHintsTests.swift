import Evaluation
import Expressions
import Randomness
import Search
import Tables
import Testing

@Suite struct StructureHintsTests {
  static let names = ["x0", "x1", "x2", "x3"]

  /// Hints that `surrogate` shows when the data are `law`, all features uniform on 1 to 3.
  static func hints(of surrogate: String, law: String? = nil) throws -> StructureHints {
    var random = RandomStream(seed: 6)
    let columns = (0..<4).map { _ in Column((0..<200).map { _ in random.uniform(1, 3) }) }
    let evaluator = Evaluator(capacity: 80, loss: .meanSquaredError)
    let features = EvaluationData(features: columns, target: columns[0], weights: nil, precision: .double)
    let target = evaluator.values(of: try Formula(parsing: law ?? surrogate, features: names), on: features)
    let data = EvaluationData(
      features: columns, target: Column(target), weights: nil, precision: .double)
    return StructureHints(
      SurrogateSample(try Formula(parsing: surrogate, features: names), on: data, with: evaluator))
  }

  private static let pairs: [(String, StructureHints.Compound.Form, Int, Int)] = [
    ("exp(-(x0 - x1)^2) + log(x2 + 1)", .difference, 0, 1),
    ("sin(x1 + x0) + log(x3)", .sum, 0, 1),
    ("cos(x0 / x2) + x1 ^ 2", .quotient, 0, 2),
    ("exp(-(x0 * x3)) + sin(x1)", .product, 0, 3),
    ("sin(x1 / (x0 * x0)) + log(x2)", .overSquare, 1, 0),
    ("sin(x0 / x1^2) + log(x2)", .overSquare, 0, 1),
    ("cos(x2 * x3^2) + sqrt(x0)", .timesSquare, 2, 3),
    // Written out, so that no compound stands in it.
    ("sin(x0) * cos(x1) - cos(x0) * sin(x1) + x2 ^ 2", .difference, 0, 1),
  ]

  @Test(arguments: pairs.indices)
  func `two features that matter only together are found first`(index: Int) throws {
    let (text, form, first, second) = StructureHintsTests.pairs[index]
    let hints = try StructureHintsTests.hints(of: text)
    let compound = try #require(hints.compounds.first)
    #expect(compound.form == form)
    #expect(compound.first == first && compound.second == second)
    #expect(compound.residual < 1e-12)
    #expect(hints.compounds.count == 1, "\(hints.compounds)")
  }

  @Test func `powers that are factors are found, and nothing else of their features`() throws {
    let hints = try StructureHintsTests.hints(of: "x0^2 / sqrt(x1) * sin(x2 + x3 * x3)")
    #expect(hints.powerFactors == [.init(feature: 0, exponent: 2), .init(feature: 1, exponent: -0.5)])
    #expect(hints.compounds.isEmpty)
    #expect(hints.multipliedGroups == [[0, 1], [2, 3]])
    #expect(hints.addedGroups.isEmpty)
  }

  @Test func `groups that are added or multiplied are told apart`() throws {
    let added = try StructureHintsTests.hints(of: "exp(x0 * x1) / x1 + sin(x2 + x3 * x3)")
    #expect(added.addedGroups == [[0, 1], [2, 3]])
    #expect(added.multipliedGroups.isEmpty)
    let multiplied = try StructureHintsTests.hints(of: "log(x0 * x1 + x1) * exp(x2 * x3 - x2)")
    #expect(multiplied.multipliedGroups == [[0, 1], [2, 3]])
    #expect(multiplied.addedGroups.isEmpty)
  }

  @Test func `features that hardly matter are named`() throws {
    let hints = try StructureHintsTests.hints(of: "sin(x0 * x2)", law: "sin(x0 * x2) + x3 / 100")
    #expect(hints.irrelevant == [1, 3])
  }

  @Test func `a small error of the formula does not hide the law's symmetry`() throws {
    let surrogate = "1.02 * exp(-(x0 - 0.99 * x1)^2) + log(x2 + 1.01)"
    let hints = try StructureHintsTests.hints(of: surrogate, law: "exp(-(x0 - x1)^2) + log(x2 + 1)")
    #expect(hints.compounds.first?.form == .difference)
  }

  @Test func `a formula that does not fit, or shows no symmetry, gives no hints`() throws {
    #expect(try StructureHintsTests.hints(of: "x0 - x1", law: "sin(3 * x0) * x2 * x3").isEmpty)
    #expect(try StructureHintsTests.hints(of: "1.5", law: "sin(3 * x0) * x2 * x3").isEmpty)
    #expect(try StructureHintsTests.hints(of: "2", law: "2").isEmpty)
    #expect(try StructureHintsTests.hints(of: "log(x0 - 5)").isEmpty)
    let hints = try StructureHintsTests.hints(of: "x0 * x1 + sin(x0 + x1 * x1)")
    #expect(hints.isEmpty, "\(hints)")
  }
}
