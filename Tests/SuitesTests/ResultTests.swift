import Foundation
import Suites
import Testing

@Suite struct ResultTests {
  private func row(_ problem: String, _ seed: UInt64, _ seconds: Double?) -> ProblemResult {
    var row = ProblemResult(suite: "empirical", problem: problem, seed: seed)
    row.isSolved = seconds != nil
    row.hasForm = row.isSolved
    row.expression = "424 * distance"
    row.complexity = 3
    row.loss = seed == 3 ? nil : 50_000
    row.secondsToSolution = seconds
    row.seconds = 20
    return row
  }

  private func table(_ rows: [ProblemResult]) -> ResultTable {
    ResultTable(version: "0.1.0", settings: ["threads": "2"], rows: rows)
  }

  @Test func theWilsonIntervalIsThePublishedOne() {
    // Newcombe, Stat. Med. 17, 857 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    let published = [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    ]
    for (successes, trials, low, high) in published {
      let proportion = Proportion(successes: successes, trials: trials)
      #expect(abs(proportion.low - low) < 5e-5 && abs(proportion.high - high) < 5e-5)
    }
  }

  @Test func theDifferenceOfSharesIsThePublishedOne() {
    // Newcombe, Stat. Med. 17, 873 (1998), table II, method 10: 56/70 - 48/80 and 10/10 - 0/10.
    let moderate = Proportion(successes: 56, trials: 70).difference(
      from: Proportion(successes: 48, trials: 80))
    #expect(abs(moderate.lowerBound - 0.0524) < 5e-5 && abs(moderate.upperBound - 0.3339) < 5e-5)
    let extreme = Proportion(successes: 10, trials: 10).difference(from: Proportion(successes: 0, trials: 10))
    #expect(abs(extreme.lowerBound - 0.6075) < 5e-5 && extreme.upperBound == 1)
  }

  @Test func noTrialsSayNothing() {
    let none = Proportion(successes: 0, trials: 0)
    #expect(none.low == 0 && none.high == 1 && none.share.isNaN)
    #expect(none.difference(from: Proportion(successes: 3, trials: 3)) == -1...1)
  }

  @Test func theMedianCountsUnsolvedRunsAsLatest() throws {
    let summary = Summary([
      row("a", 1, 2), row("a", 2, nil), row("a", 3, 4), row("b", 1, nil), row("b", 2, 1),
    ])
    #expect(summary.problems.map(\.problem) == ["a", "b"])
    #expect(summary.problems.map(\.medianSecondsToSolution) == [4, nil])
    #expect(summary.all.solved.successes == 3 && summary.all.solved.trials == 5)
    #expect(summary.text.contains("2/3"))
    #expect(Summary([]).all.medianSecondsToSolution == nil)
  }

  @Test func aTableReadsBackFromItsJSON() throws {
    let table = table([row("a", 1, 2), row("a", 3, nil)])
    #expect(try ResultTable(json: table.json()) == table)
    let object = try #require(JSONSerialization.jsonObject(with: table.json()) as? [String: Any])
    #expect(object["summary"] != nil)
    let first = try #require((object["rows"] as? [[String: Any]])?.first)
    #expect(first["solved"] as? Bool == true && first["seconds_to_solution"] as? Double == 2)
    #expect(table.rows[1].loss == nil)
  }

  @Test func aTableWithAnInfiniteTimeIsNotLost() throws {
    var endless = row("a", 1, 2)
    endless.seconds = .infinity
    #expect(try ResultTable(json: table([endless]).json()).rows == [endless])
  }

  @Test func otherJSONIsRefused() throws {
    #expect(throws: SuiteError.self) { try ResultTable(json: Data("{}".utf8)) }
    #expect(throws: SuiteError.self) { try ResultTable(json: Data([0xff, 0x00])) }
    var foreign = table([])
    foreign.schema = "symreg.run/1"
    #expect(throws: SuiteError.self) { try ResultTable(json: foreign.json()) }
  }

  @Test func comparisonTellsBetterFromSame() throws {
    let before = table((1...10).map { row("a", $0, nil) } + (1...10).map { row("b", $0, 5) })
    let after = table(
      (1...10).map { row("a", $0, 3) } + (1...10).map { row("b", $0, 4) } + [row("c", 1, 1)])
    let comparison = try TableComparison(before: before, after: after)
    #expect(comparison.lines.map(\.problem) == ["a", "b", "all"])
    #expect(comparison.lines.map(\.reading) == ["better", "same", "better"])
    #expect(comparison.unmatched == ["c"])
    #expect(try TableComparison(before: after, after: before).lines[0].reading == "worse")
    #expect(comparison.text.contains("better"))
    #expect(throws: SuiteError.self) { try TableComparison(before: before, after: table([row("z", 1, 1)])) }
  }

  private func noisy(_ problem: String, _ noise: Double, _ seconds: Double?) -> ProblemResult {
    var row = row(problem, 1, seconds)
    row.noise = noise
    return row
  }

  @Test func levelsOfNoiseAreCountedApart() throws {
    let summary = Summary([noisy("a", 0.1, nil), noisy("a", 0, 2), noisy("b", 0, 4), noisy("c", 0, nil)])
    let levels = try #require(summary.noiseLevels)
    #expect(levels.map(\.noise) == [0, 0.1])
    #expect(levels[0].solved == Proportion(successes: 2, trials: 3))
    #expect(levels[0].medianSecondsToSolution == 3 && levels[1].medianSecondsToSolution == nil)
    #expect(NoiseLevel.text(levels).contains("2/3"))
    #expect(Summary([row("a", 1, 2)]).noiseLevels == nil)
  }

  @Test func whatIsLostAndGainedIsListed() throws {
    let before = table([noisy("a", 0, 2), noisy("b", 0, nil), noisy("c", 0, 3), noisy("c", 0.1, 3)])
    let after = table([noisy("a", 0, nil), noisy("b", 0, 1), noisy("c", 0, 5)])
    let comparison = try TableComparison(before: before, after: after)
    #expect(comparison.lost == ["a at noise 0.0"] && comparison.gained == ["b at noise 0.0"])
    #expect(comparison.unmatched == ["c at noise 0.1"])
    #expect(comparison.text.contains("solved before and not after: a at noise 0.0"))
    // A run of another seed that still solves the problem is enough.
    var second = noisy("a", 0, 9)
    second.seed = 2
    let more = table(after.rows + [second])
    #expect(try TableComparison(before: before, after: more).lost.isEmpty)
  }

  @Test func publishedRatesComeWithTheirProtocols() {
    for suite in GroundTruthSuite.allCases {
      let text = PublishedRates.text(suite)
      #expect(text.contains("PySR") && text.contains("F: 90 s") && text.contains("S: one final model"))
      #expect(text.contains("PhySO  ") == (suite == .feynman))
    }
  }
}
