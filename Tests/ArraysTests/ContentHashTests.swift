import Arrays
import Testing

struct ContentHashTests {
  @Test func `the hash is SHA-256`() {
    func digest(_ text: String) -> String {
      var hash = ContentHash()
      var text = text
      text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
      return hash.digest()
    }
    // Examples of FIPS 180-4.
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      digest(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `content in pieces hashes as content in one`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    func digest(_ piece: Int) -> String {
      var hash = ContentHash()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { hash.update($0) }
      }
      return hash.digest()
    }
    #expect(Set([1, 3, 63, 64, 65, 128, 999, 1000].map(digest)).count == 1)
  }

  @Test func `columns that differ only in where they end hash differently`() {
    func digest(_ columns: [[Double]]) -> String {
      var hash = ContentHash()
      hash.update(columns)
      return hash.digest()
    }
    #expect(digest([[1, 2], [3]]) != digest([[1], [2, 3]]))
    #expect(digest([[1, 2], [3]]) == digest([[1, 2], [3]]))
  }
}
