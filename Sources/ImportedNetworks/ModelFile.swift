import Foundation

/// What a path to a model means, by what is there and how it is called.
struct ModelFile {
  let path: String
  let architecture: String?

  /// Whether it is a file, or a folder with an architecture of layers.
  var isImported: Bool {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return true
    }
    guard let bytes = try? ModelBytes.contents(of: path + "/architecture.json"),
      let content = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    else { return false }
    return content["layers"] != nil
  }

  /// Reads what is at the path.
  func description() throws(ImportedNetworkError) -> GraphDescription {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(file: path.isEmpty ? "\"\"" : path, reason: String(cString: strerror(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      return try ArchitectureReader(architecture: architecture ?? path + "/architecture.json", weights: nil)
        .description()
    }
    switch (path as NSString).pathExtension.lowercased() {
    case "onnx": return try onnx()
    case "json": return try ArchitectureReader(architecture: path, weights: nil).description()
    case "safetensors", "npz":
      let file: String
      if let architecture { file = architecture } else { file = try beside() }
      return try ArchitectureReader(architecture: file, weights: path).description()
    case "pt", "pth", "pkl", "pickle", "bin", "pt2", "ckpt", "joblib": throw ForeignModel.pickle(path)
    default:
      let bytes = try ModelBytes.contents(of: path)
      if let foreign = ForeignModel.error(bytes.prefix(64), file: path, wanted: "onnx") { throw foreign }
      throw .unsupportedFile(
        file: path, reason: "its name does not say what it is",
        remedy: "networks are read from .onnx, or .safetensors or .npz with an architecture.json")
    }
  }

  private func onnx() throws(ImportedNetworkError) -> GraphDescription {
    #if ONNX
      return try ModelLoader.description(contentsOf: path)
    #else
      throw .unsupportedFile(
        file: path, reason: "this build does not read ONNX models",
        remedy:
          "build with scripts/build --traits ONNX, or record the network's inputs and outputs in an npz file")
    #endif
  }

  /// The architecture that lies beside weights: of the same name, or simply `architecture.json`.
  private func beside() throws(ImportedNetworkError) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    let own = (path as NSString).deletingPathExtension + ".json"
    let usual = folder.isEmpty ? "architecture.json" : folder + "/architecture.json"
    for candidate in [own, usual] where FileManager.default.fileExists(atPath: candidate) { return candidate }
    throw .unsupportedFile(
      file: path, reason: "it holds weights alone, and there is no architecture.json beside it",
      remedy: "write one that names the network's inputs and layers (README, \"Networks trained elsewhere\")")
  }
}
