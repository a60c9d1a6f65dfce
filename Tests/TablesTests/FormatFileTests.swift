import Foundation
import Tables
import Testing

@Suite("Files as people have them are read")
struct FormatFileTests {
  /// A file in the folder Formats, read in large pieces and in small ones.
  private func read(_ name: String, _ options: ReadingOptions = ReadingOptions()) throws -> Table {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Formats/\(name)").path
    let table = try Table(contentsOf: path, options: options)
    for bytes in [4, 7, 64] {
      let other = try Table(contentsOf: path, options: options, limits: ReadingLimits(bufferBytes: bytes))
      #expect(other.columnNames == table.columnNames && other.notes == table.notes)
      #expect(other.columns.map { bits($0.values) } == table.columns.map { bits($0.values) })
      #expect(other.columns.map(\.precision) == table.columns.map(\.precision))
    }
    return table
  }

  private func columns(_ table: Table) -> [[Double]?] { table.columns.map { $0.values?.array } }

  @Test("one table in many forms: names in a comment, none, below a preamble, above units, with white space")
  func plain() throws {
    let wanted = columns(try read("comment.csv"))
    #expect(wanted.count == 3 && wanted[0]?.count == 60 && wanted[2]?.first == 793.80805)
    for (name, names, words) in [
      ("comment.csv", ["T", "P", "V"], nil), ("space.txt", ["T", "P", "V"], nil),
      ("hash-header.csv", ["T", "P", "V"], "comment on line 1"),
      ("noheader.txt", ["x1", "x2", "y"], "no header line: the columns are named x1, x2 and y"),
      ("preamble.csv", ["T", "P", "V"], "left out 2 lines"),
      ("unitsrow.csv", ["T", "P", "V"], "line 2 holds units (K, bar, L/mol)"),
    ] as [(String, [String], String?)] {
      let table = try read(name)
      #expect(table.columnNames == names)
      #expect(columns(table) == wanted, "\(name)")
      #expect(table.notes.count == (words == nil ? 0 : 1))
      if let words { #expect(table.notes.first?.contains(words) == true, "\(table.notes)") }
      #expect(table.columns.map(\.precision.absoluteStep) == [0.01, 0.001, 1e-5])
    }
    #expect(try read("unitsrow.csv").columns.map(\.unit) == ["K", "bar", "L/mol"])
    #expect(columns(try read("preamble.csv", ReadingOptions(skippedLines: 2))) == wanted)
    #expect(columns(try read("unitsrow.csv", ReadingOptions(hasUnits: true))) == wanted)
    #expect(columns(try read("noheader.txt", ReadingOptions(hasHeader: false))) == wanted)
  }

  @Test("numbers with thousands separators are the target that they were meant to be")
  func thousands() throws {
    let data = try Dataset(table: read("thousands.csv"))
    #expect(data.targetName == "V" && data.featureNames == ["T", "P"])
    #expect(data.target.array.prefix(3) == [7938.081, 11828.36, 5794.914])
    #expect(data.targetPrecision.absoluteStep == 0.001)
    #expect(data.notes.count == 1 && data.notes[0].contains("\"7,938.081\" is 7938.081"))
  }

  @Test("U+2212 is a minus sign")
  func minus() throws {
    let table = try read("uminus.csv")
    #expect(table.columns[0].values?.array.prefix(4) == [-31.7, -8.51, -48.93, 11.11])
    #expect(table.columns.allSatisfy { $0.wordCount == 0 } && table.notes.count == 1)
    #expect(table.columns[0].precision.absoluteStep == 0.01)
  }

  @Test("true and false, on and off are 1 and 0", arguments: ["bool.csv", "yesno.csv"])
  func booleans(_ name: String) throws {
    let data = try Dataset(table: read(name))
    #expect(data.featureNames.count == 3)
    #expect(Set(data.features[2].array) == [0, 1])
    #expect(data.notes.contains { $0.contains("were read as 1") })
    #expect(data.featurePrecisions[2].isGrid)
  }

  @Test("comments among rows are left out, with a note")
  func comments() throws {
    let table = try read("spaces-and-hash-rows.dat")
    #expect(table.columnNames == ["d", "N", "y", "yerr"] && table.rowCount == 20)
    #expect(table.columns[0].values?.array == [2, 4, 8, 16, 32].flatMap { Array(repeating: $0, count: 4) })
    #expect(table.notes == ["left out a comment among the rows (line 14)"])
  }

  @Test("-999 that stands for missing values is noticed, and left out when that is said")
  func sentinels() throws {
    let data = try Dataset(table: read("minus999.csv"))
    #expect(data.warnings.count == 1)
    #expect(
      data.warnings.first?.hasPrefix("column \"P\": -999 stands 6 times, far from all other values") == true)
    let marked = try read("minus999.csv", ReadingOptions(missing: ["-999"]))
    #expect(marked.columns[1].missingCount == 6)
    #expect(marked.columns[1].firstMissing?.place.description.hasSuffix("minus999.csv:2") == true)
    let error = #expect(throws: DataError.self) { try Dataset(table: marked) }
    #expect(error?.description.contains("--drop-missing") == true)
    let dropped = try Dataset(table: marked, options: DatasetOptions(dropMissing: true))
    #expect(dropped.rowCount == 54 && dropped.warnings.isEmpty)
  }
}
