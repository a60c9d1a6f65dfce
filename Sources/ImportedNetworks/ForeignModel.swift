import Foundation

/// Recognises, by how they begin, files of networks that are not read, and says what to do with each.
enum ForeignModel {
  /// The error for a file that begins with `bytes` and is to be of the kind `wanted`; nil if nothing speaks
  /// against it.
  static func error(_ bytes: Data, file: String, wanted: String) -> ImportedNetworkError? {
    let start = Array(bytes.prefix(8))
    if start.isEmpty { return .damaged(file: file, reason: "it is empty") }
    if start[0] == 0x80, start.count > 1, (2...5).contains(start[1]) { return pickle(file) }
    if start.starts(with: Array("PK".utf8)) { return pickle(file) }
    if start.starts(with: [0x89] + Array("HDF".utf8)) {
      return .unsupportedFile(
        file: file, reason: "it is an HDF5 file, of Keras perhaps",
        remedy:
          "export the network to ONNX, in Python: tf2onnx.convert.from_keras(model, output_path=\"m.onnx\")")
    }
    if start.starts(with: [0x1F, 0x8B]) {
      return .unsupportedFile(
        file: file, reason: "it is compressed by gzip", remedy: "unpack it with gzip -d")
    }
    return nil
  }

  /// The error for pickles and what holds them, with the Python that converts them.
  static func pickle(_ file: String) -> ImportedNetworkError {
    let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    return .unsupportedFile(
      file: file,
      reason: "it is a Python pickle (as torch.save writes them), which can only be read by running whatever "
        + "code it names; that is refused",
      remedy: """
        convert it in Python, where the model's class is at hand:
            import torch
            model = torch.load("\(printable((file as NSString).lastPathComponent))", weights_only=False).eval()
            torch.onnx.export(model, (torch.zeros(1, WIDTH),), "\(printable(name)).onnx",
                              input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "rows"}},
                              dynamo=False)
        or save the weights alone, beside an architecture.json:
            import safetensors.torch
            safetensors.torch.save_file(model.state_dict(), "\(printable(name)).safetensors")
        """)
  }
}
