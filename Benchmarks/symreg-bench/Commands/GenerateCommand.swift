import ArgumentParser
import Foundation
import Suites

/// `symreg-bench generate`: writes the data of the problems whose data are generated.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Writes the generated data sets of EmpiricalBench as CSV files.",
    discussion: "Without a data seed it writes the files that are kept in Datasets.")

  @Option(help: "Only this problem; may be given several times.") var problem: [String] = []
  @Option(help: "Seed of the data.") var dataSeed = EmpiricalBench.committedDataSeed
  @Option(name: .shortAndLong, help: "Folder to write to.") var output = "."

  func run() throws {
    let problems = try Checks.problems(problem)
    if !problem.isEmpty, let observed = problems.first(where: { $0.generator == nil }) {
      throw Failure.usage(
        "the data of problem \"\(observed.key)\" were observed and cannot be generated; they are in "
          + "Datasets/\(observed.fileName)")
    }
    let folder = URL(filePath: output)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(output, error)
    }
    for problem in problems {
      guard let text = problem.generatedCSV(seed: dataSeed) else { continue }
      let path = folder.appending(path: problem.fileName).path
      try Output.write(Data(text.utf8), to: path)
      Output.text(path + "\n")
    }
  }
}
