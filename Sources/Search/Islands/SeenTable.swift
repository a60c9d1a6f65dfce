/// Remembers which expressions an island has tried, so that none is evaluated twice.
///
/// A direct-mapped table of hashes: constant memory, one access a look-up, and an old entry is forgotten when
/// another needs its place. Forgetting costs a repeated evaluation, never a wrong answer, but two expressions
/// of equal 64-bit hash would be taken for one (once in 10¹⁰ or so look-ups of a full table).
struct SeenTable {
  private let entries: UnsafeMutablePointer<UInt64>
  private let mask: Int

  /// - Parameter bits: logarithm of the number of entries.
  init(bits: Int) {
    mask = (1 << bits) - 1
    entries = .allocate(capacity: mask + 1)
    entries.initialize(repeating: 0, count: mask + 1)
  }

  func deallocate() { entries.deallocate() }

  /// Notes the hash; true if it was there already.
  @inline(__always)
  func insert(_ hash: UInt64) -> Bool {
    let place = Int(truncatingIfNeeded: hash >> 20) & mask
    if entries[place] == hash { return true }
    entries[place] = hash
    return false
  }

  func clear() { entries.initialize(repeating: 0, count: mask + 1) }
}
