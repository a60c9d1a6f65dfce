import Arrays
import Foundation
import Testing

@Suite struct RecordCommandTests {
  private let scratch = Scratch()
  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("ImportedNetworksTests/Models").path

  private func record(_ arguments: String...) async throws -> Outcome {
    try await SymregProcess(["distill", "record"] + arguments, in: scratch).finish()
  }

  private func simulate() async throws {
    let outcome = try await SymregProcess(
      [
        "distill", "simulate", "--law", "spring", "--simulations", "2", "--frames", "10", "--seed", "1", "-o",
        "s.npz",
      ],
      in: scratch
    ).finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("weights with an architecture are recorded on the edges of a simulation")
  func weights() async throws {
    try await simulate()
    let layers = [0, 2, 4].map {
      #"{"type": "linear", "weight": "msg_fnc.\#($0).weight", "bias": "msg_fnc.\#($0).bias"}"#
    }
    let architecture = """
      {"inputs": [{"name": "x_i", "dim": 6}, {"name": "x_j", "dim": 6}],
       "layers": [\(layers.joined(separator: #", {"type": "relu"}, "#))]}
      """
    try architecture.write(toFile: scratch.file("a.json"), atomically: true, encoding: .utf8)
    let outcome = try await record(
      RecordCommandTests.models + "/msg.npz", "--architecture", "a.json", "--data", "s.npz", "-o", "io.npz",
      "--graphs", "3")
    #expect(outcome.status == 0 && outcome.errors.contains("2 components"), "\(outcome.errors)")
    let archive = try ArrayArchive(contentsOf: scratch.file("io.npz"))
    let rows = try archive.array("inputs").shape[0]
    #expect(rows > 0 && rows % 12 == 0)
    #expect(try archive.array("inputs").shape == [rows, 12] && archive.array("outputs").shape == [rows, 2])
    #expect(try archive.array("forces").shape == [rows, 2])
    #expect(try archive.array("input_names").texts?.prefix(3) == ["x1", "y1", "vx1"])
  }

  @Test("a model of ONNX is recorded, or the way to a build that reads it is told")
  func model() async throws {
    let count = 4
    let states = (0..<(6 * count)).map { Double($0) / 10 }
    let array = NumericArray(shape: [count, 6], elements: .float64(states))
    try ArrayArchive.write([("x_i", array), ("x_j", array)], to: scratch.file("d.npz"))
    let outcome = try await record(
      RecordCommandTests.models + "/msg_ts.onnx", "--data", "d.npz", "-o", "io.npz")
    #if ONNX
      #expect(outcome.status == 0, "\(outcome.errors)")
      let archive = try ArrayArchive(contentsOf: scratch.file("io.npz"))
      #expect(try archive.array("inputs").shape == [4, 12] && archive.array("outputs").shape == [4, 2])
      #expect(try archive.array("input_names").texts?.first == "x_i_1")
      let missing = try await record(
        RecordCommandTests.models + "/ReLU_ts.onnx", "--data", "d.npz", "-o", "o.npz")
      #expect(missing.status == 65 && missing.errors.contains("there is no array \"x\""))
    #else
      #expect(outcome.status == 65 && outcome.errors.contains("scripts/build --traits ONNX"))
    #endif
  }

  @Test("a command answers in place of a model")
  func command() async throws {
    try await simulate()
    let outcome = try await record("--data", "s.npz", "-o", "io.npz", "--", "cat")
    // What comes back is what went in: there is no array of outputs.
    #expect(outcome.status == 65 && outcome.errors.contains("outputs"), "\(outcome.errors)")
    let inputs = NumericArray(shape: [2, 2], elements: .float64([1, 2, 3, 4]))
    let outputs = NumericArray(shape: [2, 1], elements: .float64([5, 6]))
    try ArrayArchive.write([("inputs", inputs), ("outputs", outputs)], to: scratch.file("d.npz"))
    let echoed = try await record(
      "--data", "d.npz", "-o", "io.npz", "--quiet", "--", "cp", "{input}", "{output}")
    #expect(echoed.status == 0 && echoed.errors.isEmpty, "\(echoed.errors)")
    #expect(try ArrayArchive(contentsOf: scratch.file("io.npz")).array("outputs").doubles == [5, 6])
  }

  @Test("pickles, missing files and contradictory arguments are refused")
  func refusals() async throws {
    try Data([0x80, 4, 0x95]).write(to: URL(fileURLWithPath: scratch.file("m.pt")))
    let pickle = try await record("m.pt", "--data", "d.npz", "-o", "io.npz")
    #expect(pickle.status == 65 && pickle.errors.contains("torch.onnx.export"))
    #expect(try await record("none.onnx", "--data", "d.npz", "-o", "io.npz").status == 66)
    #expect(try await record("--data", "d.npz", "-o", "io.npz").status == 64)
    #expect(try await record("m.pt", "--data", "d.npz", "-o", "io.npz", "--", "cat").status == 64)
  }
}
