import Foundation
import Testing

@Suite struct LawCommandTests {
  private let scratch = Scratch()

  private func distill(_ arguments: String...) async throws -> Outcome {
    try await SymregProcess(["distill"] + arguments, in: scratch).finish()
  }

  @Test func `a simulation becomes a law in one go, a network as well`() async throws {
    let simulated = try await distill(
      "simulate", "--law", "spring", "--simulations", "60", "--seed", "1", "-o", "s.npz", "--quiet")
    #expect(simulated.status == 0, "\(simulated.errors)")
    let outcome = try await distill(
      "law", "s.npz", "--steps", "1500", "--hidden", "64", "--seed", "1", "--timeout", "8", "--output", "run",
      "--cache", "cache", "--least-agreement", "0.9", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["schema"] as? String == "symreg.law/1")
    #expect(document["aligned"] as? Bool == true, "\(outcome.output)")
    let law = try #require(document["law"] as? [String: Any])
    #expect((law["expression"] as? String)?.contains("r") == true)
    #expect((document["components"] as? [Any])?.count == 2)
    for file in ["run/model/weights.safetensors", "run/io.npz", "run/run.json"] {
      #expect(FileManager.default.fileExists(atPath: scratch.file(file)))
    }
    let again = try await distill(
      "law", "run/model", "--data", "s.npz", "--seed", "1", "--timeout", "2", "--output", "second", "--cache",
      "cache", "--least-agreement", "0.9")
    #expect(again.status == 0 && again.output.contains("up to a factor"), "\(again.errors)")
  }

  @Test func `messages that are no force have no law, and the document says why`() async throws {
    var rows = ["x1,y1,x2,y2,y:e0,y:e1"]
    var state: UInt64 = 1
    func number() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    for _ in 0..<300 { rows.append((0..<6).map { _ in "\(number())" }.joined(separator: ",")) }
    try scratch.write(rows.joined(separator: "\n") + "\n", to: "noise.csv")
    let outcome = try await distill(
      "law", "noise.csv", "--seed", "1", "--iterations", "1", "--output", "run", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["aligned"] as? Bool == false && document["law"] is NSNull)
    #expect((document["reason"] as? String)?.contains("not aligned") == true)
  }

  @Test func `what is missing or contradictory is refused`() async throws {
    #expect(try await distill("law", "none.npz").status == 66)
    try FileManager.default.createDirectory(
      atPath: scratch.file("model"), withIntermediateDirectories: true)
    #expect(try await distill("law", "model").status != 0)
    try Data([0x80, 4, 0x95]).write(to: URL(fileURLWithPath: scratch.file("m.pt")))
    let pickle = try await distill("law", "m.pt")
    #expect(pickle.status == 65 && pickle.errors.contains("torch.onnx.export"))
    #expect(try await distill("law", "none.npz", "--least-agreement", "2").status == 64)
  }
}
