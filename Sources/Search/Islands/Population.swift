import Expressions
import Randomness

/// The members of one island, their expressions in one slab of memory.
struct Population {
  /// What is known of a member beside its expression.
  struct Member {
    /// Logarithm of the loss of the best scaled expression, in units of the target's variance.
    var cost: Double
    var count: Int
    /// Number of the child at which it was born; the smallest is the oldest.
    var birth: Int
  }

  let size: Int
  private let capacity: Int
  private let nodes: UnsafeMutablePointer<Node>
  let members: UnsafeMutablePointer<Member>
  /// Births so far.
  private(set) var births = 0

  init(size: Int, capacity: Int) {
    self.size = size
    self.capacity = capacity
    nodes = .allocate(capacity: size * capacity)
    members = .allocate(capacity: size)
    members.initialize(repeating: Member(cost: .infinity, count: 0, birth: 0), count: size)
  }

  func deallocate() {
    nodes.deallocate()
    members.deallocate()
  }

  /// The expression of a member.
  @inline(__always)
  func genome(_ index: Int) -> Genome { Genome(nodes: nodes + index * capacity, count: members[index].count) }

  /// Puts an expression in a member's place, newborn.
  @inline(__always)
  mutating func replace(_ index: Int, with genome: Genome, cost: Double) {
    (nodes + index * capacity).update(from: genome.nodes, count: genome.count)
    births += 1
    members[index] = Member(cost: cost, count: genome.count, birth: births)
  }

  /// Makes a member young again.
  @inline(__always)
  mutating func rejuvenate(_ index: Int) {
    births += 1
    members[index].birth = births
  }

  /// The member born first.
  @inline(__always)
  var oldest: Int {
    var found = 0
    for index in 1..<size where members[index].birth < members[found].birth { found = index }
    return found
  }

  /// A parent: the winner of a tournament of `rounds` members drawn with replacement, judged by cost plus the
  /// price of its size.
  @inline(__always)
  func tournament(
    rounds: Int, frequencies: SizeFrequencies, price: Double, parsimony: Double, _ random: inout RandomStream
  ) -> Int {
    var winner = -1
    var lowest = Double.infinity
    for _ in 0..<rounds {
      let index = random.index(size)
      let count = members[index].count
      let adjusted = members[index].cost + price * frequencies.share(count) + parsimony * Double(count)
      if adjusted < lowest || winner < 0 {
        lowest = adjusted
        winner = index
      }
    }
    return winner
  }
}
