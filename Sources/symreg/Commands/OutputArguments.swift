import ArgumentParser
import Foundation
import SymbolicRegression

/// Where results go, and how much is said about them.
struct OutputArguments: ParsableArguments {
  /// What is printed on standard output at the end.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv
  }

  @Option(help: "Run folder. (default: symreg-runs/ and the time)")
  var output: String?
  @Option(help: "What is printed at the end: table, json or csv.")
  var format = Format.table
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Flag(help: "Do not show the front while it grows.")
  var noProgress = false

  /// Whether the front may be shown while it grows, provided there is a terminal.
  var showsProgress: Bool { !quiet && !noProgress }

  /// The run folder, made and tried out before any time is spent on searching.
  func makeFolder() throws -> RunFolder {
    let folder = try RunFolder(creating: output ?? RunFolder.freshPath())
    if folder.holdsRun, !quiet { Messages.note("the run in \(folder.path) is replaced") }
    return folder
  }

  /// Says what is to be known about the data.
  func announce(_ datasets: [Dataset]) {
    guard !quiet else { return }
    var said: Set<String> = []
    for dataset in datasets {
      for note in dataset.notes where said.insert(note).inserted { Messages.note(note) }
      for warning in dataset.warnings where said.insert(warning).inserted { Messages.warning(warning) }
    }
  }

  /// Prints the results on standard output.
  func print(_ documents: [RunDocument], isSeveral: Bool) throws {
    switch format {
    case .table:
      let width = StandardOutput.width
      try StandardOutput.write(documents.map { FrontTable($0).text(width: width) }.joined(separator: "\n"))
    case .json:
      let run = isSeveral ? RunFile.several(documents) : RunFile(documents)
      try StandardOutput.write(String(decoding: run.json(), as: UTF8.self))
    case .csv:
      try StandardOutput.write(HallOfFameCSV.text(documents))
    }
  }

  /// Says why and when the searches ended, and where everything is.
  func conclude(_ documents: [RunDocument], of datasets: [Dataset], folder: RunFolder) {
    guard !quiet, let first = documents.first else { return }
    if documents.count < datasets.count {
      Messages.warning("stopped after \(documents.count) of \(datasets.count) targets")
    }
    for document in documents {
      let before = datasets.first { $0.targetName == document.target }?.notes.count ?? 0
      for note in document.notes.dropFirst(before) { Messages.note(note) }
    }
    let reasons = documents.map {
      "\($0.stopReason) after \(NumberText.rounded($0.elapsedSeconds, digits: 3)) s"
    }
    let evaluations = documents.reduce(0) { $0 + $1.evaluations }
    Messages.note(
      "\(reasons.joined(separator: ", ")), \(evaluations) candidates evaluated, seed \(first.seed); run "
        + "folder: \(folder.path)"
    )
  }
}
