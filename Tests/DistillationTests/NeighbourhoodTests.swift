import Distillation
import Foundation
import Networks
import Randomness
import Testing

/// A function is recorded near one row.
struct NeighbourhoodTests {
  private let function = MessageFunction.function(identity: nil) { columns in
    [zip(columns[0], columns[1]).map { $0 * $0 + sin($1) }]
  }

  private func data(_ rows: Int) -> MessageData {
    var random = RandomStream(seed: 7)
    return .columns(
      names: ["u", "v", "w"],
      values: [
        (0..<rows).map { _ in random.normal() }, (0..<rows).map { _ in 100 * random.normal() },
        Array(repeating: 2, count: rows),
      ])
  }

  @Test func `rows are near, answered by the function, and weighted by distance`() throws {
    var options = RecordingOptions()
    var near = Neighbourhood(row: 30)
    (near.neighbours, near.samples) = (20, 500)
    options.neighbourhood = near
    let whole = try MessageRecorder().record(function, on: data(1000)).recording
    let local = try MessageRecorder().record(function, on: data(1000), options: options).recording
    let weights = try #require(local.weights)
    #expect(local.edgeCount == 520)
    #expect(weights.prefix(20).allSatisfy { $0 == 1 })
    let centre = whole.inputs.map { $0[30] }
    for edge in 20..<520 {
      #expect(
        local.outputs[0][edge] == local.inputs[0][edge] * local.inputs[0][edge] + sin(local.inputs[1][edge]))
      #expect(local.inputs[2][edge] == 2)
    }
    // The weight falls with the distance in units of the drawn rows' own spread.
    let spreads = (0..<2).map { column in
      let steps = (20..<520).map { local.inputs[column][$0] - centre[column] }
      return (steps.reduce(0) { $0 + $1 * $1 } / 500).squareRoot()
    }
    for edge in 20..<520 {
      let steps = (0..<2).map { (local.inputs[$0][edge] - centre[$0]) / spreads[$0] }
      #expect(
        abs(log(weights[edge]) + steps[0] * steps[0] + steps[1] * steps[1]) < 0.3 * (1 - log(weights[edge])))
    }
    // No recorded row that was left out is nearer than one that was kept.
    func scaled(_ u: Double, _ v: Double) -> Double {
      (u - centre[0]) * (u - centre[0]) + (v - centre[1]) * (v - centre[1]) / 10_000
    }
    let kept = (0..<20).map { scaled(local.inputs[0][$0], local.inputs[1][$0]) }
    let all = (0..<1000).map { scaled(whole.inputs[0][$0], whole.inputs[1][$0]) }.sorted()
    #expect(kept.max()! < 1.2 * all[19])
  }

  @Test func `the same seed draws the same rows`() throws {
    var options = RecordingOptions()
    options.neighbourhood = Neighbourhood(row: 3)
    func inputs() throws -> [[Double]] {
      try MessageRecorder().record(function, on: data(50), options: options).recording.inputs
    }
    let first = try inputs()
    #expect(try inputs() == first)
    options.neighbourhood?.seed = 1
    #expect(try inputs() != first)
  }

  @Test(arguments: [(50, 10), (-1, 10), (3, 51), (3, 1)])
  func `rows and neighbours must be there`(row: Int, neighbours: Int) throws {
    var options = RecordingOptions()
    var near = Neighbourhood(row: row)
    near.neighbours = neighbours
    options.neighbourhood = near
    #expect(throws: RecordingError.self) {
      try MessageRecorder().record(function, on: data(50), options: options)
    }
  }

  @Test func `a graph network answers to single edges as it does within a graph`() throws {
    let network = try Network(
      .graphNetwork(GraphNetwork(features: 5, dimensions: 2, messages: .bottleneck, hidden: [8])), seed: 3)
    var random = RandomStream(seed: 1)
    let states = (0..<15).map { _ in Float(random.normal()) }
    let names = ["x", "y", "vx", "vy", "m"]
    let set = try GraphSet(
      topology: .complete(bodies: 3), dimensions: 2, featureNames: names, states: states, accelerations: [])
    let messages = try network.messages(set, graphs: 1)
    let width = network.messageWidth
    let ends = zip(set.topology.receivers, set.topology.senders).map { (Int($0), Int($1)) }
    let columns = (0..<10).map { column in
      ends.map { receiver, sender in Double(states[(column < 5 ? receiver : sender) * 5 + column % 5]) }
    }
    let recording = try MessageRecording(
      of: network, names: names.map { $0 + "1" } + names.map { $0 + "2" }, columns: columns)
    for edge in ends.indices {
      for component in 0..<width {
        #expect(abs(recording.outputs[component][edge] - Double(messages[edge * width + component])) < 1e-5)
      }
    }
  }
}
