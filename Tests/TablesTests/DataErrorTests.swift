import Foundation
import Tables
import Testing

@Suite("Bad data are refused with a text that says what, where and what to do")
struct DataErrorTests {
  @Test("files that cannot be read")
  func unreadable() throws {
    let folder = FileManager.default.temporaryDirectory.path
    for (path, reason) in [("/no/such/data.csv", "No such file or directory"), (folder, "Is a directory")] {
      let error = #expect(throws: DataError.self) { try Table(contentsOf: path) }
      #expect(error?.kind == .noInput)
      #expect(error?.exitCode == 66)
      #expect(
        error?.description
          == "\(path): cannot be read: \(reason); check the path, or give - to read standard input")
    }
  }

  @Test(
    "a file without permission to read", .disabled(if: getuid() == 0, "the superuser may read everything"))
  func permission() throws {
    try withFile(Array("x,y\n1,2\n".utf8)) { path in
      chmod(path, 0)
      let error = #expect(throws: DataError.self) { try Table(contentsOf: path) }
      #expect(error?.kind == .noInput)
      #expect(error?.description.contains("Permission denied") == true)
    }
  }

  @Test(
    "files that are no tables",
    arguments: [
      (
        "",
        "data.csv: the file is empty; it needs a header line with column names and rows of numbers below it"
      ),
      (
        "\n \n",
        "data.csv: the file is empty; it needs a header line with column names and rows of numbers below it"
      ),
      (
        "# x\n",
        "data.csv: the file is empty; it needs a header line with column names and rows of numbers below it"
      ),
      ("x,y\n", "data.csv: there is a header line but no row of numbers below it; add rows"),
      ("x,y\n\n \n", "data.csv: there is a header line but no row of numbers below it; add rows"),
      (
        ",x,y\n0,1,2\n",
        "data.csv:1: column number 1 has no name; name it in the header line, or remove the column "
          + "(a row index that pandas wrote goes away with to_csv(index=False))"
      ),
      ("# c\nx,y,x\n0,1,2\n", "data.csv:2: columns number 1 and 3 are both named \"x\"; rename one of them"),
      (
        "x,y\n1,2\n\n3\n",
        "data.csv:4: the row has 1 cell where the header line has 2; "
          + "add or remove cells, and put cells that hold the separator in double quotes"
      ),
      (
        "x,y\n1,\"2\n\"\n3,4,5,,\"\n\n\",7\n",
        "data.csv:4: the row has 6 cells where the header line has 2; "
          + "add or remove cells, and put cells that hold the separator in double quotes"
      ),
      (
        "x,y\n1,2\n3,\"4\n5,6\n",
        "data.csv:3: a cell begins with a double quote that is never closed; close it, or write the quote twice"
      ),
      (
        "x,\"y\n1,2\n",
        "data.csv:1: a cell begins with a double quote that is never closed; close it, or write the quote twice"
      ),
    ])
  func structure(text: String, expected: String) throws { #expect(try errorText(text) == expected) }

  @Test("bytes that are no UTF-8 text")
  func encodings() throws {
    func bytes(_ bytes: [UInt8]) throws -> String { try errorText(bytes) ?? "no error" }
    #expect(
      try bytes([0xFF, 0xFE, 0x78, 0])
        == "data.csv: the text is in UTF-16; save it as CSV in UTF-8 (iconv -f UTF-16 -t UTF-8 converts it)")
    #expect(
      try bytes([0x1F, 0x8B, 8, 0])
        == "data.csv: the compressed data (gzip) end too early; get the file again; gzip -t FILE tells whether it is "
        + "whole")
    #expect(try bytes(Array("PK\u{3}\u{4}".utf8)).hasPrefix("data.csv: the file is a zip archive, "))
    #expect(
      try bytes(Array("x,y\n1,2\n".utf8) + [0, 0])
        == "data.csv: the file holds NUL bytes, so it is binary or not UTF-8 text; save it as CSV in UTF-8")
    #expect(try bytes([0x78, 0x2C, 0xFC, 0x0A]).hasPrefix("data.csv:1: the header line is not UTF-8 text, "))
  }

  @Test("random bytes never do anything but throw")
  func noise() throws {
    var generator = SystemRandomNumberGenerator()
    for length in [1, 10, 100, 5_000] {
      // Random bytes may by chance be a table of a few characters, but hardly from 100 bytes on.
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let text = try errorText(noise)
      #expect(length < 100 || text != nil)
    }
  }

  @Test("lines and cells without end need no more memory than allowed")
  func endless() throws {
    let limits = ReadingLimits(bufferBytes: 64, longestBytes: 1_000)
    let tail =
      "a line without end, or a cell, of more than 1000 bytes; check that the file is a table "
      + "with one row a line, and for a quote that is never closed"
    let endless = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    #expect(try errorText(endless, limits: limits) == "data.csv:1: " + tail)
    #expect(try errorText(Array("x,y\n1,".utf8) + endless, limits: limits) == "data.csv:2: " + tail)
    #expect(try errorText(Array("x,y\n1,\"".utf8) + endless, limits: limits) == "data.csv:2: " + tail)
    let cells = Array("x,y\n".utf8) + Array(String(repeating: "1,", count: 100_000).utf8)
    #expect(try errorText(cells, limits: limits)?.hasPrefix("data.csv:2: the row has 100001 cells") == true)
    let names = Array((0...131_072).map(String.init).joined(separator: ",").utf8)
    #expect(
      try errorText(names)?.hasPrefix("data.csv:1: the header line has more than 131072 columns") == true)
  }

  @Test(
    "columns that cannot play their role",
    arguments: [
      (
        "x,y\n1,2\n3,4\nn/a,5\n", DatasetOptions(),
        "data.csv:4: column \"x\": \"n/a\" is not a number; "
          + "correct or remove the row, or leave the column out with --features"
      ),
      (
        "x,z,y\n1,2,2\n3,4,oops\na,b,5\n", DatasetOptions(),
        "data.csv:3: column \"y\": \"oops\" is not a number; "
          + "correct or remove the row, or leave the column out with --features"
      ),
      (
        "x,who,y\n1,ann,2\n", DatasetOptions(features: ["x", "who"]),
        "data.csv:2: column \"who\": \"ann\" is not a number; "
          + "correct or remove the row, or leave the column out with --features"
      ),
      (
        "x,y\n1,2\n1e999,5\n", DatasetOptions(),
        "data.csv:3: column \"x\": \"1e999\" is infinite or beyond the range of a 64-bit number; "
          + "remove the row, or leave the column out with --features"
      ),
      (
        "x,y\n1,2\n3,-inf\n", DatasetOptions(dropMissing: true),
        "data.csv:3: column \"y\": \"-inf\" is infinite or beyond the range of a 64-bit number; "
          + "remove the row, or leave the column out with --features"
      ),
      (
        "mass,speed,y\n1,2,3\n", DatasetOptions(features: ["mas", "speed"]),
        "data.csv: there is no column \"mas\"; did you mean \"mass\"?"
      ),
      (
        "mass,speed,y\n1,2,3\n", DatasetOptions(target: "SPEDE"),
        "data.csv: there is no column \"SPEDE\"; did you mean \"speed\"?"
      ),
      (
        "mass,speed,y\n1,2,3\n", DatasetOptions(weights: "temperature"),
        "data.csv: there is no column \"temperature\"; the columns are \"mass\", \"speed\", \"y\""
      ),
      (
        "a,b\nc,d\n", DatasetOptions(),
        "data.csv: no column holds numbers; in column \"a\", for one, data.csv:2 says \"c\"; "
          + "check the separator and the decimal mark"
      ),
      (
        "x y\n1 2 3\n", DatasetOptions(),
        "data.csv: no column holds numbers; if spaces separate the cells, use commas, semicolons, tabs or bars instead"
      ),
      (
        "y\n1\n", DatasetOptions(),
        "data.csv: there is nothing to explain the target \"y\" with, it is the only column of numbers that is used; "
          + "add a column, or name other columns with --target and --features"
      ),
      (
        "x,y\n1,2\n", DatasetOptions(target: "y", features: ["y"]),
        "data.csv: column \"y\" is named as target and as feature; give each column one role"
      ),
      (
        "x,y\n1,2\n", DatasetOptions(features: ["x", "x"]),
        "data.csv: column \"x\" is named as a feature twice; give each column one role"
      ),
      (
        "x,w,s,y\n1,2,3,4\n", DatasetOptions(weights: "w", sigma: "s"),
        "data.csv: column \"w\" is named as weight beside the standard error \"s\"; give each column one role"
      ),
      (
        "x,w,y\n1,2,4\n\n2,-0.5,4\n", DatasetOptions(weights: "w"),
        "data.csv:4: column \"w\": the weight -0.5 is negative; correct or remove the row"
      ),
      (
        "x,w,y\n1,0,4\n2,0,4\n", DatasetOptions(weights: "w"),
        "data.csv:2: column \"w\": the weight 0.0 is zero, and so are all others; correct or remove the row"
      ),
      (
        "x,s,y\n1,2,4\n2,0,4\n", DatasetOptions(sigma: "s"),
        "data.csv:3: column \"s\": the standard error 0.0 is not positive; correct or remove the row"
      ),
      (
        "x,s,y\n1,1e-200,4\n", DatasetOptions(sigma: "s"),
        "data.csv:2: column \"s\": the standard error 1e-200 has no usable weight 1 / sigma²; "
          + "choose other units for the target; correct or remove the row"
      ),
      (
        "x,z,y\n1,2,3\n,,3\n3,4,NaN\n5,6,7\n", DatasetOptions(),
        "data.csv:3: column \"x\": the cell is empty or not a number (NaN); in the columns that are used "
          + "3 cells in 2 rows are missing, this is the first; --drop-missing leaves such rows out"
      ),
      (
        "x,y\n1,2\n1,null\n", DatasetOptions(),
        "data.csv:3: column \"y\": the cell is empty or not a number (NaN); in the columns that are used "
          + "1 cell in 1 row is missing, this is the first; --drop-missing leaves such rows out"
      ),
      (
        "x,z,y\n1,,3\n1,,4\n,1,3\n", DatasetOptions(dropMissing: true),
        "data.csv: no row is left: each of the 3 rows lacks a value in a column that is used, "
          + "column \"z\" alone in 2; leave such columns out with --features"
      ),
    ])
  func roles(text: String, options: DatasetOptions, expected: String) throws {
    #expect(try errorText(text, options) == expected)
  }

  @Test("names and cells are shown short and on one line")
  func shownText() throws {
    let long = String(repeating: "z", count: 500)
    let text = try #require(try errorText("x,y\n1,2\n3,4\n\"a\tb\n\(long)\",5\n"))
    #expect(text.hasPrefix("data.csv:4: column \"x\": \"a\\tb\\nzzz"))
    #expect(text.count < 250 && !text.contains("\n"))
  }

  @Test("values in memory are checked like those of a file")
  func inMemory() throws {
    func text(_ x: [Double], _ y: [Double], weights: [Double]? = nil, name: String = "x") -> String? {
      do {
        _ = try Dataset(features: [(name, x)], target: ("y", y), weights: weights)
        return nil
      } catch { return error.description }
    }
    #expect(text([1, 2], [3, 4], weights: [1, 2]) == nil)
    #expect(
      text([1, 2, 3], [3, 4])
        == "column \"x\" has 3 rows where 2 are needed; give every column as many values as the target")
    #expect(
      text([1, .nan], [3, 4])?.hasPrefix("row 1 of the values: column \"x\": the cell is empty or") == true)
    #expect(
      text([1, 2], [.infinity, 4])?.hasPrefix("row 0 of the values: column \"y\": \"inf\" is infinite")
        == true)
    #expect(
      text([1, 2], [3, 4], weights: [1, -1])
        == "row 1 of the values: column \"weights\": the weight -1.0 is negative; correct or remove the row")
    #expect(text([], []) == "data: there is a header line but no row of numbers below it; add rows")
    #expect(
      text([1], [2], name: "y") == "data: columns number 1 and 2 are both named \"y\"; rename one of them")
  }
}
