import Arrays
import Foundation

/// Reads an architecture and its weights.
struct ArchitectureReader {
  /// The path of the architecture's file.
  let architecture: String
  /// The path of the weights, unless the architecture names it.
  let weights: String?

  /// The largest architecture that is read, in bytes.
  private static let largest = 4 << 20

  func description() throws(ImportedNetworkError) -> GraphDescription {
    let bytes = try ModelBytes.contents(of: architecture)
    guard bytes.count <= ArchitectureReader.largest else {
      throw .unsupportedFile(
        file: architecture, reason: "it has \(bytes.count) bytes, too many for an architecture",
        remedy: "weights belong into a .safetensors or .npz file")
    }
    let document: ArchitectureDocument
    do {
      document = try JSONDecoder().decode(ArchitectureDocument.self, from: bytes)
    } catch {
      throw .invalid(
        file: architecture, place: nil, reason: ArchitectureReader.reason(error),
        remedy: "see README, \"Networks trained elsewhere\"")
    }
    let path: String
    if let weights { path = weights } else { path = try weightsPath(document) }
    let source = try WeightsFile(path: path)
    return try ArchitectureBuilder(document, file: architecture, weights: source).description()
  }

  private func weightsPath(_ document: ArchitectureDocument) throws(ImportedNetworkError) -> String {
    if let name = document.weights {
      return try SiblingFile(of: architecture).path(name, place: "weights")
    }
    let folder = (architecture as NSString).deletingLastPathComponent
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let found = names.filter { $0.hasSuffix(".safetensors") || $0.hasSuffix(".npz") }.sorted()
    guard found.count == 1 else {
      throw .invalid(
        file: architecture, place: "weights",
        reason: found.isEmpty
          ? "there is no .safetensors or .npz file beside it" : "beside it are \(listed(found))",
        remedy: "name the file of weights: \"weights\": \"model.safetensors\"")
    }
    return try SiblingFile(of: architecture).path(found[0], place: "weights")
  }

  private static func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      return path.isEmpty ? "it" : printable(path.joined(separator: "."))
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "\(place(context)) lacks \(quoted(key.stringValue))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      return "\(place(context)) is not what is expected there: \(printable(context.debugDescription))"
    case DecodingError.dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is not written in JSON" : "\(place(context)): \(printable(context.debugDescription))"
    default: return "it is not written in JSON"
    }
  }
}

/// Weights by name, from either kind of file.
struct WeightsFile {
  let path: String
  private let source: Source

  private enum Source {
    case safetensors(Safetensors)
    case archive(ArrayArchive)
  }

  init(path: String) throws(ImportedNetworkError) {
    self.path = path
    do throws(ArrayFileError) {
      if path.lowercased().hasSuffix(".npz") {
        source = .archive(try ArrayArchive(contentsOf: path))
      } else {
        source = .safetensors(try Safetensors(contentsOf: path))
      }
    } catch { throw .arrays(error) }
  }

  /// The array `name`, which must hold numbers.
  func array(_ name: String) throws(ImportedNetworkError) -> NumericArray {
    do throws(ArrayFileError) {
      let array: NumericArray
      switch source {
      case .safetensors(let file): array = try file.array(name)
      case .archive(let file): array = try file.array(name)
      }
      guard array.elementType == .float32 || array.elementType == .float64 else {
        throw .unsupported(
          place: ArrayPlace(file: path, array: name), reason: "it does not hold floating-point numbers",
          remedy: "weights are floating-point numbers of 16, 32 or 64 bits")
      }
      return array
    } catch { throw .arrays(error) }
  }
}
