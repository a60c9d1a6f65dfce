/// Where bodies were at ascending instants: motions that were observed or computed elsewhere, of bodies whose
/// masses need not be known.
public struct Trajectory: Sendable, Equatable {
  /// Names of the bodies, all different.
  public let names: [String]
  /// The instants, ascending.
  public let times: [Double]
  /// 2 or 3.
  public let dimensions: Int
  /// Coordinates: (times, bodies, dimensions), row-major.
  public let positions: [Double]
  /// Velocities of the same shape; nil where they are not known.
  public let velocities: [Double]?

  /// Instants on either side of one that its derivatives are made of: differences of order 8. Compared with
  /// the pull of Newton's law on an ephemeris at 12 hours' step, those of order 2 err by 1e-3 for the Moon and
  /// 5e-4 for Mercury, those of order 8 by 2e-7 and 8e-8, which is what the law leaves out.
  static let reach = 4

  /// How many bodies there are.
  public var bodies: Int { names.count }

  /// The motion with accelerations, at the instants that have enough neighbours: differences of the velocities,
  /// second differences of the positions where velocities are not known. Its charges are 0 and its masses 1,
  /// for nothing is known of them (``Simulation/knowsProperties`` is false).
  public var simulation: Simulation {
    let reach = min(Trajectory.reach, (times.count - 1) / 2)
    let inner = reach..<(times.count - reach)
    let row = bodies * dimensions
    var states: [Double] = []
    var accelerations: [Double] = []
    states.reserveCapacity(inner.count * bodies * (2 * dimensions + 2))
    accelerations.reserveCapacity(inner.count * row)
    for instant in inner {
      let nodes = (instant - reach)...(instant + reach)
      let stencil = DifferenceStencil(times: Array(times[nodes]), at: times[instant])
      for body in 0..<bodies {
        let place = instant * row + body * dimensions
        func derivative(_ values: [Double], _ weights: [Double], _ axis: Int) -> Double {
          // Less what is there at the instant, so that a body far from the origin loses no digits.
          let here = values[place + axis]
          var sum = 0.0
          for (node, weight) in zip(nodes, weights) {
            sum += weight * (values[place + axis + (node - instant) * row] - here)
          }
          return sum
        }
        states += positions[place..<place + dimensions]
        for axis in 0..<dimensions {
          states.append(velocities?[place + axis] ?? derivative(positions, stencil.first, axis))
        }
        states += [0, 1]
        for axis in 0..<dimensions {
          accelerations.append(
            velocities.map { derivative($0, stencil.first, axis) }
              ?? derivative(positions, stencil.second, axis))
        }
      }
    }
    var simulation = Simulation(
      world: nil, seed: nil, count: 1, times: Array(times[inner]), bodies: bodies, dimensions: dimensions,
      states: states, accelerations: accelerations)
    simulation.names = names
    simulation.knowsProperties = false
    return simulation
  }
}
