import Expressions
import Randomness

/// Hints in memory that breeding reads without touching a reference count; one for each island.
package struct HintTable {
  /// Nodes of the longest compound.
  package static let mostRunNodes = 5
  /// Factors and groups beyond this many are left out.
  private static let mostEntries = 16

  /// A compound as a run of nodes, and what takes the second feature's place when the first becomes the
  /// compound.
  struct Run {
    var count = 0
    var kept: UInt16 = 0
    var dropped: UInt16 = 0
    var neutral = 0.0
    /// Whether exchanging the two features gives a compound as good.
    var isReversible = false
  }

  /// A feature that is a factor.
  struct Factor {
    var feature: UInt16 = 0
    var exponent = 0.0
  }

  let runs: UnsafeMutablePointer<Run>
  let runNodes: UnsafeMutablePointer<Node>
  private(set) var runCount = 0
  let factors: UnsafeMutablePointer<Factor>
  private(set) var factorCount = 0
  /// Groups as sets of bits: those whose parts are multiplied, then those whose parts are added.
  let groups: UnsafeMutablePointer<UInt64>
  private(set) var multipliedCount = 0
  private(set) var addedCount = 0
  private var irrelevant: UInt64 = 0
  /// Scratch memory: the features of each subtree of two parents.
  let masks: UnsafeMutablePointer<UInt64>

  /// An empty table; `capacity` is the most nodes of a genome.
  init(capacity: Int) {
    runs = .allocate(capacity: StructureHints.mostCompounds)
    runs.initialize(repeating: Run(), count: StructureHints.mostCompounds)
    runNodes = .allocate(capacity: StructureHints.mostCompounds * HintTable.mostRunNodes)
    factors = .allocate(capacity: HintTable.mostEntries)
    factors.initialize(repeating: Factor(), count: HintTable.mostEntries)
    groups = .allocate(capacity: 2 * HintTable.mostEntries)
    groups.initialize(repeating: 0, count: 2 * HintTable.mostEntries)
    masks = .allocate(capacity: capacity)
    masks.initialize(repeating: 0, count: capacity)
  }

  func deallocate() {
    runs.deallocate()
    runNodes.deallocate()
    factors.deallocate()
    groups.deallocate()
    masks.deallocate()
  }

  /// Whether whole expressions can be rewritten by the hints.
  @inline(__always) var rewrites: Bool { runCount + factorCount > 0 }
  /// Whether parts of two expressions can be put together.
  @inline(__always) var separates: Bool { multipliedCount + addedCount > 0 }

  /// Whether the feature is one the target hardly depends on.
  @inline(__always)
  func isIrrelevant(_ feature: Int) -> Bool { feature < 64 && irrelevant >> UInt64(feature) & 1 == 1 }

  /// Takes other hints, those that the allowed operators can write.
  mutating func load(_ hints: StructureHints, allowed: OperatorSet) {
    runCount = 0
    for compound in hints.compounds.prefix(StructureHints.mostCompounds) { add(compound, allowed) }
    factorCount = 0
    if allowed.contains(.multiply) {
      for factor in hints.powerFactors.prefix(HintTable.mostEntries) {
        factors[factorCount] = Factor(feature: UInt16(factor.feature), exponent: factor.exponent)
        factorCount += 1
      }
    }
    multipliedCount = add(hints.multipliedGroups, at: 0, isAllowed: allowed.contains(.multiply))
    addedCount = add(hints.addedGroups, at: multipliedCount, isAllowed: allowed.contains(.add))
    irrelevant = HintTable.mask(hints.irrelevant)
  }

  private mutating func add(_ compound: StructureHints.Compound, _ allowed: OperatorSet) {
    let (x, y) = (Node.feature(compound.first), Node.feature(compound.second))
    func operation(_ operation: Operator, _ length: Int) -> Node {
      .operation(operation, argumentLength: length)
    }
    let nodes: [Node]
    switch compound.form {
    case .difference: nodes = [x, y, operation(.subtract, 2)]
    case .sum: nodes = [x, y, operation(.add, 2)]
    case .quotient: nodes = [x, y, operation(.divide, 2)]
    case .product: nodes = [x, y, operation(.multiply, 2)]
    case .overSquare: nodes = [x, y, y, operation(.multiply, 2), operation(.divide, 4)]
    case .timesSquare: nodes = [x, y, y, operation(.multiply, 2), operation(.multiply, 4)]
    }
    guard nodes.allSatisfy({ $0.isLeaf || allowed.contains($0.operation!) }) else { return }
    (runNodes + runCount * HintTable.mostRunNodes).initialize(from: nodes, count: nodes.count)
    runs[runCount] = Run(
      count: nodes.count, kept: x.feature, dropped: y.feature,
      neutral: compound.form == .difference || compound.form == .sum ? 0 : 1, isReversible: nodes.count == 3)
    runCount += 1
  }

  private func add(_ lists: [[Int]], at start: Int, isAllowed: Bool) -> Int {
    guard isAllowed, lists.count > 1 else { return 0 }
    let kept = lists.prefix(HintTable.mostEntries)
    for (index, list) in kept.enumerated() { groups[start + index] = HintTable.mask(list) }
    return kept.count
  }

  private static func mask(_ features: [Int]) -> UInt64 {
    features.reduce(0) { $1 < 64 ? $0 | 1 << UInt64($1) : $0 }
  }
}
