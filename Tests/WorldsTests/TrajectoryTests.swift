import Arrays
import Foundation
import Testing
import Worlds

/// Trajectories become simulations with accelerations; files that are none are refused.
@Suite struct TrajectoryTests {
  private func withFile(_ arrays: [(String, NumericArray)], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).npz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ArrayArchive.write(arrays, to: path)
    try body(path)
  }

  private func array(_ shape: [Int], _ values: [Double]) -> NumericArray {
    NumericArray(shape: shape, elements: .float64(values))
  }

  /// Two bodies on circles of radius 1 and 2 with angular velocities 1 and 0.5.
  private func circles(_ times: [Double], hasVelocities: Bool) -> [(String, NumericArray)] {
    let shape = [times.count, 2, 2]
    let positions = times.flatMap { [cos($0), sin($0), 2 * cos($0 / 2), 2 * sin($0 / 2)] }
    let velocities = times.flatMap { [-sin($0), cos($0), -sin($0 / 2), cos($0 / 2)] }
    return [("t", array([times.count], times)), ("position", array(shape, positions))]
      + (hasVelocities ? [("velocity", array(shape, velocities))] : [])
      + [("names", NumericArray(["one", "two"]))]
  }

  @Test("accelerations follow from positions alone too, and from instants that are not evenly spaced")
  func accelerations() throws {
    for hasVelocities in [true, false] {
      for unevenness in [0, 0.02] {
        let times = (0..<60).map { 0.1 * Double($0) + unevenness * sin(2.3 * Double($0)) }
        try withFile(circles(times, hasVelocities: hasVelocities)) { path in
          let simulation = try Simulation(contentsOf: path)
          #expect(simulation.names == ["one", "two"] && !simulation.knowsProperties)
          #expect(simulation.times == Array(times[4..<56]) && simulation.bodies == 2)
          for (time, instant) in simulation.times.enumerated() {
            for body in 0..<2 {
              let found = Array(simulation.acceleration(simulation: 0, time: time, body: body))
              let state = Array(simulation.state(simulation: 0, time: time, body: body))
              let rate = body == 0 ? 1 : 0.25
              #expect(abs(found[0] + rate * state[0]) < 1e-8 && abs(found[1] + rate * state[1]) < 1e-8)
              #expect(abs(state[2] + sin(instant * (body == 0 ? 1 : 0.5))) < 1e-8)
            }
          }
        }
      }
    }
  }

  @Test("three instants are enough")
  func short() throws {
    try withFile(circles([0, 0.01, 0.02], hasVelocities: true)) { path in
      let simulation = try Simulation(contentsOf: path)
      #expect(simulation.times == [0.01])
      #expect(abs(simulation.accelerations[0] + cos(0.01)) < 1e-4)
    }
  }

  @Test("what is no trajectory is refused, with the reason")
  func refusals() throws {
    let times = (0..<20).map { 0.1 * Double($0) }
    let good = circles(times, hasVelocities: true)
    func changed(_ name: String, _ array: NumericArray?) -> [(String, NumericArray)] {
      good.filter { $0.0 != name } + (array.map { [(name, $0)] } ?? [])
    }
    var hole = good[1].1.doubles!
    hole[4 * 7 + 1] = .nan
    var turned = times
    turned.swapAt(3, 4)
    let cases: [([(String, NumericArray)], String)] = [
      (changed("position", array([20, 4], [Double](repeating: 1, count: 80))), "shape"),
      (changed("position", array([20, 1, 2], [Double](repeating: 1, count: 40))), "two bodies"),
      (changed("position", array([20, 2, 2], hole)), "instant 7"),
      (changed("velocity", array([19, 2, 2], [Double](repeating: 1, count: 76))), "velocity"),
      (changed("t", nil), "no instants"),
      (changed("t", array([20], turned)), "ascend"),
      (changed("t", array([19], Array(times.prefix(19)))), "shape"),
      (changed("t", NumericArray(times.map { "\($0)" })), "text"),
      (changed("names", NumericArray(["one", "one"])), "names"),
      (changed("names", NumericArray(["one"])), "names"),
      (circles([0, 1], hasVelocities: true), "three"),
    ]
    for (arrays, reason) in cases {
      try withFile(arrays) { path in
        let error = #expect(throws: WorldError.self) { _ = try Simulation(contentsOf: path) }
        #expect(error?.description.contains(reason) == true, "\(reason): \(error?.description ?? "")")
        #expect(error?.description.contains(path) == true)
      }
    }
  }
}
