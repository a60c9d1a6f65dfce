import Expressions
import Randomness

/// The operators of a search in memory that can be drawn from without touching a reference count.
package final class OperatorTable: @unchecked Sendable {
  /// Operators by arity: index 1, 2, 3.
  private let storage: UnsafeMutablePointer<UInt8>
  private let starts: (Int, Int, Int, Int)
  /// The operators.
  package let set: OperatorSet
  /// Operators of one argument.
  package let unaryCount: Int
  /// Operators of two arguments.
  package let binaryCount: Int
  /// Operators of three arguments.
  package let ternaryCount: Int

  /// A table of the operators in `set`, each as likely as any other of its arity.
  package init(_ set: OperatorSet) {
    self.set = set
    unaryCount = set.unary.count
    binaryCount = set.binary.count
    ternaryCount = set.ternary.count
    starts = (0, 0, unaryCount, unaryCount + binaryCount)
    let ordered = set.unary + set.binary + set.ternary
    storage = .allocate(capacity: max(1, ordered.count))
    for (index, operation) in ordered.enumerated() { storage[index] = operation.rawValue }
  }

  deinit { storage.deallocate() }

  /// How many operators take `arity` arguments.
  @inline(__always)
  package func count(arity: Int) -> Int { arity == 1 ? unaryCount : arity == 2 ? binaryCount : ternaryCount }

  /// A uniformly drawn operator of `arity` arguments; there must be one.
  @inline(__always)
  package func draw(arity: Int, _ random: inout RandomStream) -> Operator {
    let start = arity == 1 ? 0 : arity == 2 ? starts.2 : starts.3
    return Operator(rawValue: storage[start + random.index(count(arity: arity))])!
  }

  /// An arity no larger than `limit`, each in proportion to its operators; 0 when there is none.
  @inline(__always)
  package func drawArity(upTo limit: Int, _ random: inout RandomStream) -> Int {
    let one = limit >= 1 ? unaryCount : 0
    let two = limit >= 2 ? binaryCount : 0
    let three = limit >= 3 ? ternaryCount : 0
    let total = one + two + three
    if total == 0 { return 0 }
    let drawn = random.index(total)
    return drawn < one ? 1 : drawn < one + two ? 2 : 3
  }
}
