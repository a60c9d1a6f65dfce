import Arrays
import Foundation

/// A network on disk: `architecture.json`, `weights.safetensors`, and while it is trained, or when training
/// was stopped, `checkpoint.safetensors`. Each is there whole or not at all. None holds code.
public struct ModelFolder: Sendable {
  /// The folder.
  public let path: String

  /// The folder at `path`, which need not be there.
  public init(path: String) { self.path = path }

  private var architecturePath: String { path + "/architecture.json" }
  private var weightsPath: String { path + "/weights.safetensors" }
  private var checkpointPath: String { path + "/checkpoint.safetensors" }

  /// Whether there is a network in it.
  public var holdsModel: Bool { FileManager.default.fileExists(atPath: architecturePath) }

  /// Makes the folder, and finds out whether files can be written in it.
  public func create() throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ArrayFileError.unwritable(file: path, reason: "the folder cannot be made")
    }
    try ArrayArchive.checkWritable(checkpointPath)
  }

  /// Writes a network.
  ///
  /// - Throws: `ArrayFileError` when a file cannot be written.
  public func write(_ network: Network, _ description: ModelDescription) throws {
    let parameters = network.parameters.values
    var tensors = network.architecture.parameterBlocks.map { block in
      let values = Array(parameters[block.offset..<block.offset + block.count])
      return (name: block.name, array: NumericArray(shape: block.shape, elements: .float32(values)))
    }
    if network.mask.count > 0 {
      tensors.append((ModelFolder.maskName, NumericArray(float32: network.mask.values)))
    }
    try Safetensors.write(tensors, to: weightsPath)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let text = try encoder.encode(description)
    let output = try AtomicOutput(path: architecturePath)
    try output.write([UInt8](text + Data("\n".utf8)))
    try output.finish()
  }

  /// Reads a network.
  ///
  /// - Throws: ``NetworkError`` or `ArrayFileError` when there is none, or the files are damaged or do not
  ///   belong together.
  public func read() throws -> (network: Network, description: ModelDescription) {
    let description = try self.description()
    do { try description.architecture.validate() } catch {
      throw NetworkError.badModel(path: architecturePath, reason: error.description)
    }
    let file = try Safetensors(contentsOf: weightsPath)
    var parameters: [Float] = []
    for block in description.architecture.parameterBlocks {
      let array = try file.array(block.name)
      guard array.shape == block.shape, let values = array.floats else {
        throw NetworkError.badModel(
          path: weightsPath,
          reason:
            "\"\(block.name)\" has the shape \(array.shape), architecture.json wants \(block.shape); the "
            + "two files do not belong together")
      }
      parameters += values
    }
    let mask = file.contains(ModelFolder.maskName) ? try file.array(ModelFolder.maskName).floats : nil
    do {
      return (try Network(description.architecture, parameters: parameters, mask: mask), description)
    } catch {
      throw NetworkError.badModel(path: weightsPath, reason: "\(error)")
    }
  }

  private static let maskName = "message_mask"

  private func description() throws -> ModelDescription {
    let text: Data
    do { text = try Data(contentsOf: URL(filePath: architecturePath)) } catch {
      throw ArrayFileError.unreadable(
        file: architecturePath, reason: "there is no such file, which every model folder has")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let description: ModelDescription
    do { description = try decoder.decode(ModelDescription.self, from: text) } catch {
      throw NetworkError.badModel(
        path: architecturePath, reason: "is no description of a network: \(ModelFolder.reason(error))")
    }
    guard description.schema == ModelDescription.currentSchema else {
      throw NetworkError.badModel(
        path: architecturePath,
        reason:
          "the schema is \"\(description.schema)\", this program reads \(ModelDescription.currentSchema)")
    }
    return description
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of another type"
    case DecodingError.dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON" : "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is not known"
    default: "it is no JSON"
    }
  }
}

// MARK: - Checkpoints

extension ModelFolder {
  /// Whether a training can be taken up again.
  public var holdsCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpointPath) }

  /// Writes all that a training needs to go on to the same bits.
  ///
  /// - Parameter identity: what the training is; only the same is taken up again.
  public func write(_ state: TrainingState, identity: String) throws {
    let progress = CheckpointProgress(
      step: state.step, history: state.history, recentLoss: state.recentLoss, identity: identity)
    let text = String(decoding: try JSONEncoder().encode(progress), as: UTF8.self)
    try Safetensors.write(
      [
        ("parameters", NumericArray(float32: state.parameters)), ("mask", NumericArray(float32: state.mask)),
        ("adam.mean", NumericArray(float32: state.mean)),
        ("adam.square", NumericArray(float32: state.square)),
      ], metadata: ["training": text], to: checkpointPath)
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: ``NetworkError/otherTraining(path:reason:)`` when it is of a training of another identity;
  ///   `ArrayFileError` when the file is damaged.
  public func checkpoint(identity: String) throws -> TrainingState {
    let file = try Safetensors(contentsOf: checkpointPath)
    guard let text = file.metadata["training"],
      let progress = try? JSONDecoder().decode(CheckpointProgress.self, from: Data(text.utf8))
    else { throw NetworkError.badModel(path: checkpointPath, reason: "is no checkpoint of a training") }
    guard progress.identity == identity else {
      throw NetworkError.otherTraining(
        path: checkpointPath, reason: "of another network, with other options or of other data")
    }
    func values(_ name: String) throws -> [Float] { try file.array(name).floats ?? [] }
    return TrainingState(
      step: progress.step, parameters: try values("parameters"), mask: try values("mask"),
      mean: try values("adam.mean"), square: try values("adam.square"), history: progress.history,
      recentLoss: progress.recentLoss)
  }
}

/// What a checkpoint holds beside arrays.
private struct CheckpointProgress: Codable {
  let step: Int
  let history: [ValidationRecord]
  let recentLoss: Double
  let identity: String
}
