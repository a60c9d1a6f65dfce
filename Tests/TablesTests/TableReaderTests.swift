import Foundation
import Randomness
import Tables
import Testing

@Suite("Tables of every usual form are read")
struct TableReaderTests {
  @Test(
    "forms of one table",
    arguments: [
      "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "x,y\r1,2\r3,4\r",
      "\u{FEFF}x,y\n1,2\n3,4\n",
      "x;y\n1;2\n3;4\n", "x\ty\n1\t2\n3\t4\n", "x|y\n1|2\n3|4\n", "x , y\n 1 ,2\n\t3, 4 \n",
      "\n\nx,y\n\n1,2\n  \n3,4\n\n\n", "# made by \"hand\n# twice\nx,y\n1,2\n3,4\n",
      "\"x\",\"y\"\n\"1\",\"2\"\n3,\" 4 \"\n",
      "x,y\n+1,2.\n3e0,.4E+01\n", "x;y\n1,0;2,00\n0,3e1;4\n", "x\ty\n1,0\t2\n3\t4,0", "x,y\n1,2\n3,4\r",
      "x,y\r\r\n1,2\r\r\n3,4",
    ])
  func forms(text: String) throws {
    for bytes in [1 << 20, 1, 2, 3, 5, 7, 64] {
      let table = try table(text, limits: ReadingLimits(bufferBytes: bytes))
      #expect(table.columnNames == ["x", "y"])
      #expect(table.columns[0].values?.array == [1, 3])
      #expect(table.columns[1].values?.array == [2, 4])
    }
  }

  @Test("names are kept as they are")
  func names() throws {
    let header = "\"a, b\",\"say \"\"so\"\"\", Größe µ ,|v|,\"two\nlines\",\" spaced \""
    let table = try table(header + "\n1,2,3,4,5,6\n")
    #expect(table.columnNames == ["a, b", "say \"so\"", "Größe µ", "|v|", "two\nlines", " spaced "])
  }

  @Test("the separator is the tab, else the more frequent of comma and semicolon, outside quotes")
  func separators() throws {
    #expect(try table("a, b\tc\n1\t2\n").columnNames == ["a, b", "c"])
    #expect(try table("v (km/s, radial);d (Mpc)\n1;2\n").columnNames == ["v (km/s, radial)", "d (Mpc)"])
    #expect(try table("\"a;b;c\",d\n1,2\n").columnNames == ["a;b;c", "d"])
    #expect(try table("|a|,|b|\n1,2\n").columnNames == ["|a|", "|b|"])
    #expect(try table("x1,2,y\n1,2,3\n").columnNames == ["x1", "2", "y"])
  }

  @Test("the first number with a decimal mark settles which it is")
  func decimalMark() throws {
    let commas = try table("x;y\n1;2\n3,5;4.5\n")
    #expect(commas.columns[0].values?.array == [1, 3.5])
    #expect(commas.columns[1].firstWord?.text == "4.5")
    #expect(commas.notes == ["commas in numbers were read as decimal commas (3,14 is 3.14)"])
    let points = try table("x;y\n1.5;2\n3,5;4.5\n")
    #expect(points.columns[0].firstWord?.text == "3,5")
    #expect(points.notes.isEmpty)
  }

  @Test("cells that are no numbers are counted and placed")
  func unusualCells() throws {
    let text = "n,x,y\nab,1,\n\n\"c\nd\",oops,2\n\"e\"f,3,inf\n,-4,NA\n"
    for bytes in [1 << 20, 1, 2, 3, 5, 7] {
      let table = try table(text, limits: ReadingLimits(bufferBytes: bytes))
      #expect(table.rowCount == 4)
      let (n, x, y) = (table.columns[0], table.columns[1], table.columns[2])
      #expect(n.values == nil && n.wordCount == 3 && n.missingCount == 1)
      #expect(n.firstWord?.text == "ab" && n.firstWord?.row == 0)
      #expect(x.wordCount == 1 && x.firstWord?.text == "oops" && x.firstWord?.row == 1)
      #expect(x.firstWord?.place.description.hasSuffix("data.csv:5") == true)
      #expect(bits(x.values) == [1, .nan, 3, -4].map(\.bitPattern))
      #expect(y.missingCount == 2 && y.firstMissing?.row == 0)
      #expect(y.firstInfinite?.place.description.hasSuffix("data.csv:6") == true)
    }
  }

