import Search

/// Searches on data of many laws with many kinds of errors.
public struct ChoiceRun: Sendable {
  /// One search.
  public struct Task: Sendable {
    /// The law.
    public let law: ChoiceLaw
    /// The kind of errors.
    public let noise: ChoiceNoise
    /// Rows of the data.
    public let rows: Int
    /// Seed of the data and of the search.
    public let seed: UInt64

    /// The name that the row of this search has.
    public var name: String { "\(law.key), \(noise.rawValue), \(rows) rows, seed \(seed)" }
  }

  /// A part of all searches: every `count`-th, the first one being number `offset`.
  public struct Share: Sendable, Hashable {
    /// Number of the part, from 0.
    public var offset: Int
    /// Parts.
    public var count: Int

    /// All of them.
    public static let all = Share(offset: 0, count: 1)

    /// A part.
    public init(offset: Int, count: Int) {
      self.offset = offset
      self.count = count
    }
  }

  /// The searches, in the order of their rows.
  public let tasks: [Task]
  /// What is set for each search.
  public let settings: MarkedSettings

  /// Searches on all pairs of laws and kinds that suit each other, for each number of rows and each seed.
  ///
  /// A share takes as many of every kind, give or take one: of each kind the searches are brought into an order
  /// that looks random and is always the same.
  public init(
    laws: [ChoiceLaw], noises: [ChoiceNoise], rowCounts: [Int], seeds: [UInt64], share: Share = .all,
    settings: MarkedSettings
  ) {
    self.settings = settings
    tasks = noises.enumerated().flatMap { place, noise in
      let all = laws.filter(noise.suits).flatMap { law in
        rowCounts.flatMap { rows in
          seeds.map { Task(law: law, noise: noise, rows: rows, seed: $0) }
        }
      }
      guard share.count > 1 else { return all }
      let shuffled = all.indices.sorted {
        (GroundTruthData.hash(all[$0].name), $0) < (GroundTruthData.hash(all[$1].name), $1)
      }
      let taken = Set(
        shuffled.enumerated().filter { ($0.offset + place) % share.count == share.offset % share.count }
          .map(\.element))
      return all.indices.filter(taken.contains).map { all[$0] }
    }
  }

  /// Runs every search that `table` does not have yet and adds its row.
  ///
  /// - Throws: what `finished` throws, `DataError`, or `SearchOptionsError` for a setting out of range.
  public func run(
    into table: inout MarkedTable<ChoiceResult>, jobs: Int,
    finished: (_ row: ChoiceResult, _ table: MarkedTable<ChoiceResult>) throws -> Void
  ) async throws {
    let settings = settings
    let work = tasks.map { task in
      (name: task.name, work: { @Sendable in try await ChoiceRun.search(task, settings) })
    }
    try await MarkedSearches.run(work, jobs: jobs, into: &table, finished: finished)
  }

  /// One search, judged.
  private static func search(_ task: Task, _ settings: MarkedSettings) async throws -> ChoiceResult {
    let data = ChoiceData(task.law, noise: task.noise, rowCount: task.rows, seed: task.seed)
    let search = try await MarkedSearch(data.dataset(), settings, seed: task.seed)
    return ChoiceResult(data, search, ChoiceJudge(data, evaluate: RowEvaluator().values))
  }
}
