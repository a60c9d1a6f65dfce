import ArgumentParser
import Foundation
import Reports
import Suites

/// Options and work of the commands that judge marked members.
struct MarkedOptions: ParsableArguments {
  @Option(help: "Seconds a search may take.") var timeout = 5.0
  @Option(help: "Workers of each search.") var threads = 1
  @Option(help: "Searches that run at the same time.") var jobs = 1
  @Flag(help: "A line on standard error for each finished search; given by itself on a terminal.")
  var progress = false
  @Option(help: "How the result is printed.") var format = OutputFormat.table
  @Option(name: .shortAndLong, help: "Keep the JSON document in this file, from the first search on.")
  var output: String?
  @Option(help: "Keep the rows of this table, made by an interrupted run, and search only what it lacks.")
  var resume: String?

  func validate() throws {
    try Checks.threads(threads)
    try Checks.seconds(timeout, "timeout")
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs: give 1 to 1024 searches") }
  }

  /// What is set for each search.
  var settings: MarkedSettings { MarkedSettings(timeout: timeout, threads: threads) }

  /// The table rows go to: empty, or with the rows of the one to go on with.
  ///
  /// - Parameter protocolSettings: what the earlier table must have been made with.
  func table<Row: MarkedResult>(_ protocolSettings: [String: String]) throws -> MarkedTable<Row> {
    var table = MarkedTable<Row>(version: RunDocument.softwareVersion, settings: [:])
    if let resume {
      let earlier = try MarkedTable<Row>(path: resume)
      do { try earlier.check(protocolSettings) } catch {
        throw Failure.usage("--resume \(resume): \(error.description)")
      }
      table.rows = earlier.rows
    }
    table.settings = protocolSettings.merging(["machine": Machine.name, "jobs": "\(jobs)"]) { $1 }
    return table
  }

  /// Writes the table to its file, if there is one.
  func save(_ table: MarkedTable<some MarkedResult>) throws {
    if let path = output ?? resume { try Output.write(table.json(), to: path) }
  }

  /// Tells of a finished search and keeps its row.
  func report<Row: MarkedResult>(_ row: Row, _ table: MarkedTable<Row>, of count: Int) throws {
    if progress || isatty(STDERR_FILENO) == 1 {
      let said = row.isRight ? "right" : row.isOnFront ? "not marked" : "not on the front"
      Output.message(
        "\(table.rows.count)/\(max(count, table.rows.count)) \(row.name): \(said); \(row.line.last ?? "")")
    }
    try save(table)
  }

  /// Prints the table.
  func show(_ table: MarkedTable<some MarkedResult>) throws {
    switch format {
    case .json: Output.text(String(decoding: try table.json(), as: UTF8.self) + "\n")
    case .table: Output.text(table.text)
    }
  }
}

extension MarkedTable {
  /// Reads the table in a file.
  ///
  /// - Throws: ``Failure`` with 66 for a file that cannot be read, 65 for one that holds no such table.
  init(path: String) throws(Failure) {
    let data = try Output.contents(path)
    do { self = try MarkedTable(json: data) } catch {
      throw Failure(status: 65, text: "\(path): \(error.description)")
    }
  }
}
