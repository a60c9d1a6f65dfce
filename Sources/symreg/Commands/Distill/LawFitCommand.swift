import ArgumentParser
import Distillation
import SymbolicRegression

/// `symreg distill fit`.
struct LawFitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Distil a law from recorded messages.",
    discussion: """
      Messages of a network are forces only up to a linear map, which is found together with the law. A law \
      counts only when the messages lie along the displacements and it explains them; what is printed says so.
      """)

  @Argument(help: "Recorded inputs and outputs, an .npz or CSV file.")
  var recording: String
  @OptionGroup(title: "Columns and law") var law: LawArguments
  @OptionGroup(title: "Stop rules, whichever comes first") var stop: StopArguments
  @OptionGroup(title: "Search") var search: SearchArguments
  @OptionGroup(title: "Output") var output: LawOutput

  func run() async throws {
    var options = SearchOptions()
    try stop.apply(to: &options)
    search.apply(to: &options)
    let distiller = Distiller(options: try law.options(options))
    let recording = try law.recording(self.recording)
    let folder = try output.makeFolder()
    let found = try await distiller.law(recording)
    try output.conclude(LawDocument(found, source: DataSource(file: self.recording)), folder: folder)
    leave(.done)
  }
}
