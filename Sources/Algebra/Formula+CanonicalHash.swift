import Expressions

extension Formula {
  /// The formula's ``CanonicalHash``.
  package func canonicalHash(abstractingConstants: Bool) -> UInt64 {
    nodes.withUnsafeBufferPointer { nodes in
      withUnsafeTemporaryAllocation(of: CanonicalHash.Entry.self, capacity: nodes.count) { stack in
        guard let start = nodes.baseAddress, let entries = stack.baseAddress else { return 0 }
        return CanonicalHash.hash(
          start, count: nodes.count, abstractingConstants: abstractingConstants, stack: entries)
      }
    }
  }
}
