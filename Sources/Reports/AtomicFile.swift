import Foundation

/// Files that are there whole or not at all.
package enum AtomicFile {
  /// Writes `data` to `path` by way of a temporary file beside it, which is forced to disk and then renamed,
  /// so that neither a crash nor a full disk ever leaves half a file under that name.
  ///
  /// - Throws: ``RunFolderError``; what stood at `path` is then still there.
  package static func write(_ data: Data, to path: String) throws(RunFolderError) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw RunFolderError(path: path, code: errno) }
    var failure: Int32 = 0
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count, failure == 0 {
        let count = Foundation.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count >= 0 { offset += count } else if errno != EINTR { failure = errno }
      }
    }
    if failure == 0, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw RunFolderError(path: path, code: failure)
    }
  }
}

/// A file or folder of a run could not be written.
public struct RunFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// The system's error number.
  public let code: Int32

  /// The path, the system's reason and the remedy.
  public var description: String {
    let remedy =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "free some space, or choose another place with --output"
      default: "choose a folder you may write to with --output"
      }
    return "\(path): cannot be written: \(String(cString: strerror(code))); \(remedy)"
  }
}
