import Expressions
import Testing

@Suite struct FormulaTests {
  private let formula = Formula.apply(
    .add, .apply(.multiply, .constant(2), .feature(3)), .apply(.exp, .apply(.negate, .feature(1))))

  @Test func `measures`() {
    #expect(formula.complexity == 7 && formula.depth == 4)
    #expect(formula.constants == [2] && formula.featureIndices == [1, 3])
    #expect(formula.operators == OperatorSet([.add, .multiply, .exp, .negate]))
    #expect(Formula.feature(0).depth == 1)
  }

  @Test func `arguments and subtrees are found`() {
    let last = formula.nodes.count - 1
    #expect(formula.nodes.count == 7 && formula.arguments(of: last) == [2, 5])
    #expect(formula.subformula(at: 2) == .apply(.multiply, .constant(2), .feature(3)))
    #expect(formula.subformula(at: last) == formula)
    let clamp = Formula.apply(.clamp, .feature(0), .apply(.sin, .feature(1)), .constant(1))
    #expect(clamp.arguments(of: 4) == [0, 2, 3])
  }

  @Test func `constants and columns are replaced`() {
    #expect(formula.withConstants([5]).constants == [5])
    #expect(formula.withFeatures([9, 8, 7, 6]).featureIndices == [6, 8])
    #expect(formula.withConstants(formula.constants) == formula)
  }

  @Test func `nodes in good order are accepted, and their lengths worked out`() {
    var nodes = formula.nodes
    for index in nodes.indices { nodes[index].length = 77 }
    #expect(Formula(nodes) == formula)
  }

  @Test func `nodes that are no expression are refused`() {
    let x = Node.feature(0)
    let plus = Node.operation(.add, argumentLength: 2)
    let unknown = Node(opcode: 200, arity: 1, feature: 0, length: 2, value: 0)
    for nodes in [
      [], [x, x], [plus], [x, plus], [x, x, plus, plus], [x, unknown], [.constant(.nan)],
      [.constant(.infinity)],
    ] {
      #expect(Formula(nodes) == nil)
    }
  }

  @Test func `a node is sixteen bytes, as the kernels expect`() {
    #expect(MemoryLayout<Node>.size == 16 && MemoryLayout<Node>.stride == 16)
    #expect(MemoryLayout<Node>.offset(of: \.length) == 4 && MemoryLayout<Node>.offset(of: \.value) == 8)
  }
}
