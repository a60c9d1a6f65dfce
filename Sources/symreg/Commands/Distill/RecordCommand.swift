import ArgumentParser
import Distillation
import ImportedNetworks
import Networks
import SymbolicRegression
import Worlds

/// `symreg distill record`.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record what the message function of a network is given and returns.",
    discussion: """
      MODEL is a folder as train writes it, or a function of rows that was trained elsewhere: an .onnx file, or \
      weights (.safetensors, .npz) with an architecture.json. Such a function is given the states of receiver \
      and sender of a simulation, or, where --data has arrays with the names of its inputs, these. In place of \
      MODEL, `-- COMMAND` asks a program, which reads inputs from an .npz file and writes outputs to another: \
      {input} and {output} in the command, or its standard streams.

      The file holds inputs (edges, columns), outputs (edges, components) and their names: a receiver's state \
      ends in 1, a sender's in 2. Where the simulation's law is known, forces holds the true force on the \
      receiver, to compare messages with.
      """)

  @Argument(help: "A model folder, an .onnx file, or weights with an architecture.json.")
  var model: String?
  @Option(help: "The simulation or arrays to record on, an .npz file.")
  var data: String
  @Option(parsing: .unconditional, help: "About how many graphs, spread evenly over the simulation.")
  var graphs = 1000
  @Option(name: [.short, .long], help: "The .npz file to write.")
  var output: String
  @Option(help: "The architecture of the weights, unless it lies beside them.")
  var architecture: String?
  @Option(parsing: .unconditional, help: "Seconds after which a command is ended.")
  var commandTimeout = 600.0
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Argument(parsing: .postTerminator, help: "A program and its arguments, asked in place of MODEL.")
  var command: [String] = []

  func validate() throws {
    guard (1...100_000_000).contains(graphs) else {
      throw ValidationError("--graphs must be between 1 and 100000000, not \(graphs)")
    }
    guard commandTimeout > 0, commandTimeout < 1e9 else {
      throw ValidationError("--command-timeout must be a number of seconds, not \(commandTimeout)")
    }
    guard (model == nil) != command.isEmpty else {
      throw ValidationError("give either a MODEL or, after --, a COMMAND")
    }
  }

  func run() throws {
    let recording = try recorded()
    try recording.write(to: output)
    if !quiet {
      Messages.note("\(recording.edgeCount) edges, \(recording.outputs.count) components: \(output)")
    }
    leave(.done)
  }

  private func recorded() throws -> MessageRecording {
    guard let model else {
      let network = ExternalNetwork(command: command, timeout: .seconds(commandTimeout))
      let archive = try ArrayArchive(contentsOf: data)
      try ArrayArchive.checkWritable(output)
      return try MessageRecording(of: network, from: archive, graphs: graphs)
    }
    if ImportedNetwork.isFile(at: model) || architecture != nil {
      let network = try ImportedNetwork(contentsOf: model, architecture: architecture)
      let archive = try ArrayArchive(contentsOf: data)
      try ArrayArchive.checkWritable(output)
      return try MessageRecording(of: network, from: archive, graphs: graphs)
    }
    let simulation = try Simulation(contentsOf: data)
    let network = try ModelFolder(path: model).read().network
    try ArrayArchive.checkWritable(output)
    return try MessageRecording(of: network, with: simulation, graphs: graphs)
  }
}
