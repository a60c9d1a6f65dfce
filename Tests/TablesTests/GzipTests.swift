import CZlib
import Randomness
import Tables
import Testing

@Suite("Compressed text is read as it is")
struct GzipTests {
  /// The bytes of a gzip file, as RFC 1952 has it.
  private func gzip(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var packed = [UInt8](repeating: 0, count: zlib_deflate_bound(bytes.count))
    let count = zlib_deflate(bytes, bytes.count, &packed, packed.count)
    let sum = zlib_crc32(0, bytes, bytes.count)
    let tail = [sum, UInt32(bytes.count)].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + packed.prefix(count) + tail
  }

  private func text(rows: Int) -> String {
    var stream = RandomStream(seed: 8)
    return "x,y\n" + (0..<rows).map { _ in "\(stream.normal()),\(stream.normal())\n" }.joined()
  }

  @Test("a packed file is the table that its text is, in one part or several", arguments: [1, 30, 20_000])
  func tables(_ rows: Int) throws {
    let text = text(rows: rows)
    let plain = try table(text)
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    let parts = gzip(String(text[..<middle])) + gzip(String(text[middle...]))
    for bytes in [gzip(text), parts, gzip(text) + [0, 0, 0, 0], gzip("") + gzip(text)] {
      for limits in [ReadingLimits(), ReadingLimits(bufferBytes: 100)] {
        let found = try withFile(bytes) { try Table(contentsOf: $0, limits: limits) }
        #expect(found.columns.map { bits($0.values) } == plain.columns.map { bits($0.values) })
      }
    }
  }

  @Test("what is damaged is refused, wherever it is")
  func damage() throws {
    let whole = gzip(text(rows: 3000))
    for count in [2, 9, 11, whole.count / 2, whole.count - 9, whole.count - 1] {
      let error = try errorText(Array(whole.prefix(count)))
      #expect(
        error?.contains("the compressed data (gzip) end too early; get the file again") == true, "\(count)")
    }
    var broken = whole
    for place in [whole.count / 3, whole.count - 6] {
      broken[place] ^= 0x55
      let error = try #require(try errorText(broken))
      #expect(error.hasPrefix("data.csv"))
      broken[place] ^= 0x55
    }
    broken[whole.count - 6] ^= 0x55
    #expect(try errorText(broken)?.contains("(gzip) are damaged") == true)
    #expect(try errorText(gzip("PK\u{3}\u{4}"))?.contains("zip archive") == true)
    #expect(try errorText(gzip(""))?.contains("the file is empty") == true)
  }

  @Test("other formats are named, with what to do")
  func otherFormats() throws {
    for (bytes, name) in [
      (Array("PK\u{3}\u{4}....[Content_Types].xml".utf8), "an Excel workbook (.xlsx)"),
      (Array("PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8), "OpenDocument"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "(.xls)"), (Array("PAR1".utf8), "Parquet"),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "HDF5"),
      (Array("MATLAB 5.0 MAT-file".utf8), "MATLAB"),
      (Array("FEA1".utf8), "Feather"), (Array("BZh9".utf8), "bzip2"), (Array("%PDF-1.7".utf8), "PDF"),
    ] as [([UInt8], String)] {
      let error = try errorText(bytes)
      #expect(
        error?.hasPrefix("data.csv: the file is ") == true && error?.contains(name) == true, "\(error ?? "")")
    }
  }
}
