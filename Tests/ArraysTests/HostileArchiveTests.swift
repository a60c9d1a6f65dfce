import Arrays
import Testing

/// Archives that lie.
@Suite struct HostileArchiveTests {
  /// Two stored arrays of 8 bytes behind headers of 128: "a" at 0, "b" at 171, the directory at 342.
  private let bytes: [UInt8]
  /// Where the records of "a" and "b" in the directory begin.
  private let records: [Int]

  init() throws {
    let bytes = try archive([("a", NumericArray(1.0)), ("b", NumericArray(2.0))])
    self.bytes = bytes
    records = bytes.indices.dropLast(4).filter { Array(bytes[$0..<($0 + 4)]) == [0x50, 0x4B, 1, 2] }
  }

  private func refused(_ change: (inout [UInt8]) -> Void, says words: String) {
    var changed = bytes
    change(&changed)
    let text = errorText {
      let found = try ArrayArchive(bytes: changed, file: "h.npz")
      for name in found.names { _ = try found.array(name) }
    }
    #expect(text?.contains(words) == true, "\(text ?? "no error")")
  }

  private func put(_ value: UInt32, at offset: Int, in bytes: inout [UInt8]) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  @Test("offsets, sizes and counts outside the file")
  func outside() throws {
    #expect(records.count == 2)
    refused({ put(0x7FFF_FFFF, at: records[1] + 42, in: &$0) }, says: "not where the archive says")
    refused({ put(0x7FFF_FFFF, at: records[0] + 20, in: &$0) }, says: "more bytes than the archive has")
    refused({ put(0x7FFF_FFFF, at: $0.count - 6, in: &$0) }, says: "outside")
    refused({ put(0x7FFF_FFFF, at: $0.count - 10, in: &$0) }, says: "outside")
    refused({ $0[$0.count - 11] = 0xFF }, says: "more files than it holds")
    refused({ put(.max, at: records[0] + 24, in: &$0) }, says: "make no sense")
  }

  @Test("entries that share bytes, and two of one name")
  func overlap() throws {
    // Both records of the directory lead to one local header.
    refused(
      {
        put(0, at: records[1] + 42, in: &$0)
        $0[records[1] + 46] = UInt8(ascii: "a")
      }, says: "two files of this name")
    refused(
      {
        $0[records[0] + 20] += 1
        $0[records[0] + 24] += 1
      }, says: "shares bytes")
  }

  @Test("content that is not what its checksum says")
  func checksum() {
    refused({ $0[170] ^= 1 }, says: "array \"a.npy\": its checksum is wrong")
  }

  @Test("encryption, other methods, names that are no text")
  func unsupported() {
    refused({ $0[records[0] + 8] |= 1 }, says: "encrypted")
    refused({ $0[records[0] + 10] = 14 }, says: "method 14")
    refused({ $0[records[0] + 46] = 0xFF }, says: "UTF-8")
  }

  @Test("a size that deflate cannot reach is refused before anything is unpacked")
  func bomb() throws {
    let zeros = NumericArray(Array(repeating: 0.0, count: 100_000))
    let packed = try archive([("z", zeros)], compresses: true)
    #expect(packed.count < 2_000)
    #expect(try ArrayArchive(bytes: packed, file: "z.npz").array("z") == zeros)
    let record = try #require(
      packed.indices.dropLast(4).first { Array(packed[$0..<($0 + 4)]) == [0x50, 0x4B, 1, 2] })
    for (size, words) in [(0x7FFF_FFFF, "cannot be"), (800_129, "fewer"), (800_127, "more")] {
      var lying = packed
      put(UInt32(size), at: record + 24, in: &lying)
      let text = errorText { _ = try ArrayArchive(bytes: lying, file: "z.npz").array("z") }
      #expect(text?.contains(words) == true, "\(text ?? "no error")")
    }
    let text = errorText {
      _ = try ArrayArchive(bytes: packed, file: "z.npz", limits: ArrayLimits(largestTotal: 800_000))
    }
    #expect(text?.contains("800000 bytes") == true)
  }

  @Test("an archive that is cut off anywhere is an error")
  func cut() {
    for length in bytes.indices {
      #expect(throws: ArrayFileError.self) { try ArrayArchive(bytes: Array(bytes[..<length]), file: "c.npz") }
    }
  }
}
