import ArgumentParser
import Distillation
import Foundation
import ImportedNetworks
import Networks
import SymbolicRegression

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

      What is recorded is kept, and found again when weights, data and options are the same.
      """)

  @Argument(help: "A model folder, an .onnx file, or weights with an architecture.json.")
  var model: String?
  @Option(help: "The simulation or arrays to record on, an .npz file.")
  var data: String
  @Option(parsing: .unconditional, help: "About how many graphs, spread evenly over the simulation.")
  var graphs = 1000
  @Option(help: "Numbers of the components to record, from 0, separated by commas. (default: all)")
  var components: String?
  @Option(help: "A further input, such as \"s = q1*q2\"; may be given several times.")
  var derive: [String] = []
  @Option(
    parsing: .unconditional,
    help: """
      Number of a row, from 0: only its neighbours are recorded, and further rows drawn around it, with weights that \
      fall with the distance.
      """)
  var near: Int?
  @Option(parsing: .unconditional, help: "How many neighbours, with --near.")
  var neighbours = Neighbourhood(row: 0).neighbours
  @Option(parsing: .unconditional, help: "How many rows are drawn, with --near.")
  var samples = Neighbourhood(row: 0).samples
  @Option(parsing: .unconditional, help: "Seed of the drawn rows, with --near.")
  var seed: UInt64 = Neighbourhood(row: 0).seed
  @Option(name: [.short, .long], help: "The .npz file to write.")
  var output: String
  @Option(help: "The architecture of the weights, unless it lies beside them.")
  var architecture: String?
  @Option(parsing: .unconditional, help: "Seconds after which a command is ended.")
  var commandTimeout = 600.0
  @OptionGroup(title: "Cache") var cache: CacheArguments
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Argument(parsing: .postTerminator, help: "A program and its arguments, asked in place of MODEL.")
  var command: [String] = []

  func validate() throws {
    guard (1...100_000_000).contains(graphs) else {
      throw ValidationError("--graphs must be between 1 and 100000000, not \(graphs)")
    }
    guard (0...10_000_000).contains(samples) else {
      throw ValidationError("--samples must be between 0 and 10000000, not \(samples)")
    }
    guard commandTimeout > 0, commandTimeout < 1e9 else {
      throw ValidationError("--command-timeout must be a number of seconds, not \(commandTimeout)")
    }
    guard (model == nil) != command.isEmpty else {
      throw ValidationError("give either a MODEL or, after --, a COMMAND")
    }
  }

  func run() throws {
    var options = RecordingOptions()
    options.graphs = graphs
    options.components = try components.map { try ComponentNumbers.parse($0) }
    options.neighbourhood = neighbourhood
    options.derived = derive
    let function = try function()
    let archive = try ArrayArchive(contentsOf: data)
    // Nobody is to wait for numbers that cannot be kept.
    try ArrayArchive.checkWritable(output)
    let messages = try cache.recorder.record(function, on: .archive(archive), options: options)
    try messages.recording.write(to: output)
    for body in messages.recording.bodies ?? [] where body.relativeError >= RecordedBody.largestError {
      Messages.warning(
        "accelerations of \(body.name) are off by \(NumberText.rounded(100 * body.relativeError, digits: 2)) %: "
          + "train with another seed, or more steps")
    }
    if !quiet {
      for note in messages.notes { Messages.note(note) }
      let (edges, width) = (messages.recording.edgeCount, messages.recording.outputs.count)
      Messages.note(
        "\(edges) edge\(edges == 1 ? "" : "s"), \(width) component\(width == 1 ? "" : "s")"
          + "\(messages.isFromCache ? ", from the cache" : ""): \(output)")
    }
    leave(.done)
  }

  private var neighbourhood: Neighbourhood? {
    near.map { row in
      var neighbourhood = Neighbourhood(row: row)
      (neighbourhood.neighbours, neighbourhood.samples) = (neighbours, samples)
      neighbourhood.seed = seed
      return neighbourhood
    }
  }

  private func function() throws -> MessageFunction {
    guard let model else {
      return .external(ExternalNetwork(command: command, timeout: .seconds(commandTimeout)))
    }
    if ImportedNetwork.isFile(at: model) || architecture != nil {
      return .imported(try ImportedNetwork(contentsOf: model, architecture: architecture))
    }
    return .network(try ModelFolder(path: model).read().network, name: model)
  }
}
