import Expressions
import Suites
import Testing

@Suite struct RandomTreesTests {
  @Test(arguments: RandomTrees.Operators.allCases)
  func theyAreCompleteAndOfTheStatedSizes(operators: RandomTrees.Operators) {
    let formulas = RandomTrees(operators).formulas(1000, seed: 3)
    #expect(formulas.count == 1000)
    // The checking initialiser works out every subtree's length anew.
    #expect(formulas.allSatisfy { Formula($0.nodes) == $0 })
    let sizes = formulas.map(\.complexity)
    #expect(sizes.allSatisfy { (5...51).contains($0) })
    #expect(abs(Double(sizes.reduce(0, +)) / 1000 - 28) < 1.5)
    if operators == .arithmetic { #expect(sizes.allSatisfy { $0 % 2 == 1 }) }
  }

  @Test func leavesAndOperatorsComeInTheStatedShares() {
    let nodes = RandomTrees(.mixed).formulas(2000, seed: 5).flatMap(\.nodes)
    let leaves = nodes.filter(\.isLeaf)
    let constants = leaves.filter(\.isConstant)
    #expect(abs(Double(constants.count) / Double(leaves.count) - 0.3) < 0.01)
    #expect(constants.allSatisfy { (0..<3).contains($0.value) })
    #expect(Set(leaves.filter(\.isFeature).map(\.feature)) == [0, 1, 2, 3, 4])
    let operators: [Operator] = [.add, .subtract, .multiply, .divide, .exp, .log, .sin, .cos, .sqrt]
    let counts = operators.map { wanted in nodes.count { $0.operation == wanted } }
    #expect(counts.reduce(0, +) + leaves.count == nodes.count)
    // Two nodes leave no choice but an operator of one argument; else all nine are alike.
    #expect((counts[..<4].max() ?? 0) - (counts[..<4].min() ?? 0) < counts[0] / 5)
    #expect((counts[4...].max() ?? 0) - (counts[4...].min() ?? 0) < counts[4] / 5)
    #expect(counts[4] > counts[0])
  }

  @Test func aSeedGivesTheSameTreesAndColumns() {
    #expect(RandomTrees(.mixed).formulas(20, seed: 1) == RandomTrees(.mixed).formulas(20, seed: 1))
    #expect(RandomTrees(.mixed).formulas(20, seed: 1) != RandomTrees(.mixed).formulas(20, seed: 2))
    let columns = RandomTrees.columns(rows: 1000, seed: 1)
    #expect(columns.count == 5 && columns.joined().allSatisfy { (0.5..<2.5).contains($0) })
    #expect(columns.allSatisfy { abs($0.reduce(0, +) / 1000 - 1.5) < 0.1 })
  }
}
