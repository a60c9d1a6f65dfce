import Testing
import Worlds

@Suite struct ForceTests {
  @Test(
    "forces between two bodies are those of the paper",
    arguments: [
      (.spring, -1.02), (.damped, -1.02), (.string, -1.02), (.discontinuous, 0), (.r1, -6 / 1.51),
      (.r2, -6 / (1.51 * 1.51)), (.charge, -1 / (1.51 * 1.51)), (.superposition, -7 / (1.51 * 1.51)),
    ] as [(ForceLaw, Double)])
  func values(_ law: ForceLaw, _ expected: Double) {
    let force = law.pairForce(distance: 1.5, massProduct: 6, chargeProduct: -1)
    #expect(abs(force - expected) < 1e-14)
  }

  @Test("the discontinuous force begins where distance and softening are 2")
  func discontinuous() {
    #expect(ForceLaw.discontinuous.pairForce(distance: 1.98, massProduct: 1, chargeProduct: 1) == 0)
    let beyond = ForceLaw.discontinuous.pairForce(distance: 2, massProduct: 1, chargeProduct: 1)
    #expect(abs(beyond + 2.02) < 1e-14)
  }

  @Test(
    "accelerations are the slope of the potential, in every direction",
    arguments: ForceLaw.allCases.filter { $0 != .damped }, [2, 3])
  func gradient(_ law: ForceLaw, _ dimensions: Int) throws {
    for convention in World.Convention.allCases {
      let world = try World(law: law, dimensions: dimensions, bodies: 5, convention: convention)
      let start = try world.simulate(count: 3, times: [0], seed: 5)
      for simulation in 0..<3 {
        let states = (0..<5).map { Array(start.state(simulation: simulation, time: 0, body: $0)) }
        let charges = states.map { $0[2 * dimensions] }
        let masses = states.map { $0[2 * dimensions + 1] }
        let positions = states.flatMap { $0.prefix(dimensions) }
        func energy(_ index: Int, _ step: Double) -> Double {
          var moved = positions
          moved[index] += step
          return world.potentialEnergy(positions: moved, masses: masses, charges: charges)
        }
        for index in positions.indices {
          let h = 1e-4
          let first = (energy(index, h) - energy(index, -h)) / (2 * h)
          let second = (energy(index, 2 * h) - energy(index, -2 * h)) / (4 * h)
          let slope = (4 * first - second) / 3
          let body = index / dimensions
          let acceleration = Array(start.acceleration(simulation: simulation, time: 0, body: body))
          let force = acceleration[index % dimensions] * masses[body]
          #expect(abs(force + slope) < 1e-6 * (1 + abs(slope)), "\(law) \(index)")
        }
      }
    }
  }

  @Test("forces between bodies sum to the force on each", arguments: [ForceLaw.superposition, .r1, .spring])
  func pairForces(_ law: ForceLaw) throws {
    let simulation = try World(law: law, dimensions: 3, bodies: 4).simulate(count: 2, times: [0.1], seed: 9)
    for receiver in 0..<4 {
      var sum = [0.0, 0, 0]
      for sender in 0..<4 {
        let force = try #require(
          simulation.pairForce(simulation: 1, time: 0, receiver: receiver, sender: sender))
        let back = try #require(
          simulation.pairForce(simulation: 1, time: 0, receiver: sender, sender: receiver))
        #expect(zip(force, back).allSatisfy { $0 == -$1 })
        for k in 0..<3 { sum[k] += force[k] }
      }
      let mass = try #require(simulation.state(simulation: 1, time: 0, body: receiver).last)
      let acceleration = simulation.acceleration(simulation: 1, time: 0, body: receiver)
      for (force, acceleration) in zip(sum, acceleration) {
        #expect(abs(force / mass - acceleration) < 1e-12 * (1 + abs(acceleration)))
      }
    }
  }

  @Test("friction acts on every body alike, or as published on all but the last")
  func friction() throws {
    for convention in World.Convention.allCases {
      let damped = try World(law: .damped, bodies: 4, convention: convention)
      let spring = try World(law: .spring, bodies: 4)
      let a = try damped.simulate(count: 1, times: [0], seed: 3)
      let b = try spring.simulate(count: 1, times: [0], seed: 3)
      let coefficients = convention == .uniform ? [0.5, 0.5, 0.5, 0.5] : [0.75, 0.5, 0.25, 0]
      for body in 0..<4 {
        let state = Array(a.state(simulation: 0, time: 0, body: body))
        let with = Array(a.acceleration(simulation: 0, time: 0, body: body))
        let without = Array(b.acceleration(simulation: 0, time: 0, body: body))
        for k in 0..<2 {
          let friction = (with[k] - without[k]) * state[5]
          #expect(abs(friction + coefficients[body] * state[2 + k]) < 1e-12)
        }
      }
    }
  }
}
