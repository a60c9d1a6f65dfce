import Foundation

/// The bytes of a model's file.
enum ModelBytes {
  /// The largest file that is read as one; weights beyond that belong into files beside it.
  static let largest = 256 << 20

  /// The whole of the regular file at `path`.
  static func contents(of path: String) throws(ImportedNetworkError) -> Data {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: "it is no regular file")
    }
    guard status.st_size <= largest else {
      throw .unsupportedFile(
        file: path, reason: "it has \(status.st_size) bytes where at most \(largest) are read",
        remedy: "export the network with its weights in a file of their own (external_data=True)")
    }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
  }
}
