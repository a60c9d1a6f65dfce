import ArgumentParser
import Foundation
import Suites

/// `symreg-bench generate`: writes the data of the problems whose data are generated.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Writes generated data sets as CSV files.",
    discussion: """
      Without a data seed it writes the files that are kept in Datasets, or, for the suites feynman and \
      strogatz, those that these commands search.
      """)

  @Option(help: "The suite.") var suite = ProblemSuite.empirical
  @Option(help: "Only this problem; may be given several times.") var problem: [String] = []
  @Option(help: "Seed of the data.") var dataSeed: UInt64?
  @Option(help: "Rows of each data set of feynman and strogatz.") var rows: Int?
  @Option(help: "Noise on their targets, relative to the root mean square.") var noise = 0.0
  @Option(name: .shortAndLong, help: "Folder to write to.") var output = "."

  func validate() throws {
    try Checks.generatedRows(rows)
    try Checks.noise(noise)
  }

  func run() throws {
    let files =
      switch suite {
      case .empirical: try empirical()
      case .feynman: try generated(.feynman)
      case .strogatz: try generated(.strogatz)
      }
    let folder = URL(filePath: output)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(output, error)
    }
    for (name, text) in files {
      let path = folder.appending(path: name).path
      try Output.write(Data(text.utf8), to: path)
      Output.text(path + "\n")
    }
  }

  private func empirical() throws -> [(String, String)] {
    let problems = try Checks.problems(problem)
    if !problem.isEmpty, let observed = problems.first(where: { $0.generator == nil }) {
      throw Failure.usage(
        "the data of problem \"\(observed.key)\" were observed and cannot be generated; they are in "
          + "Datasets/\(observed.fileName)")
    }
    return problems.compactMap { problem in
      problem.generatedCSV(seed: dataSeed ?? EmpiricalBench.committedDataSeed).map { (problem.fileName, $0) }
    }
  }

  private func generated(_ suite: GroundTruthSuite) throws -> [(String, String)] {
    let names = problem.flatMap { $0.split(separator: ",").map(String.init) }
    return try suite.problems(names).map { problem in
      let data = try GroundTruthData(
        problem, rowCount: rows ?? suite.defaultRowCount, noise: noise, seed: dataSeed ?? 0)
      return (problem.key + ".csv", data.csv)
    }
  }
}
