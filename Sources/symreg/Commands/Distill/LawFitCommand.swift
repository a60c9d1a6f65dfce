import ArgumentParser
import Distillation
import SymbolicRegression
import Worlds

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
  @Option(
    help: """
      Motions (an .npz file) to which masses of bodies and the law's constants are refitted, with standard errors.
      """)
  var trajectory: String?
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
    let motions = try trajectory.map { try Simulation(contentsOf: $0) }
    let folder = try output.makeFolder()
    let found = try await distiller.law(recording)
    let masses = try motions.flatMap { try MassTable.refit(found, $0, recording) }
    try output.conclude(
      LawDocument(found, source: DataSource(file: self.recording), masses: masses), folder: folder)
    leave(.done)
  }
}
