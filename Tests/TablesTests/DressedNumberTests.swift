import Tables
import Testing

@Suite("Numbers are read in whatever dress people give them")
struct DressedNumberTests {
  /// The values of a column with these cells, in quotes, and whether a note says what was done.
  private func read(_ cells: [String], separator: String = ",") throws -> (values: [Double]?, notes: [String])
  {
    let text = "a\(separator)b\n" + cells.map { "\"\($0)\"\(separator)0\n" }.joined()
    let whole = try table(text)
    let pieces = try table(text, limits: ReadingLimits(bufferBytes: 3))
    #expect(bits(pieces.columns[0].values) == bits(whole.columns[0].values))
    return (whole.columns[0].values?.array, whole.notes)
  }

  @Test("groups of three digits")
  func groups() throws {
    for cells in [
      ["1,234", "-1,234,567.5", "12"], ["1 234", "-1 234 567.5", "12"], ["1'234", "-1'234'567.5", "12"],
      ["1_234", "-1_234_567.5", "12"], ["1\u{202F}234", "−1\u{A0}234\u{A0}567.5", "12"],
    ] {
      let found = try read(cells)
      #expect(found.values == [1234, -1_234_567.5, 12], "\(cells)")
      #expect(found.notes.contains { $0.contains("groups of three digits") })
    }
    // A decimal comma and points between groups, where the first rows say so.
    #expect(try read(["1,5", "1.234.567,25"], separator: ";").values == [1.5, 1_234_567.25])
    #expect(try read(["1.234,5", "1.234"], separator: ";").values == [1234.5, 1234])
    #expect(try read(["1,234", "1,234,567"], separator: ";").values == [1234, 1_234_567])
    // Three decimals are no thousands where commas may be decimal marks.
    #expect(try read(["1,234", "2,5"], separator: ";").values == [1.234, 2.5])
    #expect(try read(["1,234", "2,500"], separator: ";").values == [1.234, 2.5])
    #expect(try read(["0,234", "12,500", "3"], separator: ";").values == [0.234, 12.5, 3])
    #expect(try read(["1,234", "12,500", "950"], separator: ";").values == [1234, 12500, 950])
  }

  @Test("what is no number stays a word")
  func words() throws {
    for cell in [
      "1,23", "1,2345", "0,123", "1,234,56", ",123", "1,,234", "1,234.5.6", "12,34,567", "1 23", "%", "−",
      "5%%",
      "1'23", "2024-05-01", "12:30", "1,234'567", "$5", "1_2",
    ] {
      #expect(try read([cell, "1", "2", "3"]).values?.first?.isNaN == true, "\(cell)")
    }
  }

  @Test("percent signs do not change the number, and are told of")
  func percent() throws {
    let found = try read(["12.5%", "-3 %", "1,234%"])
    #expect(found.values == [12.5, -3, 1234])
    #expect(found.notes.contains("column \"a\": percent signs were left aside (\"12.5%\" is 12.5)"))
  }

  @Test("minus signs of typesetters")
  func minus() throws {
    #expect(try read(["−3.5", "1e−5", "− 2", "4"]).values == [-3.5, 1e-5, -2, 4])
  }

  @Test("a column of yes and no is 1 and 0; among numbers they are words")
  func booleans() throws {
    let text = "a,b,c,d\nYes,TRUE,on,1\nno,False,Off,yes\nyes,,ON,3\nno,true,maybe,4\n"
    let table = try table(text)
    #expect(table.columns[0].values?.array == [1, 0, 1, 0])
    #expect(bits(table.columns[1].values) == [1, 0, .nan, 1].map(\.bitPattern))
    #expect(table.columns[2].values == nil)
    #expect(table.columns[2].wordCount == 4 && table.columns[2].firstWord?.text == "on")
    #expect(table.columns[3].wordCount == 1 && table.columns[3].firstWord?.row == 1)
    #expect(table.notes.first?.hasPrefix("columns \"a\", \"b\": ") == true)
  }

  @Test("words and numbers that stand for missing values")
  func missing() throws {
    let text = "x,y\n-999,1\nn/a,2\n-999.0,?\n4,5\n1e31,6\n"
    let table = try table(text, ReadingOptions(missing: ["-999", "n/a", "?", "1e31"]))
    #expect(table.columns[0].missingCount == 4 && table.columns[1].missingCount == 1)
    #expect(table.columns[0].firstMissing?.row == 0)
    #expect(bits(table.columns[0].values) == [.nan, .nan, .nan, 4, .nan].map(\.bitPattern))
    #expect(table.columns.allSatisfy { $0.wordCount == 0 })
  }

  @Test("only numbers that stand apart are taken for marks of missing values")
  func sentinels() throws {
    func warnings(_ values: [Double]) throws -> [String] {
      try Dataset(features: [("x", values)], target: ("y", values.indices.map { Double($0 * $0) })).warnings
    }
    let usual = (0..<20).map { 3 + Double($0 * 7 % 20) / 10 }
    for sentinel in [-999, -9999, 9999, 1e20, -1e30, 99999] {
      #expect(try warnings(usual + [sentinel, sentinel]).count == 1)
      #expect(try warnings(usual + [sentinel]).isEmpty)
    }
    #expect(try warnings(usual + [-1, -1]).count == 1)
    #expect(try warnings([-1, -1, 0, 1, 2, 3]).isEmpty)
    #expect(try warnings((0..<20).map { Double($0) * 100 } + [-999, -999]).isEmpty)
    #expect(try warnings(usual + [-77, -77]).isEmpty)
    #expect(try warnings([0, 0, 999, 999]).isEmpty)
  }
}
