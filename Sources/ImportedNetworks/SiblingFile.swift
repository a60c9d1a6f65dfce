import Foundation

/// Files that a model names must lie in its own folder: a model from elsewhere could name any file.
struct SiblingFile {
  private let file: String
  private let folder: String

  init(of file: String) {
    self.file = file
    folder = (file as NSString).deletingLastPathComponent
  }

  /// The path of the file that is called `name` in the model, and is a regular file in its folder or below.
  func path(_ name: String, place: String) throws(ImportedNetworkError) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.hasPrefix("/"), !name.contains("\0"), !name.contains("\\"),
      !parts.contains(where: { $0.isEmpty || $0 == ".." })
    else { throw refused(name, place, "is not in the model's own folder") }
    let path = folder.isEmpty ? name : folder + "/" + name
    guard let actual = resolved(path) else {
      throw .invalid(
        file: file, place: place, reason: "a part of it lies in \(quoted(name)), which is not there",
        remedy: "put that file beside the model, or export the network into one file")
    }
    guard let root = resolved(folder.isEmpty ? "." : folder),
      actual.hasPrefix(root == "/" ? root : root + "/")
    else { throw refused(name, place, "leads out of the model's own folder") }
    var status = stat()
    guard stat(actual, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refused(name, place, "is no regular file")
    }
    return actual
  }

  private func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private func refused(_ name: String, _ place: String, _ reason: String) -> ImportedNetworkError {
    .invalid(
      file: file, place: place, reason: "a part of it is to be read from \(quoted(name)), which \(reason)",
      remedy: "that is refused; put all files of the model into one folder and export it again")
  }
}
