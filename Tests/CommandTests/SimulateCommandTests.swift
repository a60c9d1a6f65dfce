import Arrays
import Foundation
import Testing

@Suite struct SimulateCommandTests {
  private let scratch = Scratch()

  private func simulate(_ flags: String...) async throws -> Outcome {
    try await SymregProcess(["distill", "simulate"] + flags, in: scratch).finish()
  }

  @Test("the file holds what was asked for, and the same seed gives the same bytes")
  func file() async throws {
    let common = ["--law", "charge", "--dimensions", "3", "--bodies", "5", "--seed", "7", "--frames", "20"]
    for (name, flags) in [("a.npz", ["--threads", "1"]), ("b.npz", ["--threads", "2", "--quiet"])] {
      let outcome = try await SymregProcess(
        ["distill", "simulate"] + common + ["--simulations", "3", "-o", name] + flags, in: scratch
      ).finish()
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty == (name == "b.npz"))
    }
    let bytes = ["a.npz", "b.npz"].map { FileManager.default.contents(atPath: scratch.file($0)) }
    #expect(bytes[0] == bytes[1] && bytes[0] != nil)
    let archive = try ArrayArchive(contentsOf: scratch.file("a.npz"))
    #expect(try archive.array("state").shape == [3, 4, 5, 8])
    #expect(try archive.array("accelerations").shape == [3, 4, 5, 3])
    #expect(try archive.array("times").count == 4)
    #expect(try archive.array("law").texts == ["charge"] && archive.array("seed").texts == ["7"])
    #expect(try archive.array("softening").doubles == [0.01])
  }

  @Test("a seed that was drawn is reported and gives the same file")
  func drawnSeed() async throws {
    let outcome = try await simulate("--law", "r1", "--simulations", "1", "--frames", "5", "-o", "a.npz")
    let seed = try #require(outcome.errors.firstMatch(of: /seed (\d+)/)).1
    _ = try await simulate(
      "--law", "r1", "--simulations", "1", "--frames", "5", "-o", "b.npz", "--seed", String(seed))
    let bytes = ["a.npz", "b.npz"].map { FileManager.default.contents(atPath: scratch.file($0)) }
    #expect(bytes[0] == bytes[1] && bytes[0] != nil)
  }

  @Test("what cannot be simulated or written is told, and leaves nothing behind")
  func refused() async throws {
    let calls: [([String], Int32, String)] = [
      (["--law", "magnets", "-o", "a.npz"], 64, "superposition"),
      (["--law", "spring", "-o", "a.npz", "--dimensions", "4"], 64, "2 or 3"),
      (["--law", "spring", "-o", "a.npz", "--bodies", "1"], 64, "bodies"),
      (["--law", "spring", "-o", "a.npz", "--simulations=-1"], 64, "simulations"),
      (["--law", "spring", "-o", "a.npz", "--frames", "0"], 64, "--frames"),
      (["--law", "spring", "-o", "a.npz", "--simulations", "9000000000000"], 64, "memory"),
      (["--law", "spring"], 64, "--output"), (["--law", "spring", "-o", "no/a.npz"], 73, "no/a.npz"),
    ]
    for (flags, status, words) in calls {
      let outcome = try await SymregProcess(["distill", "simulate"] + flags, in: scratch).finish()
      #expect(outcome.status == status && outcome.errors.contains(words), "\(flags): \(outcome.errors)")
    }
    let left = FileSystem.names(in: scratch.path).filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }
    #expect(left.allSatisfy { $0.hasSuffix(".in") }, "\(left)")
  }
}
