import Foundation
import Testing

@Suite struct SimulatorCommandTests {
  private let scratch = Scratch()

  private func distill(_ arguments: [String]) async throws -> Outcome {
    try await SymregProcess(["distill"] + arguments, in: scratch).finish()
  }

  @Test("a network becomes two laws, compared with it on new simulations")
  func distilled() async throws {
    for arguments in [
      [
        "simulate", "--law", "spring", "--simulations", "20", "--frames", "100", "--seed", "1", "-o",
        "sim.npz",
      ],
      ["train", "sim.npz", "--steps", "200", "--hidden", "16", "--seed", "3", "-o", "model"],
    ] {
      #expect(try await distill(arguments).status == 0)
    }
    let common = [
      "simulator", "model", "--data", "sim.npz", "--seed", "1", "--timeout", "1", "-o", "laws.json",
    ]
    let outcome = try await distill(common + ["--format", "json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let comparison = document?["comparison"] as? [String: Any]
    #expect(
      Set(comparison?.keys.map { $0 } ?? []) == ["in_range", "twice_the_bodies", "twice_the_distances"])
    let file = try #require(FileManager.default.contents(atPath: scratch.file("laws.json")))
    let laws = try JSONSerialization.jsonObject(with: file) as? [String: Any]
    #expect(laws?["schema"] as? String == "symreg.simulator/1")
    let written = document?["simulator"] as? [String: Any]
    #expect(laws?["node_law"] as? String == written?["node_law"] as? String && written != nil)
  }

  @Test("what cannot be distilled is told")
  func refused() async throws {
    try Data("no archive".utf8).write(to: URL(filePath: scratch.file("bad.npz")))
    let calls: [([String], Int32, String)] = [
      (["model", "--data", "none.npz", "-o", "l"], 66, "none.npz"),
      (["model", "--data", "bad.npz", "-o", "l"], 65, "bad.npz"), (["model", "-o", "l"], 64, "--data"),
      (["model", "--data", "bad.npz", "-o", "l", "--timeout", "-1"], 64, "--timeout"),
    ]
    for (arguments, status, words) in calls {
      let outcome = try await distill(["simulator"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
  }
}
