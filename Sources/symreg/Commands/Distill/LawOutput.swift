import ArgumentParser
import Distillation
import Foundation
import SymbolicRegression

/// Where a law goes, and how much is said about it.
struct LawOutput: ParsableArguments {
  /// What is printed on standard output at the end.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  @Option(name: [.short, .long], help: "Run folder. (default: symreg-runs/ and the time)")
  var output: String?
  @Option(help: "What is printed at the end: table or json.")
  var format = Format.table
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Flag(help: "Do not show how far the work is.")
  var noProgress = false

  /// The run folder, made and tried out before any time is spent.
  func makeFolder() throws -> RunFolder {
    let folder = try RunFolder(creating: output ?? RunFolder.freshPath())
    if folder.holdsRun, !quiet { Messages.note("the run in \(folder.path) is replaced") }
    return folder
  }

  /// Keeps the law in the folder and prints it.
  func conclude(_ document: LawDocument, folder: RunFolder) throws {
    let failed = Result { try folder.write(law: document) }
    switch format {
    case .table: try StandardOutput.write(text(document))
    case .json: try StandardOutput.write(String(decoding: document.json(), as: UTF8.self))
    }
    try failed.get()
    if !quiet { Messages.note("seed \(document.run.seed); run folder: \(folder.path)") }
  }

  private func text(_ document: LawDocument) -> String {
    func share(_ value: Double) -> String { NumberText.rounded(value, digits: 4) }
    var lines = [FrontTable(document.run).text(width: StandardOutput.width)]
    lines.append(
      "messages along the displacement: robust R² \(share(document.direction.robust)); "
        + "explained by the law: \(share(document.agreement.robust))")
    if let force = document.messageForce {
      lines.append(
        "messages and the true force\(force.reference.map { " (\($0))" } ?? ""): robust R² "
          + "\(share(force.robust)), plain \(share(force.plain))")
    }
    if let law = document.law {
      lines.append("force along \(law.along.joined(separator: ", ")), up to a factor: \(law.expression)")
    }
    if let reason = document.reason { lines.append(reason) }
    lines += MassTable.lines(document)
    return lines.joined(separator: "\n") + "\n"
  }
}
