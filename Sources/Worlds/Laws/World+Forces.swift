extension World {
  /// Writes the acceleration of every body, each component in turn.
  ///
  /// - Parameters:
  ///   - positions: ``dimensions`` coordinates for each of the ``bodies``, body by body.
  ///   - velocities: as many.
  ///   - masses: one for each body, positive.
  ///   - charges: one for each body.
  ///   - accelerations: room for as many as there are coordinates.
  public func accelerations(
    positions: UnsafePointer<Double>, velocities: UnsafePointer<Double>, masses: UnsafePointer<Double>,
    charges: UnsafePointer<Double>, into accelerations: UnsafeMutablePointer<Double>
  ) {
    let d = dimensions
    accelerations.update(repeating: 0, count: bodies * d)
    for i in 0..<bodies {
      let last = law.isString ? min(i + 2, bodies) : bodies
      let a = positions + i * d
      // Forces are gathered first; one division by the mass follows.
      let forceOnA = accelerations + i * d
      for j in (i + 1)..<max(i + 1, last) {
        let b = positions + j * d
        let dx = a[0] - b[0]
        let dy = a[1] - b[1]
        let dz = d == 3 ? a[2] - b[2] : 0
        let distance = (dx * dx + dy * dy + dz * dz).squareRoot()
        // Two bodies in one place: the force has no direction.
        if distance == 0 { continue }
        let force =
          law.pairForce(
            distance: distance, massProduct: masses[i] * masses[j], chargeProduct: charges[i] * charges[j])
          / distance
        let forceOnB = accelerations + j * d
        forceOnA[0] += force * dx
        forceOnA[1] += force * dy
        forceOnB[0] -= force * dx
        forceOnB[1] -= force * dy
        if d == 3 {
          forceOnA[2] += force * dz
          forceOnB[2] -= force * dz
        }
      }
    }
    addOutsideForces(positions, velocities, masses, to: accelerations)
    for i in 0..<bodies {
      for k in 0..<d { accelerations[i * d + k] /= masses[i] }
    }
  }

  /// Adds friction, uniform gravitation and the ball's repulsion.
  private func addOutsideForces(
    _ positions: UnsafePointer<Double>, _ velocities: UnsafePointer<Double>, _ masses: UnsafePointer<Double>,
    to forces: UnsafeMutablePointer<Double>
  ) {
    guard law == .damped || law.isString else { return }
    let d = dimensions
    for i in 0..<bodies {
      let friction = friction(on: i)
      for k in 0..<d { forces[i * d + k] -= friction * velocities[i * d + k] }
      guard isPulled(i) else { continue }
      forces[i * d + 1] -= masses[i]
      guard law == .stringBall else { continue }
      let push = Ball.force(x: positions[i * d], y: positions[i * d + 1])
      forces[i * d] += push.x
      forces[i * d + 1] += push.y
    }
  }

  /// The potential energy of bodies at `positions`, ``dimensions`` coordinates for each, body by body.
  public func potentialEnergy(positions: [Double], masses: [Double], charges: [Double]) -> Double {
    let d = dimensions
    var energy = 0.0
    for i in 0..<bodies {
      for j in (i + 1)..<max(i + 1, law.isString ? min(i + 2, bodies) : bodies) {
        var square = 0.0
        for k in 0..<d {
          let difference = positions[i * d + k] - positions[j * d + k]
          square += difference * difference
        }
        energy += law.pairPotential(
          distance: square.squareRoot(), massProduct: masses[i] * masses[j],
          chargeProduct: charges[i] * charges[j])
      }
      guard isPulled(i) else { continue }
      energy += masses[i] * positions[i * d + 1]
      if law == .stringBall { energy += Ball.potential(x: positions[i * d], y: positions[i * d + 1]) }
    }
    return energy
  }
}
