import Foundation
import Randomness

/// Where bodies begin, drawn as the paper has it.
package struct InitialState {
  /// Coordinates, body by body, then velocities in the same order.
  package var motion: [Double]
  /// One for each body, positive.
  package var masses: [Double]
  /// One for each body.
  package var charges: [Double]

  /// The key that keeps these draws apart from others of the same seed.
  private static let key: UInt64 = 0x776F_726C_6473

  /// A beginning of one's own: `motion` holds all coordinates and then all velocities.
  package init(motion: [Double], masses: [Double], charges: [Double]) {
    self.motion = motion
    self.masses = masses
    self.charges = charges
  }

  /// The beginning of simulation number `simulation`: all coordinates and velocities standard normal,
  /// logarithms of masses too, charges normal or their signs. Bodies of a string have mass 1 and begin in a
  /// row, half as scattered along it, with the third component of their state zero: the velocity along the
  /// row in two dimensions, the third coordinate in three.
  init(of world: World, simulation: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, InitialState.key, UInt64(simulation))
    let d = world.dimensions
    motion = Array(repeating: 0, count: 2 * world.bodies * d)
    masses = []
    charges = []
    for body in 0..<world.bodies {
      var state = (0..<(2 * d)).map { _ in random.normal() }
      let charge = random.normal()
      let logarithm = random.normal()
      if world.law.isString {
        state[0] = Double(body) + 0.5 * state[0]
        state[2] = 0
      }
      for k in 0..<d {
        motion[body * d + k] = state[k]
        motion[(world.bodies + body) * d + k] = state[d + k]
      }
      masses.append(world.law.isString ? 1 : exp(logarithm))
      charges.append(world.law.hasCharges ? (charge < 0 ? -1 : 1) : charge)
    }
  }
}
