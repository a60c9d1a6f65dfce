import Foundation

/// The folder with the committed data sets.
public struct DatasetFolder: Sendable {
  private let candidates: [URL]

  /// The folder at `path`; nil: `Datasets` in the package this program was built from, or else in the current
  /// folder.
  public init(path: String? = nil) {
    if let path {
      candidates = [URL(filePath: path)]
      return
    }
    let package = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let current = URL(filePath: FileManager.default.currentDirectoryPath)
    candidates = [package, current].map { $0.appending(path: "Datasets") }
  }

  /// Path of a problem's committed file.
  ///
  /// - Throws: ``SuiteError/missingFile(problem:folders:)``.
  public func path(of problem: Problem) throws(SuiteError) -> String {
    let paths = candidates.map { $0.appending(path: problem.fileName).path }
    guard let found = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw .missingFile(problem: problem.key, folders: candidates.map(\.path))
    }
    return found
  }
}
