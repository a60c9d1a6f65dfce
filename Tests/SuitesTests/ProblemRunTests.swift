import Expressions
import Foundation
import Suites
import Testing

@Suite struct ProblemRunTests {
  @Test func anEasyLawIsFoundAndTheRunStops() async throws {
    let data = try ProblemData(EmpiricalBench.problem("hubble"), folder: DatasetFolder(path: datasets.path))
    // Milliseconds, unless other tests keep those who watch the front waiting.
    let settings = ProblemRun.Settings(timeout: 120, threads: 2, stopsWhenSolved: true)
    let run = try await ProblemRun(suite: "empirical", data, seed: 1, settings: settings)
    #expect(run.row.isSolved && run.stopReason == .interrupted)
    let seconds = try #require(run.row.secondsToSolution)
    #expect(seconds > 0 && seconds <= run.row.seconds)
    let formula = try Formula(parsing: run.row.expression, features: data.problem.features)
    #expect(formula.complexity == run.row.complexity)
    #expect(run.front.count == run.verdicts.count && run.verdicts.contains { $0.isSolved })
    #expect(run.frontText.split(separator: "\n").count == run.front.count)
  }

  @Test func aRunWithoutTimeHasNoSolutionAndARow() async throws {
    let data = try ProblemData(EmpiricalBench.problem("planck"), folder: DatasetFolder(path: datasets.path))
    let run = try await ProblemRun(
      suite: "empirical", data, seed: 1, settings: ProblemRun.Settings(timeout: 0.05, threads: 2))
    #expect(!run.row.isSolved && run.row.secondsToSolution == nil && run.row.seconds < 2)
  }

  @Test func freshDataAreTheGenerators() throws {
    let newton = try EmpiricalBench.problem("newton")
    let fresh = try ProblemData(newton, seed: 4)
    #expect(fresh.dataSeed == 4 && fresh.dataset.featureNames == newton.features)
    let rows = zip(fresh.rows, fresh.dataset.target.array).map { $0 + [$1] }
    #expect(rows == newton.generatedRows(seed: 4))
    // Observed data have no seed: the committed file is used and the row says so.
    let hubble = try ProblemData(EmpiricalBench.problem("hubble"), seed: 4)
    #expect(hubble.dataSeed == nil && hubble.dataset.rowCount == 24)
  }

  @Test func aMissingFolderIsNamed() throws {
    let hubble = try EmpiricalBench.problem("hubble")
    #expect(throws: SuiteError.missingFile(problem: "hubble", folders: ["/nonexistent"])) {
      try ProblemData(hubble, folder: DatasetFolder(path: "/nonexistent"))
    }
  }

  @Test func aMisspelledProblemIsRecognised() {
    do {
      _ = try EmpiricalBench.problem("plank")
      Issue.record("found")
    } catch {
      #expect(error.description.contains("did you mean \"planck\"?"))
    }
  }

  @Test func theJudgeSeesTheKernelsValues() throws {
    let data = try ProblemData(EmpiricalBench.problem("newton"), folder: DatasetFolder(path: datasets.path))
    let judge = try data.judge()
    let law = try Formula(
      parsing: "log(mass_1 * mass_2) - 2 * log(distance) - 23.4", features: data.problem.features)
    #expect(judge.verdict(on: try fitted(law, to: data.problem)).isSolved)
    let other = try Formula(parsing: "log(mass_1 * mass_2) - 23.4", features: data.problem.features)
    #expect(!judge.verdict(on: try fitted(other, to: data.problem)).isSolved)
  }
}