  @Test("random tables are read back bit for bit, whatever the separator and the pieces they are read in")
  func roundTrip() throws {
    var stream = RandomStream(seed: 4)
    let letters = Array("ab ,;\"|\t\nµ#é'")
    for _ in 0..<60 {
      let columnCount = 1 + stream.index(12)
      let rowCount = 1 + stream.index(200)
      let separator: Character = [",", ";", "\t", "|"][stream.index(4)]
      let names = (0..<columnCount).map { column in
        // Separators that would win over the one in use, were they not in quotes.
        String((0..<stream.index(6)).map { _ in letters[stream.index(letters.count)] }) + "n\(column)"
      }
      let columns = (0..<columnCount).map { _ in
        (0..<rowCount).map { _ -> Double in
          let value = Double(bitPattern: stream.next())
          return value.isFinite ? value : stream.normal()
        }
      }
      var text =
        names.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: String(separator))
        + "\n"
      for row in 0..<rowCount {
        text += CSVWriter.line(columns.map { $0[row] }, separator: separator)
      }
      let table = try table(text, limits: ReadingLimits(bufferBytes: 1 + stream.index(40)))
      #expect(table.columnNames == names)
      #expect(table.rowCount == rowCount)
      for (column, values) in zip(table.columns, columns) {
        #expect(bits(column.values) == values.map(\.bitPattern))
      }
    }
  }

  @Test("what the writer writes is read back, names included")
  func writer() throws {
    let names = ["plain", "a,b", "say \"so\"", "#first", " spaced ", "two\nlines", "crlf\r\nname"]
    let values = [1, -0.0, .leastNonzeroMagnitude, 0.1, .pi, 1e300, 123_456_789]
    let table = try table(CSVWriter.line(names) + CSVWriter.line(values))
    #expect(table.columnNames == names)
    #expect(table.columns.compactMap { $0.values?[0].bitPattern } == values.map(\.bitPattern))
    #expect(CSVWriter.line([1.0, 0.1, -0.0]) == "1,0.1,-0\n")
    #expect(CSVWriter.line(["#a", "b#"]) == "\"#a\",b#\n")
  }

  @Test("more rows than fit in a block, and thousands of columns")
  func largeTables() throws {
    let long = (0..<300_000).map { "\($0),\(-$0)\n" }.joined()
    let table = try table("x,y\n" + long)
    #expect(table.columns[0].values?.array == (0..<300_000).map(Double.init))
    #expect(table.columns[1].values?.array == (0..<300_000).map { -Double($0) })

    let wide = (0..<20_000).map { "c\($0)" }.joined(separator: ",") + "\n"
    let row = (0..<20_000).map(String.init).joined(separator: ",") + "\n"
    let wideTable = try TablesTests.table(wide + String(repeating: row, count: 40))
    #expect(wideTable.rowCount == 40)
    #expect(wideTable.columns.allSatisfy { $0.values?.array == Array(repeating: $0.values?[0], count: 40) })
    #expect(wideTable.columns.compactMap { $0.values?[39] } == (0..<20_000).map(Double.init))
  }

  @Test("a pipe that delivers its bytes in drops is read like a file")
  func pipe() throws {
    let pipe = Pipe()
    let text = "x,y\n" + (0..<500).map { "\($0),\(Double($0) / 7)\n" }.joined()
    let writer = Thread {
      for start in stride(from: 0, to: text.utf8.count, by: 37) {
        pipe.fileHandleForWriting.write(Data(text.utf8.dropFirst(start).prefix(37)))
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let table = try Table(contentsOf: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    #expect(table.columns[1].values?.array == (0..<500).map { Double($0) / 7 })
  }
}
