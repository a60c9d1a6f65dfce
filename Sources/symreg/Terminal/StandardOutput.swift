import Foundation

/// Standard output, written to at once and whole.
enum StandardOutput {
  /// Writes `text`. When the reader has gone away, as `head` does, there is nothing left to say and the
  /// program ends.
  ///
  /// - Throws: ``Failure`` when the stream cannot be written, on a full disk for example.
  static func write(_ text: String) throws(Failure) {
    var code: Int32 = 0
    var text = text
    text.withUTF8 { code = Descriptor.write($0, to: STDOUT_FILENO) }
    if code == EPIPE { leave(Interrupts.shared.status ?? .done) }
    if code != 0 {
      throw Failure(
        .cannotCreate,
        "standard output: cannot be written: \(String(cString: strerror(code))); free some space, or write "
          + "elsewhere"
      )
    }
  }

  /// Columns of the terminal that standard output is, or 100.
  static var width: Int { TerminalSize.of(STDOUT_FILENO)?.columns ?? 100 }
}

/// Messages for people, on standard error.
enum Messages {
  /// Something good to know.
  static func note(_ text: String) { line("Note: \(text)") }
  /// Something that makes the result mean little.
  static func warning(_ text: String) { line("Warning: \(text)") }
  /// Why the program cannot do what it was asked.
  static func error(_ text: String) { line("Error: \(text)") }
  /// One line as it is.
  static func line(_ text: String) { raw(text + "\n") }

  /// Text as it is. Nobody can be told when standard error cannot be written.
  static func raw(_ text: String) {
    var text = text
    text.withUTF8 { _ = Descriptor.write($0, to: STDERR_FILENO) }
  }
}

/// Plain writing.
enum Descriptor {
  /// Writes all bytes; returns 0 or the system's error number.
  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
    var offset = 0
    while offset < bytes.count {
      let count = Foundation.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count >= 0 {
        offset += count
      } else if errno == EAGAIN {
        // A terminal or pipe that somebody else made non-blocking: wait until it takes more.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, 1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
