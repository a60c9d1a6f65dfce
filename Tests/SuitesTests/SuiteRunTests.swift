import Expressions
import Foundation
import Suites
import Testing

@Suite struct SuiteRunTests {
  /// Products, which are found at once.
  private func plan(seeds: [UInt64] = [1], noises: [Double] = [0], jobs: Int = 2) throws -> SuiteRun {
    try SuiteRun(
      suite: .feynman, problems: GroundTruthSuite.feynman.problems(["I.14.3", "I.12.1", "I.25.13"]),
      noises: noises, seeds: seeds, rowCount: 50, dataSeed: 0,
      settings: ProblemRun.Settings(
        timeout: 60, threads: 1, stopsWhenSolved: true, operators: OperatorSet([.add, .multiply, .divide])),
      jobs: jobs)
  }

  @Test func rowsStandInTheOrderOfTheSuite() async throws {
    let plan = try plan(noises: [0.01, 0])
    var table = ResultTable(version: "1", settings: plan.protocolSettings, rows: [])
    var counts: [Int] = []
    try await plan.run(into: &table) { run, soFar in
      counts.append(soFar.rows.count)
      #expect(soFar.rows.contains { $0.problem == run.row.problem && $0.expression == run.row.expression })
    }
    #expect(counts == Array(1...6))
    #expect(table.rows.map(\.problem) == ["I.12.1", "I.14.3", "I.25.13", "I.12.1", "I.14.3", "I.25.13"])
    #expect(table.rows.map(\.noise) == [0.01, 0.01, 0.01, 0, 0, 0])
    for row in table.rows {
      #expect(row.isSolved && row.proof != nil && row.stopReason != nil && row.dataSeed == 0, "\(row)")
    }
  }

  @Test func finishedRowsAreKept() async throws {
    let plan = try plan()
    var kept = ProblemResult(suite: "feynman", problem: "I.14.3", seed: 1, dataSeed: 0, noise: 0)
    kept.expression = "from an earlier run"
    var table = ResultTable(version: "1", settings: plan.protocolSettings, rows: [kept])
    var searched: [String] = []
    try await plan.run(into: &table) { run, _ in searched.append(run.row.problem) }
    #expect(Set(searched) == ["I.12.1", "I.25.13"] && table.rows.count == 3 && table.rows[1] == kept)
  }

  @Test func anInterruptedRunKeepsWhatItHas() async throws {
    struct Interruption: Error {}
    let plan = try plan(jobs: 1)
    var table = ResultTable(version: "1", settings: plan.protocolSettings, rows: [])
    do {
      try await plan.run(into: &table) { _, soFar in if soFar.rows.count == 2 { throw Interruption() } }
      Issue.record("not interrupted")
    } catch { #expect(error is Interruption) }
    #expect(table.rows.allSatisfy { ($0.processorSeconds ?? 0) > 0 })
    #expect(table.rows.map(\.problem) == ["I.12.1", "I.14.3"])
  }

  @Test func tablesOfOtherProtocolsAreRefused() throws {
    let plan = try plan()
    try plan.check(ResultTable(version: "1", settings: plan.protocolSettings, rows: []))
    var settings = plan.protocolSettings
    settings["timeout_seconds"] = "90.0"
    #expect(throws: SuiteError.otherProtocol(setting: "timeout_seconds", now: "60.0", before: "90.0")) {
      try plan.check(ResultTable(version: "1", settings: settings, rows: []))
    }
    #expect(throws: SuiteError.self) { try plan.check(ResultTable(version: "1", settings: [:], rows: [])) }
  }
}
