import Foundation

/// The ball below the string: U = a / log(1 + exp(a (ρ − 4))) with a = 10⁴, where ρ is the distance from
/// (5, −15) in the first two coordinates. Outside that is 1/(ρ − 4).
enum Ball {
  static let centre = (x: 5.0, y: -15.0)
  static let radius = 4.0
  private static let steepness = 1e4

  static func potential(x: Double, y: Double) -> Double {
    steepness / softPlus(steepness * (distance(x, y) - radius))
  }

  /// The force on a body at (x, y), away from the centre.
  static func force(x: Double, y: Double) -> (x: Double, y: Double) {
    let distance = distance(x, y)
    let z = steepness * (distance - radius)
    let soft = softPlus(z)
    let outwards = steepness * steepness / ((1 + exp(-z)) * soft * soft)
    return (outwards * (x - centre.x) / distance, outwards * (y - centre.y) / distance)
  }

  private static func distance(_ x: Double, _ y: Double) -> Double {
    ((x - centre.x) * (x - centre.x) + (y - centre.y) * (y - centre.y)).squareRoot()
  }

  private static func softPlus(_ z: Double) -> Double { z > 40 ? z : log1p(exp(z)) }
}
