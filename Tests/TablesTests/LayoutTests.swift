import Tables
import Testing

@Suite("Header, separator and rows are found")
struct LayoutTests {
  private func read(_ text: String, _ options: ReadingOptions = ReadingOptions()) throws -> Table {
    let whole = try table(text, options)
    for bytes in [1, 5, 9] {
      let pieces = try table(text, options, limits: ReadingLimits(bufferBytes: bytes))
      #expect(pieces.columnNames == whole.columnNames && pieces.notes == whole.notes)
      #expect(pieces.columns.map { bits($0.values) } == whole.columns.map { bits($0.values) })
    }
    return whole
  }

  @Test(
    "white space separates where nothing else does",
    arguments: [
      "x y\n1 2\n3 4\n", "  x \t y\t\n  1   2  \n\t3\t 4", "x\t\ty\n1\t\t2\n3\t\t4\n",
      "x y\r\n1 2 \r\n\r\n3 4\r\n",
      "x y\n1,0 2\n3 4,0\n", "\"x\" \"y\"\n\"1\" 2\n3 \"4\"\n", "# x y\n1 2\n3 4\n",
      "x y\n% c\n1 2\n# d\n3 4\n",
    ])
  func whiteSpace(_ text: String) throws {
    let table = try read(text)
    #expect(table.columnNames == ["x", "y"])
    #expect(table.columns.map { $0.values?.array } == [[1, 3], [2, 4]])
  }

  @Test("spaces in names and cells are none of the separator's business where there is another")
  func otherSeparators() throws {
    #expect(try read("a b,c d\n1,2\n").columnNames == ["a b", "c d"])
    #expect(try read("time of day\n1\n2\n").columnNames == ["time of day"])
    #expect(try read("a b;c\n1;2\n3;4\n").columnNames == ["a b", "c"])
    let error = #expect(throws: DataError.self) { try table("x y\n1 2\n3 4\n5 6 7\n1 1\n") }
    #expect(error?.description.contains(":4: the row has 3 cells where the header line has 2") == true)
  }

  @Test("without a header columns are x1, x2, ... and y; a last feature goes by its number, too")
  func noHeader() throws {
    for (text, names) in [
      ("1,2\n3,4\n", ["x1", "y"]), ("1,5;nan;2\n4;5;6\n", ["x1", "x2", "y"]), ("1 2,5\n", ["x1", "y"]),
      ("\n# run 7\n1,2,3\n4,5,6\n", ["x1", "x2", "y"]), ("1.5,yes\n2,no\n", ["x1", "y"]), ("1\n2\n", ["y"]),
    ] {
      let table = try read(text)
      #expect(table.columnNames == names)
      #expect(table.notes.contains { $0.contains("no header line") })
    }
    let table = try read("1,2,3\n4,5,7\n")
    #expect(try table.index(of: "x3") == 2)
    #expect(try table.numericColumns(["x1", "x3"]).map(\.array) == [[1, 4], [3, 7]])
    #expect(try read("a,b\nc,1\n", ReadingOptions(hasHeader: false)).columnNames == ["x1", "y"])
    #expect(try read("1,2\n3,4\n", ReadingOptions(hasHeader: true)).columnNames == ["1", "2"])
  }

  @Test("names in a comment are the columns' if there are as many")
  func commentHeader() throws {
    for text in ["# x,y\n1,2\n", "#x y\n1,2\n", "% x; y\n1;2\n", "# made today, by me, here\n# x,y\n1,2\n"] {
      #expect(try read(text).columnNames == ["x", "y"])
    }
    #expect(try read("#,y\n1,2\n").columnNames == ["#", "y"])
    #expect(try read("# a, b, c\n1,2\n").columnNames == ["x1", "y"])
    #expect(try read("# 7,8\n1,2\n").columnNames == ["x1", "y"])
  }

  @Test("what is above the header is left out; rows that are ragged stay an error")
  func preamble() throws {
    for text in [
      "Device: A\nx,y\n1,2\n3,4\n", "Device: A\n\nSerial;17\nx,y\n1,2\n3,4\n",
      "a,b,c\nd\n\nx,y\nm,s\n1,2\n3,4\n",
    ] {
      let table = try read(text)
      #expect(table.columnNames == ["x", "y"] && table.columns[0].values?.array == [1, 3], "\(text)")
      #expect(table.notes.first?.hasPrefix("left out ") == true)
    }
    for text in ["x,y\n1,2,3\n4,5,6\n", "x,y\n1\n2,3\n4,5\n", "x,y,z\n1,2\n3,4\n", "x,y\n1,2\na,b,c\n"] {
      let error = #expect(throws: DataError.self) { try table(text) }
      #expect(error?.description.contains("the row has") == true, "\(text)")
    }
    let skipped = try read("1,2\n3,4\n\nx,y\n5,6\n", ReadingOptions(skippedLines: 3))
    #expect(skipped.columnNames == ["x", "y"] && skipped.rowCount == 1)
    let word = try read("a\r\nb\r\nx,y\r\n5,6\r\nq,6\r\n", ReadingOptions(skippedLines: 2))
    #expect(word.columns[0].firstWord?.place.description.hasSuffix(":5") == true)
    #expect(throws: DataError.empty(file: "data.csv")) {
      do { _ = try table("x,y\n1,2\n", ReadingOptions(skippedLines: 9)) } catch let error as DataError {
        throw if case .empty = error { DataError.empty(file: "data.csv") } else { error }
      }
    }
  }

  @Test("a line of units is told from a row")
  func units() throws {
    #expect(try read("t,v\ns,m/s\n1,2\n3,4\n").columns.map(\.unit) == ["s", "m/s"])
    #expect(try read("t,who,v\ns,,m/s\n1,a,2\n3,b,4\n").columns.map(\.unit) == ["s", "", "m/s"])
    for text in [
      "a,b\nx,y\nz,w\n", "t,v\nn/a,n/a\n1,2\n3,4\n", "t,v\na,1\n1,2\n3,4\n", "t,v\ns,m\n1,2\nq,4\n",
    ] {
      #expect(try read(text).columns.allSatisfy { $0.unit == nil }, "\(text)")
    }
    #expect(try read("t,v\ns,1\n1,2\n", ReadingOptions(hasUnits: true)).columns[1].unit == "1")
    #expect(try read("t,v\ns,m/s\n1,2\n3,4\n", ReadingOptions(hasUnits: false)).rowCount == 3)
  }

  @Test("errors of spreadsheets are cells, not comments")
  func spreadsheetErrors() throws {
    let table = try read("x,y\n1,2\n#N/A,4\n5,6\n# 7,8\n", ReadingOptions(missing: ["#N/A"]))
    #expect(table.rowCount == 3 && table.columns[0].missingCount == 1)
  }
}
