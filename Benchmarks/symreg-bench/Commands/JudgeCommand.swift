import ArgumentParser
import Foundation
import Suites

/// `symreg-bench judge`: whether expressions, found by whatever program, are the law of a problem.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge", abstract: "Whether expressions are the law of a problem.",
    discussion: """
      The judges are those of the suites; rows, noise and data seed are to be those that the expressions were \
      found with (symreg-bench generate writes them). One verdict a line, in the order of the expressions; \
      without arguments, expressions are read from standard input, one a line, and answered at once. With \
      --format json each line is an object of its own. A text that cannot be read is a verdict, too; the exit \
      status is 0 all the same.
      """)

  @Option(help: "The suite.") var suite: ProblemSuite
  @Option(help: "The problem.") var problem: String
  @Option(help: "Noise on the targets of feynman and strogatz, relative to the root mean square.")
  var noise = 0.0
  @Option(help: "Seed of the data.") var dataSeed: UInt64?
  @Option(help: "Rows of the data of feynman and strogatz.") var rows: Int?
  @Option(help: "Folder of the committed data sets.") var datasets: String?
  @Option(help: "How verdicts are printed.") var format = OutputFormat.table
  @Argument(help: "Expressions in the features of the problem.") var expressions: [String] = []

  func validate() throws {
    try Checks.generatedRows(rows)
    try Checks.noise(noise)
  }

  func run() throws {
    switch suite {
    case .empirical:
      let data = try ProblemData(
        EmpiricalBench.problem(problem), seed: dataSeed, folder: DatasetFolder(path: datasets))
      try answer(data.judge(), data.problem.features)
    case .feynman: try judge(.feynman)
    case .strogatz: try judge(.strogatz)
    }
  }

  private func judge(_ suite: GroundTruthSuite) throws {
    for problem in try suite.problems([problem]) {
      let data = try GroundTruthData(
        problem, rowCount: rows ?? suite.defaultRowCount, noise: noise, seed: dataSeed ?? 0)
      try answer(data.judge(), problem.features)
    }
  }

  private func answer(_ judge: some FormulaJudge, _ features: [String]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func answer(_ text: String) throws {
      let judged = JudgedExpression(text, features: features, judge: judge)
      switch format {
      case .json: Output.text(String(decoding: try encoder.encode(judged), as: UTF8.self) + "\n")
      case .table: Output.text(judged.text + "\n")
      }
    }
    for text in expressions { try answer(text) }
    guard expressions.isEmpty else { return }
    // Each line is answered before the next is read, so that who asks may wait for the answer.
    while let line = readLine() {
      if line.contains(where: { !$0.isWhitespace }) { try answer(line) }
    }
  }
}
