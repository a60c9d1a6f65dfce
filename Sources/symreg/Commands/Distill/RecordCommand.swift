import ArgumentParser
import Distillation
import Networks
import SymbolicRegression
import Worlds

/// `symreg distill record`.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record what the message function of a network is given and returns.",
    discussion: """
      The file holds inputs (edges, columns), outputs (edges, components) and their names: a receiver's state \
      ends in 1, a sender's in 2. Where the simulation's law is known, forces holds the true force on the \
      receiver, to compare messages with.
      """)

  @Argument(help: "A model folder, as train writes it.")
  var model: String
  @Option(help: "The simulation to record on, an .npz file.")
  var data: String
  @Option(parsing: .unconditional, help: "About how many graphs, spread evenly over the simulation.")
  var graphs = 1000
  @Option(name: [.short, .long], help: "The .npz file to write.")
  var output: String
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard (1...100_000_000).contains(graphs) else {
      throw ValidationError("--graphs must be between 1 and 100000000, not \(graphs)")
    }
  }

  func run() throws {
    let simulation = try Simulation(contentsOf: data)
    let network = try ModelFolder(path: model).read().network
    try ArrayArchive.checkWritable(output)
    let recording = try MessageRecording(of: network, with: simulation, graphs: graphs)
    try recording.write(to: output)
    for body in recording.bodies ?? [] where body.relativeError >= RecordedBody.largestError {
      Messages.warning(
        "accelerations of \(body.name) are off by \(NumberText.rounded(100 * body.relativeError, digits: 2)) %: "
          + "train with another seed, or more steps")
    }
    if !quiet {
      Messages.note("\(recording.edgeCount) edges, \(recording.outputs.count) components: \(output)")
    }
    leave(.done)
  }
}
