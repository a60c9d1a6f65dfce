import ArgumentParser
import Distillation
import SymbolicRegression

/// `symreg distill components`.
struct ComponentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "components",
    abstract: "Search for an equation of each recorded component on its own.",
    discussion: """
      For networks whose outputs are no messages between bodies, or to see what each component carries. Components \
      are explained by the inputs, or by displacement and distance in place of the positions of receiver and \
      sender. The run folder has a folder for each, as that of fit for several targets. A recording of the \
      neighbourhood of one row (record --near) is explained there.
      """)

  @Argument(help: "Recorded inputs and outputs, an .npz or CSV file.")
  var recording: String
  @Option(help: "Numbers of the components, from 0, separated by commas. (default: all that vary)")
  var components: String?
  @Option(parsing: .unconditional, help: "Most components: those that come first by --rank. (default: all)")
  var most: Int?
  @OptionGroup(title: "Columns") var columns: RecordedColumns
  @OptionGroup(title: "Search space") var space: SpaceArguments
  @OptionGroup(title: "Stop rules, for all components together, whichever comes first") var stop:
    StopArguments
  @OptionGroup(title: "Search") var search: SearchArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  func validate() throws {
    if let most, most < 1 { throw ValidationError("--most must be 1 at least, not \(most)") }
  }

  func run() async throws {
    var options = SearchOptions()
    try space.apply(to: &options)
    try stop.apply(to: &options)
    search.apply(to: &options)
    let distiller = Distiller(options: try columns.options(options))
    let datasets = try distiller.componentDatasets(
      columns.recording(recording),
      components: try components.map { try ComponentNumbers.parse($0) }, count: most)
    try await output.search(datasets, options: options, source: DataSource(file: recording))
    leave(Interrupts.shared.status ?? .done)
  }
}
