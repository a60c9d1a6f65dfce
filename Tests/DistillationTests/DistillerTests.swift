import Distillation
import Foundation
import Randomness
import Search
import Testing

/// Messages that are an unknown linear map of a known force give back its law.
struct DistillerTests {
  /// Messages of random edges: `noise` is relative to their spread.
  private func recording(
    dimensions: Int, edges: Int = 500, noise: Double, seed: UInt64,
    friction: Double = 0, _ law: ([String: Double]) -> Double
  ) throws -> MessageRecording {
    var random = RandomStream(seed: seed, 5)
    let axes = ["x", "y", "z"].prefix(dimensions)
    let matrix = (0..<dimensions).map { _ in (0..<dimensions).map { _ in random.normal() } }
    let offset = (0..<dimensions).map { _ in random.normal() }
    var columns: [String: [Double]] = [:]
    let names = [1, 2].flatMap { body in
      axes.map { "\($0)\(body)" } + (friction == 0 ? [] : axes.map { "v\($0)\(body)" }) + [
        "q\(body)", "m\(body)",
      ]
    }
    var outputs = Array(repeating: [Double](), count: dimensions)
    for _ in 0..<edges {
      var row: [String: Double] = [:]
      for name in names {
        row[name] =
          name.hasPrefix("m")
          ? exp(random.normal()) : name.hasPrefix("q") ? (random.chance(0.5) ? 1 : -1) : random.normal()
      }
      let displacement = axes.map { row["\($0)1"]! - row["\($0)2"]! }
      let distance = sqrt(displacement.reduce(0) { $0 + $1 * $1 })
      row["r"] = distance
      let strength = law(row)
      for component in 0..<dimensions {
        var value = offset[component]
        for (axis, name) in axes.enumerated() {
          value +=
            matrix[component][axis]
            * (displacement[axis] / distance * strength - friction * (row["v\(name)1"] ?? 0))
        }
        outputs[component].append(value)
      }
      for name in names { columns[name, default: []].append(row[name]!) }
    }
    for component in 0..<dimensions {
      let mean = outputs[component].reduce(0, +) / Double(edges)
      let spread = sqrt(outputs[component].map { ($0 - mean) * ($0 - mean) }.sorted()[edges / 2])
      for edge in 0..<edges { outputs[component][edge] += noise * spread * random.normal() }
    }
    return try MessageRecording(
      inputs: names.map { ($0, columns[$0]!) },
      outputs: outputs.enumerated().map { ("e\($0)", $1) })
  }

  private func distil(_ recording: MessageRecording) async throws -> DistilledLaw {
    var options = DistillerOptions(seed: 1)
    options.search.timeLimit = nil
    options.search.iterations = 3
    return try await Distiller(options: options).law(recording)
  }

  /// The law up to a factor, on fresh points; errors are relative, and absolute where the law is small.
  private func isLaw(_ law: DistilledLaw, _ truth: ([String: Double]) -> Double, tolerance: Double) -> Bool {
    var random = RandomStream(seed: 9)
    var (found, wanted): ([Double], [Double]) = ([], [])
    let names = law.law.features
    for _ in 0..<50 {
      var row: [String: Double] = [:]
      for name in names {
        row[name] =
          name == "r"
          ? random.uniform(0.7, 4)
          : name.hasPrefix("q")
            ? (random.chance(0.5) ? 1 : -1) : name.hasPrefix("m") ? exp(random.normal()) : random.normal()
      }
      found.append(law.law.formula.value(names.map { row[$0]! }))
      wanted.append(truth(row))
    }
    let factor = zip(found, wanted).map { $0 / $1 }.sorted()[25]
    let typical = wanted.map { abs($0) }.sorted()[25]
    return zip(found, wanted).allSatisfy { abs($0 / factor - $1) < tolerance * (abs($1) + 0.1 * typical) }
  }

  @Test(arguments: [(2, 0.02), (3, 0)])
  func `a spring is found`(dimensions: Int, noise: Double) async throws {
    let truth: ([String: Double]) -> Double = { -2 * ($0["r"]! - 1.1) + 1e-9 }
    let law = try await distil(recording(dimensions: dimensions, noise: noise, seed: 1, truth))
    #expect(law.isAligned)
    #expect(isLaw(law, { $0["r"]! - 1.1 }, tolerance: noise == 0 ? 1e-6 : 0.2))
  }

  @Test(arguments: [(0, 0.02), (1, 0), (2, 0.01)])
  func `singular forces are found`(kind: Int, noise: Double) async throws {
    let truth: ([String: Double]) -> Double = { row in
      switch kind {
      case 0: return -row["m1"]! * row["m2"]! / row["r"]!
      case 1: return -row["m1"]! * row["m2"]! / pow(row["r"]!, 2)
      default: return row["q1"]! * row["q2"]! / pow(row["r"]!, 2)
      }
    }
    let law = try await distil(recording(dimensions: 2, noise: noise, seed: UInt64(2 + kind), truth))
    #expect(law.isAligned)
    #expect(isLaw(law, truth, tolerance: noise == 0 ? 1e-6 : 0.1))
  }

  @Test(arguments: [0.01])
  func `a force that begins at a distance is found with the distance`(noise: Double) async throws {
    let truth: ([String: Double]) -> Double = { $0["r"]! < 1.9 ? 0 : -2 * ($0["r"]! - 1) }
    let law = try await distil(recording(dimensions: 2, edges: 1200, noise: noise, seed: 7, truth))
    #expect(law.isAligned)
    let index = try #require(law.law.features.firstIndex(of: "r"))
    func value(_ r: Double) -> Double {
      law.law.formula.value(law.law.features.indices.map { $0 == index ? r : 1 })
    }
    #expect(abs(value(1.5)) < 0.02 * abs(value(2.5)))
    #expect(abs(value(1.93)) > 0.4 * abs(value(2.5)))
    #expect(abs(value(3) / value(2.5) - 2 / 1.5) < 0.05)
  }

  @Test func `friction is told from the force`() async throws {
    let truth: ([String: Double]) -> Double = { -2 * ($0["r"]! - 1) }
    let law = try await distil(recording(dimensions: 2, noise: 0.01, seed: 6, friction: 0.4, truth))
    #expect(law.isAligned)
    #expect(isLaw(law, truth, tolerance: 0.2))
  }

  @Test func `messages that are no force are said to be none`() async throws {
    var random = RandomStream(seed: 3)
    let names = ["x1", "y1", "m1", "x2", "y2", "m2"]
    let inputs = names.map { name in (name: name, values: (0..<800).map { _ in random.normal() }) }
    let outputs = (0..<2).map { k in
      (
        name: "e\(k)",
        values: (0..<800).map { edge in
          sin(inputs[k].values[edge]) + inputs[k + 2].values[edge] * random.normal()
        }
      )
    }
    let law = try await distil(MessageRecording(inputs: inputs, outputs: outputs))
    #expect(!law.isAligned)
  }
}
