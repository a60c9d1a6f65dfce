import Arrays
import Distillation
import Expressions
import Foundation
import Networks
import Randomness
import Testing
import Worlds

/// Masses of bodies from their motions, the law being known.
@Suite struct MassRefitTests {
  /// Relative masses of bodies around a heavy one; nobody feels the last.
  private static let masses = [1, 1e-2, 3e-3, 1e-3, 1e-12]

  /// Their motions under m₁m₂/r², written to a file and read back.
  ///
  /// - Parameter noise: of the velocities.
  private func motions(noise: Double, seed: UInt64, instants: Int = 400) throws -> Simulation {
    var random = RandomStream(seed: seed)
    let bodies = MassRefitTests.masses.count
    var positions = [0.0, 0, 0]
    var velocities = [0.0, 0, 0]
    for body in 1..<bodies {
      let radius = 0.7 + 0.6 * Double(body)
      let (phase, tilt) = (random.uniform(0, 2 * .pi), random.uniform(-0.3, 0.3))
      let speed = random.uniform(0.9, 1.1) / radius.squareRoot()
      positions += [radius * cos(phase), radius * sin(phase) * cos(tilt), radius * sin(phase) * sin(tilt)]
      velocities += [-speed * sin(phase), speed * cos(phase) * cos(tilt), speed * cos(phase) * sin(tilt)]
    }
    var (state, record) = (positions + velocities, (positions: [Double](), velocities: [Double]()))
    let half = 3 * bodies
    for _ in 0..<instants {
      record.positions += state[..<half]
      record.velocities += state[half...].map { $0 + noise * random.normal() }
      for _ in 0..<4 { state = MassRefitTests.step(state, 0.0125) }
    }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).npz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let shape = [instants, bodies, 3]
    try ArrayArchive.write(
      [
        (
          "time",
          NumericArray(shape: [instants], elements: .float64((0..<instants).map { 0.05 * Double($0) }))
        ),
        ("position", NumericArray(shape: shape, elements: .float64(record.positions))),
        ("velocity", NumericArray(shape: shape, elements: .float64(record.velocities))),
      ], to: path)
    return try Simulation(contentsOf: path)
  }

  /// A step of the classical Runge–Kutta method.
  private static func step(_ state: [Double], _ time: Double) -> [Double] {
    func moved(_ slope: [Double], _ time: Double) -> [Double] { zip(state, slope).map { $0 + time * $1 } }
    let a = slope(state)
    let b = slope(moved(a, time / 2))
    let c = slope(moved(b, time / 2))
    let d = slope(moved(c, time))
    return state.indices.map { state[$0] + time / 6 * (a[$0] + 2 * b[$0] + 2 * c[$0] + d[$0]) }
  }

  private static func slope(_ state: [Double]) -> [Double] {
    let half = state.count / 2
    var result = Array(state[half...]) + Array(repeating: 0, count: half)
    for body in masses.indices {
      for other in masses.indices where other != body {
        let delta = (0..<3).map { state[other * 3 + $0] - state[body * 3 + $0] }
        let square = delta.reduce(0) { $0 + $1 * $1 }
        for axis in 0..<3 { result[half + body * 3 + axis] += masses[other] * delta[axis] / pow(square, 1.5) }
      }
    }
    return result
  }

  private static let columns = ["r", "m1", "m2"]
  private func law(_ text: String) throws -> Formula {
    try Formula(parsing: text, features: MassRefitTests.columns)
  }

  @Test func `masses come back within their errors, one that nobody feels with a large error`() throws {
    var squares: [Double] = []
    for seed in 1...8 as ClosedRange<UInt64> {
      // Without masses to begin with: what the accelerations suggest.
      let refit = try MassRefit(
        law("-1.4 * m1 * m2 / square(r)"), features: MassRefitTests.columns,
        simulation: motions(noise: 1e-6, seed: seed))
      #expect(refit.bodies[0].logarithm == 0 && refit.bodies[0].standardError == 0)
      for (body, mass) in zip(refit.bodies, MassRefitTests.masses).dropFirst().dropLast() {
        let error = (body.logarithm - log10(mass)) / body.standardError
        #expect(body.isConstrained && body.standardError < 0.01, "\(body)")
        #expect(abs(error) < 5, "\(body)")
        squares.append(error * error)
      }
      let last = refit.bodies[4]
      #expect(!last.isConstrained && last.standardError.isFinite && last.mass.isFinite, "\(last)")
      #expect(abs(refit.law.constants[0] + 1) < 5e-4)
    }
    let mean = squares.reduce(0, +) / Double(squares.count)
    #expect(0.2 < mean && mean < 3, "mean square of errors over stated errors \(mean)")
  }

  @Test func `an exponent is refitted with the masses, however far off these begin`() throws {
    let simulation = try motions(noise: 1e-7, seed: 20)
    let refit = try MassRefit(
      law("-0.9 * m1 * m2^0.97 / r^1.95"), features: MassRefitTests.columns, simulation: simulation,
      start: [1, 1e-4, 0.1, 1e-6, 1e-5])
    for (value, wanted) in zip(refit.law.constants, [-1.0, 1, 2]) { #expect(abs(value - wanted) < 1e-3) }
    for error in refit.constantErrors { #expect(try #require(error) < 1e-3) }
    for (body, mass) in zip(refit.bodies, MassRefitTests.masses).dropLast() {
      #expect(abs(body.logarithm - log10(mass)) < 0.01, "\(body)")
    }
  }

  @Test func `what a law leaves out for long enlarges the errors`() throws {
    // Without noise, all that is left over is that the law is not quite the right one.
    let simulation = try motions(noise: 0, seed: 30)
    let right = try MassRefit(
      law("-1 * m1 * m2 / square(r)"), features: MassRefitTests.columns, simulation: simulation)
    let wrong = try MassRefit(
      law("-1 * m1 * m2 / (square(r) + m1 * m2)"), features: MassRefitTests.columns, simulation: simulation)
    for (body, mass) in zip(MassRefitTests.masses.indices, MassRefitTests.masses).dropFirst().dropLast() {
      #expect(abs(right.bodies[body].logarithm - log10(mass)) < 1e-6, "\(right.bodies[body])")
      let found = wrong.bodies[body]
      #expect(abs(found.logarithm - log10(mass)) < 4 * found.standardError, "\(found)")
      #expect(found.standardError > 10 * right.bodies[body].standardError)
    }
  }

  @Test func `laws and motions that tell no masses are refused`() throws {
    let simulation = try motions(noise: 0, seed: 40, instants: 40)
    func refusal(_ text: String, _ columns: [String], _ start: [Double]? = nil) -> MassRefitError? {
      #expect(throws: MassRefitError.self) {
        _ = try MassRefit(
          try Formula(parsing: text, features: columns), features: columns, simulation: simulation,
          start: start)
      }
    }
    #expect(refusal("m1 * q1 / r", ["r", "m1", "q1"]) == .otherFeature("q1"))
    #expect(refusal("1 / r", ["r", "m1", "m2"]) == .noMasses)
    #expect(refusal("m1 * m2 / r", ["r", "m1", "m2"], [1, 2]) == .badStart)
    #expect(refusal("m1 * m2 / r", ["r", "m1", "m2"], [1, 2, 3, 4, 0]) == .badStart)
    #expect(refusal("log(m1 - 100) * m2 / r", ["r", "m1", "m2"]) == .noFit)
    let short = try motions(noise: 0, seed: 40, instants: 12)
    #expect(throws: MassRefitError.fewInstants(4)) {
      _ = try MassRefit(
        law("m1 * m2 / r"), features: MassRefitTests.columns, simulation: short)
    }
  }

  @Test func `forces of a network with learned masses are recorded with the masses`() throws {
    let simulation = try motions(noise: 0, seed: 50, instants: 60)
    let set = try GraphSet(simulation)
    let network = try Network(.pairForce(PairForceNetwork(for: set, hidden: [8])), seed: 1)
    let recording = try MessageRecording(of: network, with: simulation, graphs: 10)
    #expect(recording.inputNames == ["x1", "y1", "z1", "m1", "x2", "y2", "z2", "m2"])
    let bodies = try #require(recording.bodies)
    #expect(bodies.map(\.mass).max() == 1 && bodies[0].mass == 1 && bodies[0].name == "body 1")
    #expect(!recording.isLearned)
    #expect(try #require(recording.weights).allSatisfy { $0 > 0 && $0.isFinite })
    // Action is reaction: 20 edges a graph, those of bodies 0 and 1 being numbers 0 and 4.
    for component in recording.outputs { #expect(component[0] == -component[4] && component[0] != 0) }
    // A force along the line between the two.
    let delta = (0..<3).map { recording.inputs[$0][0] - recording.inputs[4 + $0][0] }
    let ratio = recording.outputs[0][0] / delta[0]
    for axis in 1..<3 { #expect(abs(recording.outputs[axis][0] / delta[axis] / ratio - 1) < 1e-4) }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).npz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try recording.write(to: path)
    let again = try MessageRecording(contentsOf: path)
    #expect(again.bodies == recording.bodies && again.weights == recording.weights)
  }
}
