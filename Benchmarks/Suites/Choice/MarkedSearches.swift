import Expressions
import Foundation
import Search
import Tables

/// What is set for the searches whose marked members are judged; everything else is as shipped.
public struct MarkedSettings: Sendable {
  /// The operators of every search: the shipped ones, sine and cosine.
  public static let operators = "+ - * / ^ exp log sqrt square sin cos"

  /// Seconds a search may take.
  public var timeout: Double
  /// Workers of each search.
  public var threads: Int

  /// Settings of searches.
  public init(timeout: Double, threads: Int) {
    self.timeout = timeout
    self.threads = threads
  }

  /// The protocol, by name: what two tables must share to be read as one.
  public var text: [String: String] {
    ["operators": MarkedSettings.operators, "timeout_seconds": "\(timeout)", "threads": "\(threads)"]
  }

  /// The options of a search with a seed.
  func options(seed: UInt64) throws -> SearchOptions {
    var options = SearchOptions(seed: seed)
    options.operators = try OperatorSet(parsing: MarkedSettings.operators)
    options.timeLimit = .seconds(timeout)
    options.threads = threads
    return options
  }
}

/// A search that has ended.
struct MarkedSearch: Sendable {
  /// What it gave.
  let result: SearchResult
  /// Seconds of processor time that the program took meanwhile.
  let processorSeconds: Double

  /// Searches `dataset` to the end.
  ///
  /// - Throws: `SearchOptionsError` for a setting out of range.
  init(_ dataset: Dataset, _ settings: MarkedSettings, seed: UInt64) async throws {
    let search = try Search(dataset, options: settings.options(seed: seed))
    let start = clock()
    result = await search.run()
    processorSeconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }
}

/// Searches that run one after the other or several at a time, each giving a row of a table.
public enum MarkedSearches {
  /// Runs those of `tasks` whose row `table` does not have yet; rows stand in the order of the tasks.
  ///
  /// - Parameters:
  ///   - tasks: names, as rows have them, with what to do.
  ///   - jobs: searches at the same time.
  ///   - table: where rows go; those it has are kept.
  ///   - finished: called after each search with its row and the table so far.
  /// - Throws: what tasks and `finished` throw.
  public static func run<Row: MarkedResult>(
    _ tasks: [(name: String, work: @Sendable () async throws -> Row)], jobs: Int,
    into table: inout MarkedTable<Row>, finished: (_ row: Row, _ table: MarkedTable<Row>) throws -> Void
  ) async throws {
    let places = Dictionary(tasks.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let known = Set(table.rows.map(\.name))
    var waiting = tasks.filter { !known.contains($0.name) }[...]
    var current = table
    defer { table = current }
    try await withThrowingTaskGroup(of: Row.self) { group in
      for _ in 0..<max(1, jobs) {
        if let task = waiting.popFirst() { group.addTask { try await task.work() } }
      }
      while let row = try await group.next() {
        current.rows.append(row)
        current.rows.sort { (places[$0.name] ?? -1, $0.name) < (places[$1.name] ?? -1, $1.name) }
        try finished(row, current)
        if let task = waiting.popFirst() { group.addTask { try await task.work() } }
      }
    }
  }
}
