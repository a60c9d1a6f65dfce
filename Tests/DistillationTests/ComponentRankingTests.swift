import Distillation
import Foundation
import Randomness
import Search
import Testing

/// Components that carry a force are told from one that is only loud.
struct ComponentRankingTests {
  /// A spring's force in the components 1 and 2, a large number without meaning in 0.
  private func recording() throws -> MessageRecording {
    var random = RandomStream(seed: 4)
    var columns = Array(repeating: [Double](), count: 4)
    var outputs = Array(repeating: [Double](), count: 3)
    for _ in 0..<600 {
      let row = (0..<4).map { _ in random.normal() }
      let (dx, dy) = (row[0] - row[2], row[1] - row[3])
      let r = sqrt(dx * dx + dy * dy)
      for (index, value) in row.enumerated() { columns[index].append(value) }
      outputs[0].append(20 * random.normal())
      outputs[1].append((r - 1) * dx / r)
      outputs[2].append((r - 1) * dy / r)
    }
    return try MessageRecording(
      inputs: zip(["x1", "y1", "x2", "y2"], columns).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
  }

  private func law(_ recording: MessageRecording, _ ranking: ComponentRanking?) async throws -> DistilledLaw {
    var options = DistillerOptions(seed: 1)
    options.search.populations = 2
    options.search.iterations = 1
    options.search.timeLimit = nil
    options.ranking = ranking
    return try await Distiller(options: options).law(recording)
  }

  @Test func `information tells the force from noise, spread does not`() async throws {
    let recording = try recording()
    let informed = try await law(recording, .information)
    #expect(informed.components == [1, 2] && informed.isAligned)
    let loud = try await law(recording, nil)
    #expect(loud.components.contains(0) && !loud.isAligned)
  }

  @Test func `divergences count where they are recorded, in a file too`() async throws {
    var recording = try recording()
    await #expect(throws: DistillationError.self) { try await law(recording, .divergence) }
    recording.divergences = [0.01, 2.5, 2.4]
    let path = NSTemporaryDirectory() + "ranking-\(UUID().uuidString).npz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try recording.write(to: path)
    let read = try MessageRecording(contentsOf: path)
    #expect(read.divergences == recording.divergences)
    let found = try await law(read, nil)
    #expect(found.components == [1, 2] && found.isAligned)
  }
}
