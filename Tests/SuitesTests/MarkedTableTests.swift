import Foundation
import Suites
import Testing

@Suite struct MarkedTableTests {
  private func run(_ share: ChoiceRun.Share = .all, noises: [ChoiceNoise] = ChoiceNoise.allCases) -> ChoiceRun
  {
    ChoiceRun(
      laws: ChoiceLaws.all, noises: noises, rowCounts: [60, 300], seeds: [1, 2], share: share,
      settings: MarkedSettings(timeout: 60, threads: 1))
  }

  @Test func sharesTogetherAreAllSearches() {
    let all = run().tasks.map(\.name)
    let parts = (0..<7).map { run(.init(offset: $0, count: 7)).tasks.map(\.name) }
    #expect(parts.flatMap(\.self).sorted() == all.sorted() && Set(all).count == all.count)
    for part in parts {
      let counts = ChoiceNoise.allCases.map { noise in part.count { $0.contains(", \(noise.rawValue),") } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 4)
    }
  }

  /// A search that is over at once.
  private func table(_ laws: [String]) async throws -> MarkedTable<ChoiceResult> {
    let settings = MarkedSettings(timeout: 60, threads: 1)
    let run = ChoiceRun(
      laws: try ChoiceLaws.named(laws), noises: [.exact], rowCounts: [40], seeds: [1], settings: settings)
    var table = MarkedTable<ChoiceResult>(version: "1", settings: settings.text)
    try await run.run(into: &table, jobs: 2) { row, soFar in #expect(soFar.rows.contains(row)) }
    return table
  }

  @Test func aSearchIsJudgedKeptAndCompared() async throws {
    let table = try await table(["joule", "illuminance"])
    #expect(table.rows.map(\.law) == ["joule", "illuminance"])
    for row in table.rows { #expect(row.isMarkedRight && row.isOnFront && row.lawSize != nil, "\(row)") }
    #expect(try MarkedTable<ChoiceResult>(json: table.json()) == table)
    #expect(throws: SuiteError.self) { try ResultTable(json: table.json()) }
    #expect(throws: SuiteError.self) { try MarkedTable<PeriodicResult>(json: table.json()) }
    #expect(table.summary.lines.map(\.group) == ["noise exact", "rows 40", "all"])
    #expect(table.summary.lines.allSatisfy { $0.ofAll.successes == 2 && $0.ofFront.trials == 2 })
    #expect(table.text.contains("2/2") && table.text.contains("illuminance"))

    var worse = table
    worse.rows[1].isMarkedRight = false
    worse.rows[1].finding = .different
    let comparison = try MarkedComparison(before: table, after: worse)
    #expect(comparison.lost == ["illuminance, exact, 40 rows, seed 1"] && comparison.gained.isEmpty)
    #expect(try MarkedComparison(before: worse, after: table).gained == comparison.lost)
    #expect(comparison.lines.last?.lost == 1 && comparison.text.contains("illuminance, exact"))
    #expect(worse.summary.worst?.group == "noise exact")
    worse.rows.removeFirst(2)
    #expect(throws: SuiteError.self) { try MarkedComparison(before: table, after: worse) }
  }

  @Test func tablesOfOtherProtocolsAreRefused() {
    let settings = MarkedSettings(timeout: 5, threads: 1)
    let table = MarkedTable<ChoiceResult>(version: "1", settings: settings.text)
    #expect(throws: Never.self) { try table.check(settings.text) }
    #expect(throws: SuiteError.self) { try table.check(MarkedSettings(timeout: 6, threads: 1).text) }
  }
}
