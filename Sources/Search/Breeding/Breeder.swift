import Algebra
import Expressions
import Randomness

/// Makes new expressions out of nothing, one parent or two.
///
/// Every method is a function of the random stream and its inputs; what it writes into has room for
/// ``capacity`` nodes. One breeder belongs to one island: its scratch memory is not shared.
package final class Breeder {
  /// The operators to draw from.
  package let table: OperatorTable
  /// Where constants come from.
  package let constants: ConstantSource
  /// Columns that leaves may name.
  package let featureCount: Int
  /// Largest number of nodes a child may have.
  package let maximumSize: Int
  /// Largest depth a child may have.
  package let maximumDepth: Int
  /// Nodes that every genome's memory must hold.
  package let capacity: Int
  /// Scratch memory for the values of a subtree on one row.
  package let stack: UnsafeMutablePointer<Double>
  /// What to follow; empty at first.
  var hints: HintTable
  private let depths: UnsafeMutablePointer<Int32>
  private let spareNodes: UnsafeMutablePointer<Node>
  private let spareRow: UnsafeMutablePointer<Double>

  /// A breeder within these bounds; `maximumDepth` nil for no bound but the size.
  package init(
    table: OperatorTable, constants: ConstantSource, featureCount: Int, maximumSize: Int, maximumDepth: Int?
  ) {
    self.table = table
    self.constants = constants
    self.featureCount = featureCount
    self.maximumSize = maximumSize
    self.maximumDepth = maximumDepth ?? .max
    // A child is built before it is measured: a parent with a second parent's subtree in it.
    capacity = 2 * maximumSize + 8
    stack = .allocate(capacity: capacity)
    depths = .allocate(capacity: capacity)
    spareNodes = .allocate(capacity: capacity)
    spareRow = .allocate(capacity: max(1, featureCount))
    hints = HintTable(capacity: capacity)
  }

  deinit {
    stack.deallocate()
    depths.deallocate()
    spareNodes.deallocate()
    spareRow.deallocate()
    hints.deallocate()
  }

  /// Whether a child keeps to the bounds on size and depth.
  package func fits(_ genome: Genome) -> Bool {
    genome.count > 0 && genome.count <= maximumSize
      && (maximumDepth >= genome.count || genome.depth(depths) <= maximumDepth)
  }

  /// Whether the rows show every period of an expression; see
  /// ``ConstantSource/resolves(_:row:stack:)``.
  func resolves(_ genome: Genome) -> Bool { constants.resolves(genome, row: spareRow, stack: stack) }

  // MARK: - Out of nothing

  /// Appends a leaf: seven times out of ten a feature, or a compound of features that a hint names.
  package func appendLeaf(to genome: inout Genome, _ random: inout RandomStream) {
    let isFeature = featureCount > 0 && random.chance(0.7)
    guard isFeature else { return genome.append(.constant(constants.draw(&random))) }
    if !appendCompound(to: &genome, &random) { genome.append(.feature(drawFeature(&random))) }
  }

  /// Appends a feature; every other time one of numbers far from 1 comes with a factor that brings it there.
  package func appendFeature(to genome: inout Genome, _ random: inout RandomStream) {
    if appendCompound(to: &genome, &random) { return }
    let feature = drawFeature(&random)
    genome.append(.feature(feature))
    guard let unit = constants.unit(of: feature), table.set.contains(.multiply), random.chance(0.5) else {
      return
    }
    genome.append(.constant(unit))
    genome.append(.operation(.multiply, argumentLength: 2))
  }

  /// Appends a random expression of `size` nodes, or a few fewer where the operators allow no such size.
  package func appendRandom(to genome: inout Genome, size: Int, _ random: inout RandomStream) {
    if constants.hasUnits, (3...5).contains(size), random.chance(0.5) {
      return appendFeature(to: &genome, &random)
    }
    let arity = table.drawArity(upTo: size - 1, &random)
    guard arity > 0 else { return appendLeaf(to: &genome, &random) }
    let operation = table.draw(arity: arity, &random)
    let start = genome.count
    var left = size - 1
    for argument in 0..<arity {
      let waiting = arity - argument - 1
      let share = waiting == 0 ? left : 1 + random.index(left - waiting)
      let from = genome.count
      appendRandom(to: &genome, size: share, &random)
      left -= share
      if argument == 1, operation == .power, genome.count == from + 1, random.chance(0.8) {
        genome.nodes[from] = .constant(constants.exponent(&random))
      }
    }
    genome.append(.operation(operation, argumentLength: genome.count - start))
  }

  /// Replaces the contents by a random expression of about `size` nodes.
  package func randomise(_ genome: inout Genome, size: Int, _ random: inout RandomStream) {
    genome.count = 0
    appendRandom(to: &genome, size: size, &random)
    genome.relength()
  }

  /// Draws all constants anew, as they are drawn when they join an expression.
  package func redrawConstants(_ genome: inout Genome, _ random: inout RandomStream) {
    for index in 0..<genome.count where genome.nodes[index].isConstant {
      let next = index + 1
      // A constant that is the last argument of its operator is drawn beside the argument before it.
      if next < genome.count, genome.nodes[next].arity == 2 {
        let before = genome.start(of: index - 1)
        genome.nodes[index].value = constants.draw(
          beside: genome, before, index, under: Operator(rawValue: genome.nodes[next].opcode)!, isRight: true,
          stack: stack, &random)
      } else {
        genome.nodes[index].value = constants.draw(&random)
      }
    }
    if constants.hasFrequencies { redrawFrequencies(&genome, &random) }
  }

  // MARK: - Out of two

  /// Writes a copy of `first` with one subtree replaced by one of `second` (Koza's subtree crossover).
  package func cross(
    _ first: Genome, _ second: Genome, into child: inout Genome, _ random: inout RandomStream
  ) {
    let target = pickNode(first, &random)
    let source = pickNode(second, &random)
    splice(first, target, with: second, second.start(of: source), source + 1, into: &child)
  }

  /// A node, operators more often than leaves (Koza 1992): leaves are half of all nodes but a poor unit of
  /// exchange.
  package func pickNode(_ genome: Genome, _ random: inout RandomStream) -> Int {
    let first = random.index(genome.count)
    return genome.nodes[first].isLeaf && random.chance(0.5) ? random.index(genome.count) : first
  }

  /// Writes `parent` with the subtree at `root` replaced by nodes `start ..< end` of `other`.
  package func splice(
    _ parent: Genome, _ root: Int, with other: Genome, _ start: Int, _ end: Int, into child: inout Genome
  ) {
    child.count = 0
    child.append(parent, 0, parent.start(of: root))
    child.append(other, start, end)
    child.append(parent, root + 1, parent.count)
    child.relength()
  }

  /// Memory for a part of an expression while a mutation is put together.
  package var spare: Genome { Genome(nodes: spareNodes, count: 0) }
}
