import Distillation
import Expressions
import Foundation
import Networks
import Testing
import Worlds

/// Constants of both laws of a simulator are found again from motions.
struct SimulatorRefitTests {
  private func motions(_ law: ForceLaw, dimensions: Int = 2) throws -> GraphSet {
    let world = try World(law: law, dimensions: dimensions, bodies: 4)
    return try GraphSet(world.simulate(count: 80, times: world.publishedTimes(frames: 40, every: 5), seed: 1))
  }

  private func refitted(_ set: GraphSet, edge: String, node: String) throws -> SymbolicSimulator {
    try SymbolicSimulator(
      stateNames: set.featureNames, dimensions: set.dimensions, vectors: [set.dimensions], edgeLaw: edge,
      nodeLaw: node
    ).refitted(to: set)
  }

  /// The numbers of a law of bodies, which are its own.
  private func numbers(_ text: String) throws -> [Double] {
    try Formula(parsing: text, features: ["r", "m1", "m2", "q1", "q2", "force", "v", "m"]).constants
  }

  @Test func `rest length, stiffness and friction`() throws {
    let found = try refitted(motions(.damped), edge: "r - 1.05", node: "-1.9 * (force + 0.3 * v) / m")
    #expect(abs(try numbers(found.edgeLaw)[0] - 0.99) < 1e-5)
    #expect(abs(try numbers(found.nodeLaw)[0] + 2) < 1e-5)
    #expect(abs(try numbers(found.nodeLaw)[1] - 0.25) < 1e-5)
  }

  @Test func `what force is lost in the last body's law is found in that of pairs`() throws {
    let found = try refitted(
      motions(.r2, dimensions: 3), edge: "1.1 * m1 * m2 / (r + 0.02)^1.9", node: "-force / m")
    let constants = try numbers(found.edgeLaw)
    #expect(zip(constants, [1, 0.01, 2]).allSatisfy { abs($0 - $1) < 1e-4 }, "\(constants)")
  }

  @Test func `thresholds are found by trial, and nothing stays nothing`() throws {
    let found = try refitted(
      motions(.discontinuous), edge: "if(less(r, 2.02), 0, r - 1.1)", node: "-1.9 * force / m")
    let constants = try numbers(found.edgeLaw)
    #expect(
      abs(constants[0] - 1.99) < 2e-3 && constants[1] == 0 && abs(constants[2] - 0.99) < 1e-3, "\(constants)")
  }

  @Test func `laws without constants stay, and other bodies are refused`() throws {
    let set = try motions(.r2)
    #expect(try refitted(set, edge: "-m1 * m2 / r^2", node: "force / m").edgeLaw.contains("m1"))
    let other = try SymbolicSimulator(
      stateNames: ["x", "y"], dimensions: 2, edgeLaw: "2 * r", nodeLaw: "force")
    #expect(throws: SymbolicModelError.self) { try other.refitted(to: set) }
  }
}
