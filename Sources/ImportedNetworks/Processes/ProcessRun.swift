import Foundation

/// One run of a program, its standard streams in files, so that neither side ever waits for the other.
struct ProcessRun {
  let words: [String]
  let standardInput: String
  let standardOutput: String
  let standardError: String
  /// Files that may not grow beyond `largest` bytes.
  let watched: [String]
  let largest: Int

  /// How a run ended.
  enum Result: Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case tooLarge
    case notStarted(String)
  }

  /// Runs the program to its end, or ends it and all that it started in its process group.
  func result(timeout: Duration) -> Result {
    var child: pid_t = 0
    let code = start(&child)
    guard code == 0 else { return .notStarted(String(cString: strerror(code))) }
    let deadline = ContinuousClock.now + timeout
    var pause = Duration.milliseconds(1)
    while true {
      var status: Int32 = 0
      let waited = waitpid(child, &status, WNOHANG)
      if waited == child {
        // Whatever the program left behind in its group goes with it.
        kill(-child, SIGKILL)
        return outcome(status)
      }
      if waited < 0, errno != EINTR { return .notStarted(String(cString: strerror(errno))) }
      let isTooLarge = watched.contains { size($0) > largest }
      if isTooLarge || ContinuousClock.now >= deadline {
        kill(-child, SIGKILL)
        kill(child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return isTooLarge ? .tooLarge : .timedOut
      }
      usleep(UInt32(pause / .microseconds(1)))
      pause = min(pause * 2, .milliseconds(20))
    }
  }

  private func outcome(_ status: Int32) -> Result {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  private func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Starts the program in a process group of its own, with no signal blocked and no other file open.
  private func start(_ child: inout pid_t) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_addopen(&actions, 0, standardInput, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, standardOutput, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, standardError, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    return posix_spawnp(&child, words[0], &actions, &attributes, arguments, environ)
  }
}
