import Distillation
import Foundation
import Networks
import Randomness
import Testing
import Worlds

/// Laws of pairs and bodies that move bodies together.
@Suite struct SymbolicSimulatorTests {
  /// Laws that are those of a world.
  private func simulator(_ law: ForceLaw, dimensions: Int) throws -> SymbolicSimulator {
    let edge =
      switch law {
      case .spring, .damped: "-2 * (r + 0.01 - 1)"
      case .r2: "-m1 * m2 / (r + 0.01)^2"
      default: "(q1 * q2 - m1 * m2) / (r + 0.01)^2"
      }
    return try SymbolicSimulator(
      stateNames: ["x", "y", "z"].prefix(dimensions) + ["vx", "vy", "vz"].prefix(dimensions) + ["q", "m"],
      dimensions: dimensions, vectors: [dimensions], edgeLaw: edge,
      nodeLaw: law == .damped ? "(force - 0.5 * v) / m" : "force / m")
  }

  @Test(arguments: [ForceLaw.spring, .r2, .superposition, .damped], [2, 3])
  func `known laws give the accelerations and motions of their world`(law: ForceLaw, dimensions: Int) throws {
    let simulator = try simulator(law, dimensions: dimensions)
    for bodies in [2, 5] {
      let world = try World(law: law, dimensions: dimensions, bodies: bodies)
      let simulation = try world.simulate(count: 60, times: [0, 0.1, 0.2], seed: 1)
      let found = try simulator.accelerations(simulation.states, bodies: bodies)
      for (value, truth) in zip(found, simulation.accelerations) {
        #expect(abs(value - truth) < 1e-9 * (1 + abs(truth)))
      }
      let frame = bodies * simulation.stateSize
      let start = Array(simulation.states[..<frame])
      let motion = try simulator.motion(from: start, times: simulation.times)
      #expect(motion.count == 3 * frame)
      for (value, truth) in zip(motion, simulation.states) { #expect(abs(value - truth) < 1e-5) }
    }
  }

  @Test func `something may pull all bodies one way`() throws {
    let simulation = try World(law: .string, dimensions: 3, bodies: 5).simulate(
      count: 20, times: [0, 0.1], seed: 1)
    let simulator = try SymbolicSimulator(
      stateNames: ["x", "y", "z", "vx", "vy", "vz", "q", "m"], dimensions: 3, vectors: [3], pairs: .chain,
      edgeLaw: "-2 * (r - 0.99)", nodeLaw: "force / m - along_y")
    let found = try simulator.accelerations(simulation.states, bodies: 5)
    for (value, truth) in zip(found, simulation.accelerations) {
      #expect(abs(value - truth) < 1e-9 * (1 + abs(truth)))
    }
  }

  @Test func `neighbours alone act on each other where that is the rule`() throws {
    let chain = try SymbolicSimulator(
      stateNames: ["x", "y", "m"], dimensions: 2, pairs: .chain, edgeLaw: "1", nodeLaw: "force / m")
    let states: [Double] = [0, 0, 1, 1, 0, 2, 3, 0, 1]
    #expect(try chain.accelerations(states, bodies: 3) == [-1, 0, 0, 0, 1, 0])
    // Two bodies in one place do not push each other anywhere.
    let together: [Double] = [0, 0, 1, 0, 0, 2]
    #expect(try chain.accelerations(together, bodies: 2) == [0, 0, 0, 0])
    #expect(PairRule(GraphTopology.chain(bodies: 4)) == .chain)
    #expect(PairRule(GraphTopology.complete(bodies: 4)) == .complete)
    #expect(try PairRule(GraphTopology(bodies: 3, edges: [(0, 1)])) == nil)
  }

  @Test func `what is written reads back to the same values`() throws {
    let simulator = try SymbolicSimulator(
      stateNames: ["x", "y", "vx", "vy", "m"], dimensions: 2, vectors: [2],
      edgeLaw: "-0.9475340202957678 * m1 * m2 / (r + 0.1)^2", nodeLaw: "(1.03 * force - v / 3) / m")
    let path = FileManager.default.temporaryDirectory.path + "/simulator-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try simulator.write(to: path)
    #expect(try SymbolicSimulator(contentsOf: path) == simulator)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (part, other) in [
      ("symreg.simulator/1", "other/1"), ("m2", "q2"), ("force", "power"), ("\"complete\"", "\"all\""),
      ("2\n  ]", "4\n  ]"), ("{", "["),
    ] {
      #expect(text.contains(part))
      try text.replacingOccurrences(of: part, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: SymbolicModelError.self) { try SymbolicSimulator(contentsOf: path) }
    }
  }

  @Test func `bad numbers are refused`() throws {
    let simulator = try simulator(.spring, dimensions: 2)
    #expect(throws: SymbolicModelError.states(count: 7, row: 12)) {
      try simulator.accelerations([Double](repeating: 1, count: 7), bodies: 2)
    }
    #expect(throws: SymbolicModelError.notFinite(graph: 1)) {
      try simulator.accelerations(
        [Double](repeating: 1, count: 6) + [0, 0, 0, 0, 0, .nan], bodies: 1)
    }
    #expect(throws: SymbolicModelError.self) { try simulator.motion(from: [1, 2], times: [1]) }
    let start = [Double](repeating: 1, count: 12)
    #expect(throws: SymbolicModelError.self) { try simulator.motion(from: start, times: [1, 0]) }
    let still = try SymbolicSimulator(
      stateNames: ["x", "y"], dimensions: 2, edgeLaw: "r", nodeLaw: "force")
    #expect(throws: SymbolicModelError.self) { try still.motion(from: [1, 2], times: [1]) }
    // No step is small enough for what grows beyond all bounds.
    let explosive = try SymbolicSimulator(
      stateNames: ["x", "y", "vx", "vy"], dimensions: 2, vectors: [2], edgeLaw: "r^9", nodeLaw: "force")
    #expect(throws: SymbolicModelError.self) {
      try explosive.motion(from: [0, 0, 0, 0, 3, 0, 0, 0], times: [100])
    }
  }
}
