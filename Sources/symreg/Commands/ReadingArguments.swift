import ArgumentParser
import SymbolicRegression

/// What a text file does not say itself.
struct ReadingArguments: ParsableArguments {
  @Option(help: "Lines above the header to skip. (default: those that are no part of the table)")
  var skip: Int?
  @Flag(help: "The file has no header line: columns are x1, x2, ... and y. (default: found out)")
  var noHeader = false
  @Flag(help: "The line below the header holds units. (default: found out)")
  var unitsRow = false
  @Option(
    parsing: .unconditional,
    help: "Numbers and words that stand for missing values, separated by commas: \"-999,n/a\".")
  var missing: String?

  /// The options of reading. What stood for missing values when a run was made (`source`) does so again unless
  /// something else is said.
  func options(after source: DataSource? = nil) throws -> ReadingOptions {
    if let skip, skip < 0 { throw Failure(.usage, "--skip \(skip): give a number of lines, 0 or more") }
    let missing = try missing.map { try NameList.parse($0, flag: "--missing") }
    return ReadingOptions(
      skippedLines: skip ?? 0, hasHeader: noHeader ? false : nil,
      hasUnits: unitsRow ? true : nil, missing: missing ?? source?.missing ?? [])
  }

  /// Notes what was said in the source that a run document has.
  func record(in source: inout DataSource) {
    source.skip = skip
    source.header = noHeader ? false : nil
    source.units = unitsRow ? true : nil
    source.missing = missing.flatMap { try? NameList.parse($0, flag: "--missing") }
  }
}
