/// SHA-256 (FIPS 180-4) of bytes that come in pieces: a name for content, under which results are kept.
package struct ContentHash: Sendable {
  private var state: [UInt32]
  private var block: [UInt8] = []
  private var length: UInt64 = 0

  /// The hash of nothing yet.
  package init() {
    state = ContentHash.roots(of: 8) { $0.squareRoot() }
    block.reserveCapacity(64)
  }

  /// Takes the bytes into the hash.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var offset = 0
    if !block.isEmpty {
      offset = min(64 - block.count, bytes.count)
      block += bytes[..<offset]
      if block.count < 64 { return }
      let full = block
      full.withUnsafeBytes { compress($0, at: 0, count: 1) }
      block.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - offset) / 64
    compress(bytes, at: offset, count: blocks)
    block += bytes[(offset + 64 * blocks)...]
  }

  /// Takes a text into the hash, its length first, so that texts one after the other cannot be confused.
  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { update($0) }
      update(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Takes an array into the hash: type, shape and elements.
  package mutating func update(_ array: NumericArray) {
    update("\(array.elements.typeName) \(array.shape)")
    func take<Value: BitwiseCopyable>(_ values: [Value]) { values.withUnsafeBytes { update($0) } }
    switch array.elements {
    case .float32(let values): take(values)
    case .float64(let values): take(values)
    case .int32(let values): take(values)
    case .int64(let values): take(values)
    case .uint8(let values): take(values)
    case .bool(let values): take(values)
    case .text(let values): for value in values { update(value) }
    }
  }

  /// Takes a whole number into the hash.
  package mutating func update(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { update($0) }
  }

  /// Takes columns of numbers into the hash, how many and how long they are first.
  package mutating func update(_ columns: [[Double]]) {
    update(columns.count)
    for column in columns {
      update(column.count)
      column.withUnsafeBytes { update($0) }
    }
  }

  /// The hash of all bytes so far, 64 hexadecimal digits.
  package func digest() -> String {
    var copy = self
    let bits = length &* 8
    let zeros = (119 - Int(length % 64)) % 64
    let padding =
      [0x80] + [UInt8](repeating: 0, count: zeros)
      + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
    padding.withUnsafeBytes { copy.update($0) }
    return copy.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static let constants = roots(of: 64) { value in
    // The cube root, to the last bit of what is used of it.
    var root = 1.0
    for _ in 0..<100 { root -= (root * root * root - value) / (3 * root * root) }
    return root
  }

  /// The first 32 bits of the fractions of the roots of the first primes.
  private static func roots(of count: Int, _ root: (Double) -> Double) -> [UInt32] {
    let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
    return primes.prefix(count).map { prime in
      let value = root(Double(prime))
      return UInt32((value - value.rounded(.down)) * 4_294_967_296)
    }
  }

  /// Takes in `count` blocks of 64 bytes from `offset` on.
  private mutating func compress(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) {
    ContentHash.constants.withUnsafeBufferPointer { constants in
      state.withUnsafeMutableBufferPointer { state in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
          for block in 0..<count {
            ContentHash.schedule(bytes, at: offset + 64 * block, words.baseAddress!)
            ContentHash.rounds(words.baseAddress!, constants.baseAddress!, state.baseAddress!)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func schedule(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, _ words: UnsafeMutablePointer<UInt32>
  ) {
    for index in 0..<16 {
      words[index] = UInt32(
        bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
      let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
  }

  @inline(__always)
  private static func rounds(
    _ words: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>, _ state: UnsafeMutablePointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let first =
        h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ constants[index] &+ words[index]
      let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }
}

@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { (word >> count) | (word << (32 - count)) }
