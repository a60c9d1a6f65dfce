/// Reads the few Python literals that occur in headers of arrays.
struct LiteralReader {
  enum Literal: Equatable {
    case text(String)
    case truth(Bool)
    case integers([Int])
    /// A list, of which only is known that it is one.
    case list
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// A dictionary from texts to literals with nothing but white space behind it; nil when that is not what
  /// stands there, or a key occurs twice.
  mutating func dictionary() -> [String: Literal]? {
    var found: [String: Literal] = [:]
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = text(), take(":"), let value = literal() else { return nil }
      guard found.updateValue(value, forKey: key) == nil else { return nil }
      // What is behind a list is of no use, and lists may be nested.
      if value == .list { return found }
      if !take(",") {
        guard take("}") else { return nil }
        break
      }
    }
    skipSpace()
    return position == bytes.count ? found : nil
  }

  private mutating func literal() -> Literal? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "["): return .list
    case UInt8(ascii: "("): return integers().map { .integers($0) }
    default:
      if take("True") { return .truth(true) }
      return take("False") ? .truth(false) : nil
    }
  }

  private mutating func integers() -> [Int]? {
    var found: [Int] = []
    guard take("(") else { return nil }
    while !take(")") {
      guard let number = integer(), found.count < 1000 else { return nil }
      found.append(number)
      if !take(",") { return take(")") ? found : nil }
    }
    return found
  }

  private mutating func integer() -> Int? {
    skipSpace()
    var value = 0
    let begin = position
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = tens.addingReportingOverflow(Int(digit))
      if overflows || overflowsToo { return nil }
      value = sum
      position += 1
    }
    if position == begin { return nil }
    // Python 2 wrote long integers so.
    _ = take("L")
    return value
  }

  private mutating func text() -> String? {
    skipSpace()
    guard position < bytes.count, case let quote = bytes[position],
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { return nil }
    let begin = position + 1
    guard let end = bytes[begin...].firstIndex(of: quote) else { return nil }
    position = end + 1
    return String(validating: bytes[begin..<end], as: UTF8.self)
  }

  private mutating func take(_ word: StaticString) -> Bool {
    skipSpace()
    let length = word.utf8CodeUnitCount
    guard length <= bytes.count - position else { return false }
    for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] { return false }
    position += length
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0A, 0x09, 0x0D].contains(bytes[position]) { position += 1 }
  }
}
