import Arrays
import Foundation
import Testing

@Suite struct ComponentsCommandTests {
  private let scratch = Scratch()

  private func distill(_ arguments: String...) async throws -> Outcome {
    try await SymregProcess(["distill"] + arguments, in: scratch).finish()
  }

  /// Rows of a, b and the outputs a·b, 4, exp(b).
  private func writeRecording() throws {
    let rows = (0..<200).map { row in (sin(1.3 * Double(row)), 2 * cos(0.7 * Double(row))) }
    try ArrayArchive.write(
      [
        ("inputs", NumericArray(shape: [200, 2], elements: .float64(rows.flatMap { [$0.0, $0.1] }))),
        (
          "outputs",
          NumericArray(shape: [200, 3], elements: .float64(rows.flatMap { [$0.0 * $0.1, 4, exp($0.1)] }))
        ),
        ("input_names", NumericArray(["a", "b"])),
      ], to: scratch.file("io.npz"))
  }

  @Test func `each component that varies has an equation, and a folder`() async throws {
    try writeRecording()
    let outcome = try await distill(
      "components", "io.npz", "--timeout", "6", "--seed", "1", "--output", "run", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs.compactMap { $0["target"] as? String } == ["e0", "e2"])
    let best = try runs.map { run in
      let front = try #require(run["front"] as? [[String: Any]])
      let index = try #require(run["best"] as? Int)
      return try #require(front[index]["expression"] as? String)
    }
    #expect(["a * b", "b * a"].contains(best[0]) && best[1] == "exp(b)", "\(best)")
    #expect(FileManager.default.fileExists(atPath: scratch.file("run/run.json")))
    let one = try await distill(
      "components", "io.npz", "--components", "2", "--derive", "c = exp(b)", "--features", "c", "--timeout",
      "2",
      "--output", "one", "--format", "csv", "--quiet")
    #expect(one.status == 0 && one.output.contains(",c"), "\(one.errors)\(one.output)")
    #expect(try await distill("components", "io.npz", "--components", "7").status == 65)
    #expect(try await distill("components", "io.npz", "--components", "a").status == 64)
    let law = try await distill("fit", "io.npz")
    #expect(law.status == 65 && law.errors.contains("symreg distill components"), "\(law.errors)")
  }

  @Test func `a neighbourhood is recorded with weights, and explained with them`() async throws {
    try writeRecording()
    let layers = #"[{"type": "linear", "weight": "w"}, {"type": "tanh"}]"#
    try scratch.write(
      #"{"inputs": [{"name": "inputs", "dim": 2}], "layers": \#(layers)}"#, to: "a.json")
    try ArrayArchive.write(
      [("w", NumericArray(shape: [1, 2], elements: .float64([0.5, 0.25])))], to: scratch.file("w.npz"))
    let recorded = try await distill(
      "record", "w.npz", "--architecture", "a.json", "--data", "io.npz", "--near", "5", "--samples", "80",
      "--neighbours", "15", "-o", "near.npz", "--no-cache")
    #expect(recorded.status == 0, "\(recorded.errors)")
    let archive = try ArrayArchive(contentsOf: scratch.file("near.npz"))
    #expect(try archive.array("inputs").shape == [95, 2])
    let weights = try #require(try archive.array("weights").doubles)
    #expect(weights.prefix(15).allSatisfy { $0 == 1 } && weights.suffix(80).allSatisfy { $0 > 0 && $0 < 1 })
    let outcome = try await distill("components", "near.npz", "--timeout", "2", "--output", "run", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let beyond = try await distill(
      "record", "w.npz", "--architecture", "a.json", "--data", "io.npz", "--near", "200", "-o", "n.npz",
      "--no-cache")
    #expect(beyond.status == 65 && beyond.errors.contains("200"), "\(beyond.errors)")
  }
}
