import Arrays
import Foundation
import Synchronization
import Testing
import Worlds

@Suite struct SimulationTests {
  @Test("simulation i is the same whatever the number of simulations, threads and kept times")
  func reproducible() throws {
    let world = try World(law: .r2, bodies: 4)
    let times = world.publishedTimes(frames: 50, every: 7)
    let many = try world.simulate(count: 6, times: times, seed: 11, threads: 2)
    let few = try world.simulate(count: 2, times: times, seed: 11, threads: 1)
    #expect(many.states.starts(with: few.states) && many.accelerations.starts(with: few.accelerations))
    let other = try world.simulate(count: 2, times: times, seed: 12)
    #expect(other.states != few.states)
    #expect(few.state(simulation: 0, time: 0, body: 0) != few.state(simulation: 1, time: 0, body: 0))
  }

  @Test("beginnings are distributed as the paper has it")
  func beginnings() throws {
    func values(_ law: ForceLaw, _ index: Int, dimensions: Int = 2) throws -> [Double] {
      let simulation = try World(law: law, dimensions: dimensions, bodies: 5)
        .simulate(count: 800, times: [0], seed: 1)
      return (0..<800).flatMap { simulation in
        (0..<5).map { simulation * 5 + $0 }
      }.map { simulation.states[$0 * (2 * dimensions + 2) + index] }
    }
    func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
      let mean = values.reduce(0, +) / Double(values.count)
      return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }
    for index in 0..<5 {
      let (mean, variance) = try moments(values(.spring, index))
      #expect(abs(mean) < 0.07 && abs(variance - 1) < 0.1)
    }
    let (mean, variance) = try moments(values(.r2, 5).map { log($0) })
    #expect(abs(mean) < 0.07 && abs(variance - 1) < 0.1)
    #expect(try Set(values(.charge, 4)) == [-1, 1])
    // Bodies of a string lie in a row and have mass 1; the third number of the state is zero.
    #expect(try values(.string, 5).allSatisfy { $0 == 1 })
    #expect(try values(.string, 2).allSatisfy { $0 == 0 })
    #expect(try values(.string, 2, dimensions: 3).allSatisfy { $0 == 0 })
    let places = try values(.string, 0)
    let last = moments(stride(from: 4, to: places.count, by: 5).map { places[$0] })
    #expect(abs(last.mean - 4) < 0.1 && abs(last.variance - 0.25) < 0.06)
  }

  @Test("times are the paper's")
  func times() throws {
    let times = try World(law: .r1).publishedTimes()
    #expect(times.count == 200 && times[0] == 0)
    #expect(abs(times[1] - 5 * 5.0 / 999) < 1e-12)
    #expect(try World(law: .damped).publishedTimes(frames: 1000, every: 999).last == 20)
    #expect(try World(law: .damped).publishedTimes(frames: 1, every: 1) == [0])
  }

  @Test("a simulation comes back from its file as it was", arguments: [ForceLaw.damped, .superposition])
  func file(_ law: ForceLaw) throws {
    let world = try World(law: law, dimensions: 3, bodies: 3, convention: .published)
    let done = Atomic<Int>(0)
    let simulation = try world.simulate(count: 2, times: [0, 0.1, 0.3], seed: .max) { _ in
      done.add(1, ordering: .relaxed)
    }
    #expect(done.load(ordering: .relaxed) == 2)
    try withScratch { path in
      try simulation.write(to: path)
      #expect(try Simulation(contentsOf: path) == simulation)
      #expect(try ArrayArchive(contentsOf: path).contains("friction") == (law == .damped))
    }
    #expect(simulation.stateNames == ["x", "y", "z", "vx", "vy", "vz", "q", "m"])
  }

  @Test("arrays of others are read if their shapes fit, and otherwise told what does not")
  func others() throws {
    let state = NumericArray(shape: [1, 2, 3, 6], elements: .float32(Array(repeating: 0.5, count: 36)))
    let accelerations = NumericArray(shape: [1, 2, 3, 2], elements: .float32(Array(repeating: 1, count: 12)))
    let sound = [("state", state), ("accelerations", accelerations), ("times", NumericArray([0, 1]))]
    func read(_ arrays: [(String, NumericArray)]) throws -> Simulation {
      try withScratch { path in
        try ArrayArchive.write(arrays.map { (name: $0.0, array: $0.1) }, to: path)
        return try Simulation(contentsOf: path)
      }
    }
    let simulation = try read(sound)
    #expect(simulation.world == nil && simulation.seed == nil && simulation.bodies == 3)
    #expect(simulation.pairForce(simulation: 0, time: 0, receiver: 0, sender: 1) == nil)
    let wrong: [(Int, NumericArray, String)] = [
      (0, NumericArray(shape: [6, 6], elements: .float32(Array(repeating: 0, count: 36))), "[6, 6]"),
      (0, NumericArray(shape: [0, 2, 3, 6], elements: .float32([])), "[0, 2, 3, 6]"),
      (1, state, "\"accelerations\""), (2, NumericArray([0]), "\"times\""),
      (2, NumericArray([1, 1]), "ascend"), (2, NumericArray([0, .infinity]), "inf"),
      (2, NumericArray(["a", "b"]), "text"),
    ]
    for (place, array, words) in wrong {
      var arrays = sound
      arrays[place].1 = array
      do {
        _ = try read(arrays)
        Issue.record("\(words): read")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
    for (name, value) in [("law", "magic"), ("convention", "old")] {
      let known = [("law", NumericArray("spring"))].filter { _ in name != "law" }
      #expect(throws: WorldError.self) { try read(sound + known + [(name, NumericArray(value))]) }
    }
    #expect(throws: WorldError.self) { try read(Array(sound.dropFirst())) }
  }

  @Test("settings that make no sense are refused")
  func settings() throws {
    #expect(throws: WorldError.self) { try World(law: .spring, dimensions: 1) }
    #expect(throws: WorldError.self) { try World(law: .spring, bodies: 1) }
    let world = try World(law: .spring)
    for times in [[], [1, 0], [0, 0], [-1], [.nan], [0, .infinity]] as [[Double]] {
      #expect(throws: WorldError.self) { try world.simulate(count: 1, times: times, seed: 0) }
    }
    #expect(throws: WorldError.self) { try world.simulate(count: 0, times: [0], seed: 0) }
    #expect(throws: WorldError.self) { try world.simulate(count: .max, times: [0, 1], seed: 0) }
  }

  private func withScratch<Value>(_ body: (String) throws -> Value) rethrows -> Value {
    let path = NSTemporaryDirectory() + "symreg-worlds-\(UUID().uuidString).npz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}
