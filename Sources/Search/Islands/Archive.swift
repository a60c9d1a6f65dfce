import Expressions
import Foundation

/// The best expression of each complexity that an island, or the whole search, has seen: a hall of fame in
/// memory allocated once.
package final class Archive {
  /// Largest complexity kept.
  package let maximumSize: Int
  private let capacity: Int
  private let nodes: UnsafeMutablePointer<Node>
  private let losses: UnsafeMutablePointer<Double>
  private let bestUpTo: UnsafeMutablePointer<Double>
  private let marks: UnsafeMutablePointer<Bool>

  /// An empty archive for complexities up to `maximumSize`.
  package init(maximumSize: Int) {
    self.maximumSize = maximumSize
    capacity = maximumSize + 1
    nodes = .allocate(capacity: capacity * capacity)
    losses = .allocate(capacity: capacity)
    bestUpTo = .allocate(capacity: capacity)
    marks = .allocate(capacity: capacity)
    clear()
  }

  deinit {
    nodes.deallocate()
    losses.deallocate()
    bestUpTo.deallocate()
    marks.deallocate()
  }

  /// Forgets everything.
  package func clear() {
    losses.initialize(repeating: .infinity, count: capacity)
    bestUpTo.initialize(repeating: .infinity, count: capacity)
    marks.initialize(repeating: false, count: capacity)
  }

  /// Lowest loss among all complexities up to `complexity`; infinite when there is none, minus infinity
  /// beyond the largest complexity kept, so that nothing can improve on it.
  @inline(__always)
  package func best(upTo complexity: Int) -> Double {
    complexity <= maximumSize ? bestUpTo[complexity] : -.infinity
  }

  /// Loss of the member of this complexity; infinite when there is none.
  package func loss(at complexity: Int) -> Double { losses[complexity] }

  /// The member of this complexity; meaningful where ``loss(at:)`` is finite.
  package func member(at complexity: Int) -> Genome {
    Genome(nodes: nodes + complexity * capacity, count: complexity)
  }

  /// Keeps a copy of `genome` if no member as simple has so low a loss.
  ///
  /// - Returns: whether it was kept.
  @discardableResult
  package func offer(_ genome: Genome, loss: Double) -> Bool {
    let complexity = genome.count
    guard complexity <= maximumSize, loss < bestUpTo[complexity] else { return false }
    (nodes + complexity * capacity).update(from: genome.nodes, count: complexity)
    losses[complexity] = loss
    marks[complexity] = true
    for size in complexity..<capacity {
      if bestUpTo[size] > loss { bestUpTo[size] = loss }
      // A member that a simpler one has overtaken is no longer on the front.
      if size > complexity, losses[size] >= loss { losses[size] = .infinity }
    }
    return true
  }

  /// Complexities kept since the last call, in ascending order, to `body`.
  package func takeChanges(_ body: (Int) -> Void) {
    for complexity in 0..<capacity where marks[complexity] {
      marks[complexity] = false
      if losses[complexity].isFinite { body(complexity) }
    }
  }

  /// Calls `body` with each complexity on the front, ascending.
  package func forEachMember(_ body: (Int) -> Void) {
    for complexity in 0..<capacity where losses[complexity].isFinite { body(complexity) }
  }

  /// Sum over all complexities of the logarithm of the lowest loss so far: falls whenever the front improves
  /// anywhere.
  package func volume(floor: Double) -> Double {
    var sum = 0.0
    for size in 1..<capacity {
      sum += bestUpTo[size].isFinite ? Foundation.log(max(bestUpTo[size], floor, 1e-300)) : 1000
    }
    return sum
  }
}
