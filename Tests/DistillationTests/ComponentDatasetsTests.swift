import Distillation
import Foundation
import Randomness
import Testing

/// Each component of a function that sends no messages is a problem of its own.
struct ComponentDatasetsTests {
  private func recording(_ names: [String], rows: Int = 400) throws -> MessageRecording {
    var random = RandomStream(seed: 2)
    let inputs = names.map { _ in (0..<rows).map { _ in random.normal() } }
    return try MessageRecording(
      inputs: zip(names, inputs).map { ($0, $1) } + [("one", Array(repeating: 1, count: rows))],
      outputs: [
        ("e0", (0..<rows).map { 2 * inputs[0][$0] * inputs[1][$0] }),
        ("e1", Array(repeating: 3, count: rows)),
        ("e2", (0..<rows).map { 5 * sin(inputs[0][$0]) }),
      ])
  }

  @Test func `components that vary are explained by columns that vary`() throws {
    var distiller = Distiller(options: DistillerOptions(seed: 1))
    distiller.options.derived = ["s = u*v"]
    let datasets = try distiller.componentDatasets(recording(["u", "v"]))
    #expect(datasets.map(\.targetName) == ["e0", "e2"])
    #expect(datasets[0].featureNames == ["u", "v", "s"])
    #expect(datasets[0].rowCount == 400)
    let (product, target) = (datasets[0].features[2], datasets[0].target)
    #expect((0..<400).allSatisfy { abs(2 * product.values[$0] - target.values[$0]) < 1e-12 })
  }

  @Test func `positions give way to the displacement`() throws {
    let recording = try recording(["x1", "y1", "q1", "x2", "y2", "q2"])
    var distiller = Distiller(options: DistillerOptions(seed: 1))
    #expect(
      try distiller.componentDatasets(recording)[0].featureNames == ["dx", "dy", "r", "q1", "q2"])
    distiller.options.features = ["x1", "r", "one"]
    #expect(try distiller.componentDatasets(recording)[0].featureNames == ["x1", "r", "one"])
  }

  @Test func `the largest come first, or those that are asked for`() throws {
    let recording = try recording(["u", "v"])
    let distiller = Distiller(options: DistillerOptions(seed: 1))
    #expect(try distiller.componentDatasets(recording, count: 1).map(\.targetName) == ["e2"])
    #expect(try distiller.componentDatasets(recording, components: [0]).map(\.targetName) == ["e0"])
    #expect(throws: DistillationError.self) { try distiller.componentDatasets(recording, components: [3]) }
  }

  @Test func `columns that there are not are named`() throws {
    var distiller = Distiller(options: DistillerOptions(seed: 1))
    distiller.options.features = ["w"]
    let recording = try recording(["u", "v"])
    let error = try #require(throws: DistillationError.self) { try distiller.componentDatasets(recording) }
    #expect(error.description.contains("\"w\"") && error.description.contains("u, v"))
  }

  @Test func `a law of no bodies points to this`() async throws {
    let recording = try recording(["u", "v"])
    let error = try await #require(throws: DistillationError.self) {
      try await Distiller(options: DistillerOptions(seed: 1)).law(recording)
    }
    #expect(error.description.contains("distill components"))
  }
}
