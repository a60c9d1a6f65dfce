import Foundation
import Testing

/// One after the other: these measure time.
@Suite(.serialized) struct StoppingTests {
  private func started(_ flags: [String], in scratch: Scratch) throws -> SymregProcess {
    try scratch.write(noisyData, to: "data.csv")
    return try SymregProcess(
      ["fit", "data.csv", "--timeout", "30", "--output", "run", "--threads", "1"] + flags, in: scratch)
  }

  /// Seconds that the fastest of a few attempts took: other tests share the machine and may delay any one of
  /// them.
  private func fastest(limit: Double, in scratch: Scratch) async throws -> Double {
    var best = Double.infinity
    for _ in 0..<5 where best > limit + 0.3 {
      let outcome = try await symreg(
        "fit", "data.csv", "--timeout", "\(limit)", "--format", "json", in: scratch)
      #expect(outcome.status == 0)
      #expect(try outcome.json()["stop_reason"] as? String == "timeout")
      best = min(best, outcome.seconds)
    }
    return best
  }

  @Test("a time limit is kept to 0.3 s, reading and writing included", arguments: [0.3, 1.0])
  func timeout(_ limit: Double) async throws {
    let scratch = Scratch()
    try scratch.write(noisyData, to: "data.csv")
    #expect(try await fastest(limit: limit, in: scratch) < limit + 0.3)
  }

  @Test("a time limit is kept on many rows")
  func timeoutOnManyRows() async throws {
    let scratch = Scratch()
    let lines = (0..<200_000).map { "\($0 % 1013),\($0 % 211),\(($0 * 7919) % 1009)\n" }
    try scratch.write("a,b,y\n" + lines.joined(), to: "data.csv")
    #expect(try await fastest(limit: 1, in: scratch) < 1.3)
  }

  @Test(
    "a signal stops the search; the result is printed and saved",
    arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
  func signal(_ number: Int32, _ status: Int32) async throws {
    let scratch = Scratch()
    let running = try started(["--format", "json"], in: scratch)
    try await running.wait { FileSystem.json(scratch.file("run/run.json")) != nil }
    let sent = ContinuousClock.now
    running.send(number)
    let outcome = try await running.finish()
    #expect(outcome.status == status && !outcome.isKilled)
    #expect(outcome.end - sent < .seconds(2))
    let document = try outcome.json()
    #expect(document["stop_reason"] as? String == "interrupted")
    #expect(scratch.read("run/run.json") == outcome.output)
  }

  @Test("a second Ctrl-C quits at once")
  func twice() async throws {
    let scratch = Scratch()
    let running = try started([], in: scratch)
    try await running.wait { FileSystem.exists(scratch.file("run/run.json")) }
    running.send(SIGINT)
    running.send(SIGINT)
    let outcome = try await running.finish()
    #expect(outcome.status == 130 && !outcome.isKilled)
  }

  @Test("a killed run leaves a folder that can be read")
  func killed() async throws {
    let scratch = Scratch()
    let running = try started([], in: scratch)
    try await running.wait { FileSystem.exists(scratch.file("run/hall_of_fame.csv")) }
    running.send(SIGKILL)
    #expect(try await running.finish().isKilled)
    let document = try #require(FileSystem.json(scratch.file("run/run.json")))
    #expect(document["stop_reason"] as? String == "running")
    let shown = try await symreg("show", "run", "--as", "expression", in: scratch)
    #expect(shown.status == 0 && !shown.output.isEmpty)
    let predicted = try await symreg("predict", "run", "data.csv", in: scratch)
    #expect(predicted.output.split(separator: "\n").count == 61)
  }
}
