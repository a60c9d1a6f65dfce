/// Follows the bodies of one simulation in time.
package final class MotionIntegrator {
  /// Writes accelerations at positions and velocities, body by body.
  package typealias Accelerations = (
    _ positions: UnsafePointer<Double>, _ velocities: UnsafePointer<Double>,
    _ into: UnsafeMutablePointer<Double>
  ) -> Void

  private let integrator: DormandPrince
  private let half: Int

  /// The time reached.
  package var time: Double { integrator.time }
  /// Coordinates, body by body, then velocities.
  package var motion: UnsafePointer<Double> { integrator.state }
  /// The accelerations at ``motion``, body by body.
  package var accelerations: UnsafePointer<Double> { integrator.rates + half }

  /// Bodies at the time 0 that follow any law.
  ///
  /// - Parameter motion: all coordinates, body by body, and then all velocities.
  package init(motion: [Double], law: @escaping Accelerations) {
    let half = motion.count / 2
    self.half = half
    integrator = DormandPrince(state: motion) { state, rates in
      rates.update(from: state + half, count: half)
      law(state, state + half, rates + half)
    }
  }

  /// The bodies of `world` at the time 0.
  package convenience init(_ world: World, from start: InitialState) {
    let (masses, charges) = (start.masses, start.charges)
    self.init(motion: start.motion) { positions, velocities, accelerations in
      world.accelerations(
        positions: positions, velocities: velocities, masses: masses, charges: charges, into: accelerations)
    }
  }

  /// Goes on to `end`, which must not lie before the time reached.
  package func advance(to end: Double) throws(DormandPrince.Failure) { try integrator.advance(to: end) }
}
