import Foundation
import Synchronization
import Testing

/// A folder that is removed with the test.
final class Scratch: Sendable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "symreg-test-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `content` and returns the file's path.
  @discardableResult
  func write(_ content: String, to name: String) throws -> String {
    try Data(content.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func read(_ name: String) -> String {
    (try? String(contentsOfFile: file(name), encoding: .utf8)) ?? ""
  }
}

/// What a command printed and how it ended.
struct Outcome {
  let status: Int32
  /// Whether a signal ended it, whose number is then the status.
  let isKilled: Bool
  let output: String
  let errors: String
  let seconds: Double
  let end: ContinuousClock.Instant

  /// Standard output as one JSON object.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

/// When a process ended.
final class EndTime: Sendable {
  private let moment = Mutex<ContinuousClock.Instant?>(nil)

  var time: ContinuousClock.Instant? { moment.withLock { $0 } }

  func take() { moment.withLock { $0 = .now } }
}

/// The built `symreg`, run in a scratch folder as a user would run it.
struct SymregProcess {
  let process = Process()
  private let scratch: Scratch
  private let id = UUID().uuidString
  private let start = ContinuousClock.now
  private let end = EndTime()

  /// Begins `symreg` with `arguments`, or `program` if one is named.
  init(_ arguments: [String], in scratch: Scratch, input: String = "", program: String? = nil) throws {
    self.scratch = scratch
    process.executableURL = URL(fileURLWithPath: program ?? SymregProcess.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
    // Recordings are kept in the scratch folder, not in the user's cache.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SYMREG_CACHE": scratch.file("cache")]) { $1 }
    // Files, not pipes: nothing has to be read while the command runs.
    for name in ["out", "err"] { try scratch.write("", to: "\(id).\(name)") }
    try scratch.write(input, to: "\(id).in")
    process.standardInput = FileHandle(forReadingAtPath: scratch.file("\(id).in"))
    process.standardOutput = FileHandle(forWritingAtPath: scratch.file("\(id).out"))
    process.standardError = FileHandle(forWritingAtPath: scratch.file("\(id).err"))
    // Taken by a thread of its own: tests that compute keep the threads of tasks busy for seconds.
    process.terminationHandler = { [end] _ in end.take() }
    try process.run()
  }

  /// The program beside the tests.
  static let path: String = {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().path + "/symreg"
  }()

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until `condition` holds, for ten seconds at most.
  func wait(until condition: () -> Bool) async throws {
    for _ in 0..<1000 {
      if condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("waited in vain")
  }

  /// Waits for the end.
  func finish() async throws -> Outcome {
    while end.time == nil { try await Task.sleep(for: .milliseconds(2)) }
    let end = end.time ?? .now
    return Outcome(
      status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      output: scratch.read("\(id).out"), errors: scratch.read("\(id).err"),
      seconds: (end - start) / .seconds(1), end: end)
  }
}

/// Runs `symreg` to its end.
func symreg(
  _ arguments: String..., in scratch: Scratch, input: String = "", flags: [String] = []
) async throws -> Outcome {
  try await SymregProcess(arguments + flags, in: scratch, input: input).finish()
}

/// Flags that make a search as short as one can be.
let shortSearch = [
  "--iterations", "1", "--populations", "2", "--population-size", "20", "--max-size", "7", "--seed", "1",
]

/// Runs a short `symreg fit` of `data`.
func shortFit(_ data: String, _ arguments: [String] = [], in scratch: Scratch, input: String = "")
  async throws -> Outcome
{
  try await SymregProcess(["fit", data] + shortSearch + arguments, in: scratch, input: input).finish()
}

/// y = 2 a + b, exactly.
let linearData = "a,b,y\n" + (0..<20).map { "\($0),\($0 * $0 % 7),\(2 * $0 + $0 * $0 % 7)\n" }.joined()

/// Data that no short equation fits exactly, so that a search does not end by itself.
let noisyData = "x,y\n" + (0..<60).map { "\(Double($0) / 7),\(Double($0 * 7919 % 101) / 10)\n" }.joined()
