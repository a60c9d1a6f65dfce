import Algebra
import Expressions
import Foundation
import Randomness
import Search
import Testing

/// A breeder over three columns, and memory for its children.
struct Nursery {
  let breeder: Breeder
  var parent: Genome
  var child: Genome
  var random: RandomStream

  init(operators: OperatorSet, maximumSize: Int = 20, seed: UInt64) {
    let constants = ConstantSource(features: [{ Double($0) + 1 }, { _ in 1e9 }, { _ in 0 }], rows: [0, 1, 2])
    breeder = Breeder(
      table: OperatorTable(operators), constants: constants, featureCount: 3, maximumSize: maximumSize,
      maximumDepth: nil)
    parent = Genome(nodes: .allocate(capacity: breeder.capacity), count: 0)
    child = Genome(nodes: .allocate(capacity: breeder.capacity), count: 0)
    random = RandomStream(seed: seed)
  }

  func deallocate() {
    parent.nodes.deallocate()
    child.nodes.deallocate()
  }
}

@Suite struct BreedingTests {
  private static let sets = ["+ - * /", "+ - * / ^ exp log sqrt square", "sin if clamp", "neg inv", "max3 fma * -"]

  private func expectValid(_ genome: Genome, _ allowed: OperatorSet) {
    let nodes = genome.formula.nodes
    let checked = Formula(nodes)
    // The same nodes, lengths and arities included, come out of the check.
    #expect(checked?.nodes == nodes)
    #expect(nodes.allSatisfy { $0.isLeaf || allowed.contains($0.operation!) })
    #expect(nodes.allSatisfy { !$0.isFeature || $0.feature < 3 })
  }

  @Test(arguments: sets)
  func `whatever is bred is a complete expression of the allowed operators`(list: String) throws {
    let operators = try OperatorSet(parsing: list)
    var nursery = Nursery(operators: operators, seed: 7)
    defer { nursery.deallocate() }
    var applied = Dictionary(uniqueKeysWithValues: Mutation.allCases.map { ($0, 0) })
    for round in 0..<4_000 {
      nursery.breeder.randomise(&nursery.parent, size: 1 + round % 20, &nursery.random)
      expectValid(nursery.parent, operators)
      #expect(nursery.parent.count <= 20)
      for mutation in Mutation.allCases {
        guard nursery.breeder.mutate(nursery.parent, mutation, into: &nursery.child, &nursery.random) else { continue }
        applied[mutation, default: 0] += 1
        expectValid(nursery.child, operators)
        #expect(nursery.child.count <= nursery.breeder.capacity)
      }
    }
    if operators == .standard { #expect(applied.values.allSatisfy { $0 > 100 }) }
  }

  @Test func `a crossover keeps the first parent but for one subtree, which is one of the second's`() throws {
    var nursery = Nursery(operators: .standard, seed: 8)
    defer { nursery.deallocate() }
    let other = Genome(nodes: .allocate(capacity: nursery.breeder.capacity), count: 0)
    defer { other.nodes.deallocate() }
    for _ in 0..<2_000 {
      var second = other
      nursery.breeder.randomise(&nursery.parent, size: 15, &nursery.random)
      nursery.breeder.randomise(&second, size: 15, &nursery.random)
      nursery.breeder.cross(nursery.parent, second, into: &nursery.child, &nursery.random)
      expectValid(nursery.child, .standard)
      let first = nursery.parent.formula
      let subtrees = second.formula.nodes.indices.map { second.formula.subformula(at: $0).nodes }
      let child = nursery.child.formula.nodes
      let isCross = first.nodes.indices.contains { root in
        let start = root + 1 - Int(first.nodes[root].length)
        let before = first.nodes[..<start]
        let after = first.nodes.count - root - 1
        guard child.count >= before.count + after, child.starts(with: before) else { return false }
        return subtrees.contains(Array(child[before.count..<(child.count - after)]))
      }
      #expect(isCross)
    }
  }

  @Test func `a rotation keeps the multiset of nodes`() {
    var nursery = Nursery(operators: .standard, seed: 9)
    defer { nursery.deallocate() }
    func kinds(_ genome: Genome) -> [Int] { genome.formula.nodes.map { Int($0.opcode) * 100 + Int($0.feature) }.sorted() }
    for _ in 0..<2_000 {
      nursery.breeder.randomise(&nursery.parent, size: 13, &nursery.random)
      for mutation in [Mutation.rotate, .swapArguments] {
        guard nursery.breeder.mutate(nursery.parent, mutation, into: &nursery.child, &nursery.random) else { continue }
        #expect(kinds(nursery.child) == kinds(nursery.parent))
      }
    }
  }

  @Test func `the same stream breeds the same child`() {
    for mutation in Mutation.allCases {
      let children = (0..<2).map { _ in
        var nursery = Nursery(operators: .standard, seed: 10)
        defer { nursery.deallocate() }
        nursery.breeder.randomise(&nursery.parent, size: 17, &nursery.random)
        _ = nursery.breeder.mutate(nursery.parent, mutation, into: &nursery.child, &nursery.random)
        return nursery.child.formula
      }
      #expect(children[0] == children[1])
    }
  }
}
