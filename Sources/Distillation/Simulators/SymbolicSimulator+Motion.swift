import Worlds

extension SymbolicSimulator {
  /// States of the bodies at the wanted times, (times, bodies, states): positions and velocities follow the laws
  /// by the pair of orders 5 and 4 of Dormand and Prince, all other states stay as they are.
  ///
  /// - Parameters:
  ///   - states: at the time 0, (bodies, states).
  ///   - times: ascending, from 0 or later.
  /// - Throws: ``SymbolicModelError`` when no velocity is among the states, numbers do not fit, or the motion
  ///   cannot be followed.
  public func motion(from states: [Double], times: [Double]) throws(SymbolicModelError) -> [Double] {
    let size = stateNames.count
    guard let velocity = vectors.first else {
      throw .setting("bodies have no velocity among their states \(stateNames.joined(separator: ", "))")
    }
    guard !states.isEmpty, states.count % size == 0, states.allSatisfy(\.isFinite) else {
      throw .states(count: states.count, row: size)
    }
    guard (times.first ?? 0) >= 0, times.allSatisfy(\.isFinite), zip(times, times.dropFirst()).allSatisfy(<)
    else { throw .setting("times must ascend, from 0 or later") }
    let bodies = states.count / size
    let half = bodies * dimensions
    let moving = MovingBodies(self, states: states, velocity: velocity, bodies: bodies)
    var motion = [Double](repeating: 0, count: 2 * half)
    for body in 0..<bodies {
      for axis in 0..<dimensions {
        motion[body * dimensions + axis] = states[body * size + axis]
        motion[half + body * dimensions + axis] = states[body * size + velocity + axis]
      }
    }
    let integrator = MotionIntegrator(motion: motion) { moving.accelerations($0, $1, into: $2) }
    var result: [Double] = []
    result.reserveCapacity(times.count * states.count)
    for time in times {
      do throws(DormandPrince.Failure) { try integrator.advance(to: time) } catch {
        throw .stuck(
          time: integrator.time,
          reason: error == .stepTooSmall
            ? "no step is small enough, or a law is not finite" : "it takes too many steps")
      }
      moving.set(integrator.motion, integrator.motion + half)
      result += moving.states
    }
    return result
  }
}

/// Bodies whose positions and velocities change.
private final class MovingBodies {
  private(set) var states: [Double]
  private let pass: SimulatorPass
  private let velocity: Int
  private let bodies: Int
  private let dimensions: Int

  init(_ simulator: SymbolicSimulator, states: [Double], velocity: Int, bodies: Int) {
    self.states = states
    self.velocity = velocity
    self.bodies = bodies
    dimensions = simulator.dimensions
    pass = SimulatorPass(simulator, bodies: bodies, graphs: 1)
  }

  func set(_ positions: UnsafePointer<Double>, _ velocities: UnsafePointer<Double>) {
    let size = states.count / bodies
    for body in 0..<bodies {
      for axis in 0..<dimensions {
        states[body * size + axis] = positions[body * dimensions + axis]
        states[body * size + velocity + axis] = velocities[body * dimensions + axis]
      }
    }
  }

  func accelerations(
    _ positions: UnsafePointer<Double>, _ velocities: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    set(positions, velocities)
    states.withUnsafeBufferPointer { pass.accelerations(states: $0.baseAddress!, graphs: 1, into: result) }
  }
}
