import Foundation
import Testing

@Suite struct TrainCommandTests {
  private let scratch = Scratch()

  private func distill(_ arguments: [String]) async throws -> Outcome {
    try await SymregProcess(["distill"] + arguments, in: scratch).finish()
  }

  @Test("a network is trained, taken up again, and the same at any number of threads")
  func trained() async throws {
    let simulated = try await distill(
      [
        "simulate", "--law", "spring", "--simulations", "5", "--frames", "100", "--seed", "1", "-o",
        "sim.npz",
      ])
    #expect(simulated.status == 0)
    let common = ["train", "sim.npz", "--steps", "40", "--hidden", "16", "--seed", "3", "--format", "json"]
    for (folder, threads) in [("one", "1"), ("two", "2"), ("one", "2")] {
      let outcome = try await distill(common + ["-o", folder, "--threads", threads])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      #expect(document?["schema"] as? String == "symreg.model/1")
      #expect(document?["steps"] as? Int == 40)
      #expect(document?["stop_reason"] as? String == "finished")
      let agreement = document?["message_force_r2"] as? [String: Any]
      #expect(agreement?["reference"] as? String == "spring")
    }
    let weights = ["one", "two"].map {
      FileManager.default.contents(atPath: scratch.file("\($0)/weights.safetensors"))
    }
    #expect(weights[0] == weights[1] && weights[0] != nil)
    let stopped = try await distill(
      ["train", "sim.npz", "--steps", "1000000", "--seed", "3", "-o", "three", "--timeout", "0.5"])
    #expect(stopped.status == 0 && stopped.errors.contains("goes on"), "\(stopped.errors)")
    let other = try await distill(["train", "sim.npz", "--seed", "4", "-o", "one"])
    #expect(other.status == 73 && other.errors.contains("another folder"), "\(other.errors)")
  }

  @Test("what cannot be trained is told")
  func refused() async throws {
    try Data("no archive".utf8).write(to: URL(filePath: scratch.file("bad.npz")))
    let calls: [([String], Int32, String)] = [
      (["none.npz", "-o", "m"], 66, "none.npz"), (["bad.npz", "-o", "m"], 65, "bad.npz"),
      (["bad.npz"], 64, "--output"), (["bad.npz", "-o", "m", "--messages", "loud"], 64, "bottleneck"),
      (["bad.npz", "-o", "m", "--steps", "0"], 64, "--steps"),
      (["bad.npz", "-o", "m", "--rate", "nan"], 64, "--rate"),
    ]
    for (arguments, status, words) in calls {
      let outcome = try await distill(["train"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
  }
}
