import Foundation
import Testing
import Worlds

@Suite struct MotionTests {
  /// Kinetic and potential energy at a time.
  private func energy(_ simulation: Simulation, _ world: World, _ index: Int, _ time: Int) -> Double {
    let d = world.dimensions
    let states = (0..<world.bodies).map { Array(simulation.state(simulation: index, time: time, body: $0)) }
    let kinetic = states.reduce(0) { sum, state in
      sum + state[2 * d + 1] / 2 * state[d..<(2 * d)].reduce(0) { $0 + $1 * $1 }
    }
    return kinetic
      + world.potentialEnergy(
        positions: states.flatMap { $0.prefix(d) }, masses: states.map { $0[2 * d + 1] },
        charges: states.map { $0[2 * d] })
  }

  @Test(
    "energy is conserved where the law conserves it",
    arguments: ForceLaw.allCases.filter(\.isConservative), [2, 3])
  func energy(_ law: ForceLaw, _ dimensions: Int) throws {
    for convention in World.Convention.allCases {
      let world = try World(law: law, dimensions: dimensions, bodies: 4, convention: convention)
      let simulation = try world.simulate(count: 10, times: world.publishedTimes(every: 111), seed: 1)
      for index in 0..<10 {
        let first = energy(simulation, world, index, 0)
        for time in simulation.times.indices {
          let drift = energy(simulation, world, index, time) - first
          #expect(abs(drift) < 1e-6 * (1 + abs(first)), "\(law) \(index) \(time)")
        }
      }
    }
  }

  @Test(
    "momentum is conserved where no force comes from outside",
    arguments: ForceLaw.allCases.filter { !$0.isString && $0 != .damped })
  func momentum(_ law: ForceLaw) throws {
    let world = try World(law: law, dimensions: 3, bodies: 6)
    let simulation = try world.simulate(
      count: 4, times: world.publishedTimes(frames: 500, every: 499), seed: 2)
    for index in 0..<4 {
      let momenta = [0, 1].map { time in
        (0..<3).map { k in
          (0..<6).reduce(0.0) { sum, body in
            let state = Array(simulation.state(simulation: index, time: time, body: body))
            return sum + state[7] * state[3 + k]
          }
        }
      }
      for k in 0..<3 { #expect(abs(momenta[0][k] - momenta[1][k]) < 1e-9 * (1 + abs(momenta[0][k]))) }
    }
  }

  @Test("friction takes energy, and the bodies come to rest")
  func friction() throws {
    let world = try World(law: .damped)
    let simulation = try world.simulate(count: 20, times: world.publishedTimes(every: 333), seed: 1)
    for index in 0..<20 {
      let energies = simulation.times.indices.map { energy(simulation, world, index, $0) }
      #expect(zip(energies, energies.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  @Test(
    "bodies on a circle are back after the time that the force gives",
    arguments: [ForceLaw.r1, .r2, .spring, .superposition], [1.25, 2.0])
  func orbit(_ law: ForceLaw, _ distance: Double) throws {
    let masses = [3.0, 0.5]
    let total = masses[0] + masses[1]
    let force = -law.pairForce(distance: distance, massProduct: 1.5, chargeProduct: -1)
    #expect(force > 0)
    // The reduced mass on a circle: force = mass · distance · frequency².
    let frequency = (force * total / (1.5 * distance)).squareRoot()
    let radii = [distance * masses[1] / total, -distance * masses[0] / total]
    let start = InitialState(
      motion: [radii[0], 0, radii[1], 0, 0, radii[0] * frequency, 0, radii[1] * frequency], masses: masses,
      charges: [1, -1])
    let integrator = MotionIntegrator(try World(law: law, bodies: 2), from: start)
    try integrator.advance(to: Double.pi / frequency)
    #expect(abs(integrator.motion[0] + radii[0]) < 1e-7 && abs(integrator.motion[1]) < 1e-7)
    try integrator.advance(to: 2 * Double.pi / frequency)
    for index in 0..<8 { #expect(abs(integrator.motion[index] - start.motion[index]) < 1e-7) }
  }

  @Test("a motion that cannot be followed ends in an error: here a body begins inside the ball")
  func stuck() throws {
    let start = InitialState(
      motion: [5, -14, 5, -5, 0, 0, 0, 0], masses: [1, 1], charges: [0, 0])
    let integrator = MotionIntegrator(try World(law: .stringBall, bodies: 2), from: start)
    #expect(throws: DormandPrince.Failure.stepTooSmall) { try integrator.advance(to: 1) }
    #expect(integrator.time == 0)
  }

  @Test("two bodies on a spring swing about each other as the exact solution does")
  func period() throws {
    // Along the line between them the two follow an equation of one unknown, the distance; its period for
    // small swings is that of a reduced mass on a spring of stiffness 2. Here the distance is followed by
    // tiny steps of its own.
    let world = try World(law: .spring, dimensions: 2, bodies: 2)
    let times = (0...20).map { 0.1 * Double($0) }
    let simulation = try world.simulate(count: 5, times: times, seed: 4)
    for index in 0..<5 {
      let a = Array(simulation.state(simulation: index, time: 0, body: 0))
      let b = Array(simulation.state(simulation: index, time: 0, body: 1))
      let reduced = a[5] * b[5] / (a[5] + b[5])
      let (x, y, u, v) = (a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3])
      let spin = x * v - y * u
      var distance = (x * x + y * y).squareRoot()
      var speed = (x * u + y * v) / distance
      let steps = 2_000
      let h = 0.1 / Double(steps)
      func rate(_ d: Double) -> Double { spin * spin / (d * d * d) - 2 * (d + 0.01 - 1) / reduced }
      for time in 1..<times.count {
        for _ in 0..<steps {
          // Velocity Verlet.
          let half = speed + h / 2 * rate(distance)
          distance += h * half
          speed = half + h / 2 * rate(distance)
        }
        let p = Array(simulation.state(simulation: index, time: time, body: 0))
        let q = Array(simulation.state(simulation: index, time: time, body: 1))
        let found = ((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1])).squareRoot()
        #expect(abs(found - distance) < 1e-5 * (1 + distance), "\(index) \(time)")
      }
    }
  }
}
