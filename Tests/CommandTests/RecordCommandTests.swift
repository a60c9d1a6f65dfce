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

  /// Asks a script that leaves a trace each time it runs.
  private func ask(_ flags: String...) async throws -> Outcome {
    try await SymregProcess(
      ["distill", "record", "--data", "d.npz", "-o", "io.npz"] + flags
        + ["--", "sh", "s.sh", "{input}", "{output}"], in: scratch
    ).finish()
  }

  @Test("the second time, the cache answers until something changes")
  func cached() async throws {
    let script = "echo run >> calls\ncp \"$1\" \"$2\"\n"
    try scratch.write(script, to: "s.sh")
    func write(_ last: Double) throws {
      let inputs = NumericArray(shape: [2, 2], elements: .float64([1, 2, 3, last]))
      let outputs = NumericArray(shape: [2, 2], elements: .float64([5, 6, 7, 8]))
      try ArrayArchive.write([("inputs", inputs), ("outputs", outputs)], to: scratch.file("d.npz"))
    }
    func calls() -> Int { scratch.read("calls").split(separator: "\n").count }
    try write(4)
    let first = try await ask()
    #expect(first.status == 0 && !first.errors.contains("from the cache"), "\(first.errors)")
    let bytes = FileManager.default.contents(atPath: scratch.file("io.npz"))
    let second = try await ask()
    #expect(second.errors.contains("from the cache") && calls() == 1, "\(second.errors)")
    #expect(FileManager.default.contents(atPath: scratch.file("io.npz")) == bytes)
    #expect(try await ask("--no-cache").status == 0)
    #expect(calls() == 2)

    #expect(try await ask("--components", "1", "--derive", "s = x0*x1").status == 0)
    let selected = try ArrayArchive(contentsOf: scratch.file("io.npz"))
    #expect(try selected.array("outputs").doubles == [6, 8])
    #expect(try selected.array("inputs").doubles == [1, 2, 2, 3, 4, 12])
    try write(5)
    #expect(try await !ask().errors.contains("from the cache"))
    try scratch.write(script + "# changed\n", to: "s.sh")
    #expect(try await !ask().errors.contains("from the cache"))
    #expect(calls() == 5)

    let list = try await symreg("distill", "cache", "list", "--format", "json", in: scratch).json()
    #expect((list["entries"] as? [Any])?.count == 4)
    let table = try await symreg("distill", "cache", "list", in: scratch)
    #expect(table.output.split(separator: "\n").count == 5 && table.output.contains("s.sh"))
    #expect(try await symreg("distill", "cache", "clear", in: scratch).errors.contains("4 recordings"))
    #expect(try await symreg("distill", "cache", "list", in: scratch).output.isEmpty)

    for flags in [["--components", "x"], ["--cache", "c", "--no-cache"]] {
      let outcome = try await symreg(
        "distill", "record", "--data", "d.npz", "-o", "io.npz", in: scratch, flags: flags + ["--", "cat"])
      #expect(outcome.status == 64, "\(flags) \(outcome.errors)")
    }
    for action in ["list", "clear"] {
      #expect(try await symreg("distill", "cache", action, "--cache", "", in: scratch).status == 64)
    }
    let most = try await ask("--components", "2", "--cache", "d.npz")
    #expect(most.status == 65 && most.errors.contains("counted from 0"), "\(most.errors)")
    let elsewhere = try await ask("--cache", "d.npz")
    #expect(elsewhere.status == 0 && elsewhere.errors.contains("not kept"), "\(elsewhere.errors)")
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
