import Foundation

/// A file that is there whole or not at all: written under another name, forced to disk, then renamed.
///
/// What is no regular file, such as `/dev/null` or a pipe, is written in place.
package final class AtomicOutput {
  private let path: String
  private let written: String
  private var descriptor: Int32

  /// Begins to write what is to be the file at `path`.
  package init(path: String) throws(ArrayFileError) {
    self.path = path
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    written = isSpecial ? path : "\(path).\(getpid()).tmp"
    descriptor = open(written, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw .unwritable(file: path, reason: String(cString: strerror(errno))) }
  }

  /// Forgets what was written unless ``finish()`` was called.
  deinit {
    if descriptor >= 0 {
      close(descriptor)
      discard()
    }
  }

  /// Whether a file can be written at `path`, which is left as it is.
  static func check(_ path: String) throws(ArrayFileError) { _ = try AtomicOutput(path: path) }

  func write(_ bytes: UnsafeRawBufferPointer) throws(ArrayFileError) {
    var offset = 0
    while offset < bytes.count {
      let count = Foundation.write(
        descriptor, bytes.baseAddress! + offset, min(bytes.count - offset, 1 << 30))
      if count >= 0 { offset += count } else if errno != EINTR { throw failure(errno) }
    }
  }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(ArrayFileError) {
    var failed: ArrayFileError?
    bytes.withUnsafeBytes { bytes in
      do throws(ArrayFileError) { try write(bytes) } catch { failed = error }
    }
    if let failed { throw failed }
  }

  /// Gives the file its name.
  package func finish() throws(ArrayFileError) {
    var code: Int32 = 0
    // Pipes and some devices cannot be forced to disk.
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    descriptor = -1
    if code == 0, written != path, rename(written, path) != 0 { code = errno }
    if code != 0 {
      discard()
      throw failure(code)
    }
  }

  private func discard() {
    if written != path { unlink(written) }
  }

  private func failure(_ code: Int32) -> ArrayFileError {
    .unwritable(file: path, reason: String(cString: strerror(code)))
  }
}
