import Search

/// Searches of random periodic signals.
public struct PeriodicRun: Sendable {
  /// Signals.
  public var count: Int
  /// Seed of the signals and of the searches.
  public var seed: UInt64
  /// What is set for each search.
  public var settings: MarkedSettings

  /// Searches of the first `count` signals of a seed.
  public init(count: Int, seed: UInt64, settings: MarkedSettings) {
    self.count = count
    self.seed = seed
    self.settings = settings
  }

  /// Runs every search that `table` does not have yet and adds its row.
  ///
  /// - Throws: what `finished` throws, `DataError`, or `SearchOptionsError` for a setting out of range.
  public func run(
    into table: inout MarkedTable<PeriodicResult>, jobs: Int,
    finished: (_ row: PeriodicResult, _ table: MarkedTable<PeriodicResult>) throws -> Void
  ) async throws {
    let (seed, settings) = (seed, settings)
    let work = (0..<count).map { index in
      (
        name: PeriodicResult.name(index, seed: seed),
        work: { @Sendable in try await PeriodicRun.search(index, seed, settings) }
      )
    }
    try await MarkedSearches.run(work, jobs: jobs, into: &table, finished: finished)
  }

  /// One search, judged.
  private static func search(_ index: Int, _ seed: UInt64, _ settings: MarkedSettings) async throws
    -> PeriodicResult
  {
    let signal = PeriodicSignal(random: index, seed: seed)
    let search = try await MarkedSearch(signal.dataset(), settings, seed: seed)
    return PeriodicResult(
      signal, seed: seed, search, PeriodicJudge(signal, evaluate: RowEvaluator().values))
  }
}
