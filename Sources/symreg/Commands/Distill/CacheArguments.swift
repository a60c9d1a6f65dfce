import ArgumentParser
import Distillation

/// Where recordings are kept.
struct CacheArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where recordings are kept. (default: $SYMREG_CACHE, or symreg in the user's cache folder)",
      valueName: "dir"))
  var cache: String?
  @Flag(help: "Record anew, and keep nothing.")
  var noCache = false

  func validate() throws {
    if noCache, cache != nil { throw ValidationError("--cache and --no-cache contradict each other") }
    if cache == "" { throw ValidationError("--cache needs the path of a folder") }
  }

  /// A recorder that keeps recordings there.
  var recorder: MessageRecorder {
    MessageRecorder(cache: noCache ? nil : RecordingCache(path: cache ?? RecordingCache.usualPath))
  }
}
