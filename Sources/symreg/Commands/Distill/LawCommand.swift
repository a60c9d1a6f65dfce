import ArgumentParser
import Distillation
import Foundation
import ImportedNetworks
import Networks
import SymbolicRegression
import Worlds

/// `symreg distill law`.
struct LawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "law",
    abstract: "From motions, a network or recorded messages to a law, in one go.",
    discussion: """
      SOURCE is a simulation or trajectories (.npz), on which a network is then trained; or a network, as for \
      record, with --data for what it is recorded on; or recorded inputs and outputs (.npz or CSV). What is still \
      missing is done and kept in the run folder, as model and io.npz beside the law. The same command with the \
      same --output goes on with a training that was stopped.
      """)

  @Argument(help: "A simulation, a network or a recording.")
  var source: String
  @Option(help: "What a network is recorded on, an .npz file.")
  var data: String?
  @Option(help: "The architecture of a network's weights, unless it lies beside them.")
  var architecture: String?
  @Option(parsing: .unconditional, help: "Seconds after which training stops, wherever it is.")
  var trainingTimeout: Double?
  @OptionGroup(title: "Network and training") var network: NetworkArguments
  @OptionGroup(title: "Cache of recordings") var cache: CacheArguments
  @OptionGroup(title: "Columns and law") var law: LawArguments
  @OptionGroup(title: "Stop rules of the search, whichever comes first") var stop: StopArguments
  @OptionGroup(title: "Search") var search: SearchArguments
  @OptionGroup(title: "Output") var output: LawOutput

  func validate() throws {
    if let trainingTimeout, !(trainingTimeout >= 0 && trainingTimeout < 1e9) {
      throw ValidationError("--training-timeout must be a number of seconds, not \(trainingTimeout)")
    }
  }

  func run() async throws {
    var options = SearchOptions()
    try stop.apply(to: &options)
    search.apply(to: &options)
    var distiller = Distiller(options: try law.options(options))
    let source = try LawSource(source, architecture: architecture, data: data)
    let folder = try output.makeFolder()
    let (recording, motions) = try await recorded(source, folder: folder, seed: distiller.options.search.seed)
    // Who trained a network for minutes has not used up the search's time.
    distiller.options.search.startedAt = .now
    let found = try await distiller.law(recording)
    let masses =
      recording.bodies == nil ? nil : try motions.flatMap { try MassTable.refit(found, $0, recording) }
    try output.conclude(
      LawDocument(found, source: DataSource(file: self.source), masses: masses), folder: folder)
    leave(Interrupts.shared.status ?? .done)
  }

  private func recorded(
    _ source: LawSource, folder: RunFolder, seed: UInt64
  ) async throws -> (MessageRecording, Simulation?) {
    switch source {
    case .recording: return (try law.recording(self.source), nil)
    case .model(let function, let data):
      let archive = try ArrayArchive(contentsOf: data)
      return (try recorded(function, on: .archive(archive), folder: folder), try? Simulation(archive))
    case .simulation(let simulation):
      let trained = try await trained(on: simulation, folder: "\(folder.path)/model", seed: seed)
      let function = MessageFunction.network(trained, name: "\(folder.path)/model")
      return (try recorded(function, on: .simulation(simulation), folder: folder), simulation)
    }
  }

  private func recorded(
    _ function: MessageFunction, on data: MessageData, folder: RunFolder
  ) throws -> MessageRecording {
    let messages = try cache.recorder.record(function, on: data, options: RecordingOptions())
    try messages.recording.write(to: "\(folder.path)/io.npz")
    if !output.quiet { for note in messages.notes { Messages.note(note) } }
    return messages.recording
  }

  private func trained(on simulation: Simulation, folder: String, seed: UInt64) async throws -> Network {
    let data = try GraphSet(simulation)
    let training = try NetworkTraining(
      network.architecture(for: simulation, data), data: data,
      options: network.options(for: simulation, seed: seed), folder: ModelFolder(path: folder))
    let session = TrainingSession(
      threads: search.threads ?? ProcessInfo.processInfo.activeProcessorCount, timeout: trainingTimeout,
      quiet: output.quiet, showsProgress: !output.quiet && !output.noProgress)
    let end = try await session.run(training)
    if end == .stopped {
      Messages.note("training was stopped; the same command with --output \(output.output ?? folder) goes on")
      leave(Interrupts.shared.status ?? .done)
    }
    return training.trainer.network
  }
}

/// What a law is distilled from.
enum LawSource {
  /// Motions of bodies; a network is missing.
  case simulation(Simulation)
  /// A network, and the file that it is to be recorded on.
  case model(MessageFunction, data: String)
  /// Recorded inputs and outputs.
  case recording

  /// What is at a path.
  init(_ path: String, architecture: String?, data: String?) throws {
    var isFolder = ObjCBool(false)
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let ending = (path as NSString).pathExtension.lowercased()
    let isModel =
      isFolder.boolValue || architecture != nil || data != nil
      || ["onnx", "safetensors", "pt", "pth", "pkl", "ckpt"].contains(ending)
    if exists, isModel {
      let function =
        ImportedNetwork.isFile(at: path) || architecture != nil
        ? MessageFunction.imported(try ImportedNetwork(contentsOf: path, architecture: architecture))
        : .network(try ModelFolder(path: path).read().network, name: path)
      guard let data else {
        throw Failure(.usage, "\(path) is a network: say with --data what it is to be recorded on")
      }
      self = .model(function, data: data)
      return
    }
    guard ending == "npz" else {
      self = .recording
      return
    }
    let archive = try ArrayArchive(contentsOf: path)
    self = archive.contains("outputs") ? .recording : .simulation(try Simulation(archive))
  }
}
