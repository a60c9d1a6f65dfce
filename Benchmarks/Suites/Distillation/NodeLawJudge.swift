import Expressions
import Foundation
import Randomness
import Worlds

/// Decides whether a law of bodies is Newton's second law with the friction of a world: m·a = c·force − γ·v, the factor
/// c being the one that messages leave open.
public struct NodeLawJudge: Sendable {
  /// The verdict on a law.
  public struct Verdict: Sendable, Hashable, Codable {
    /// Whether the law has this form, and γ is near enough.
    public var isRecovered: Bool
    /// γ.
    public var friction: Double
    /// Root mean square of what the form leaves of the law, relative.
    public var remainder: Double
  }

  /// The true γ.
  private let friction: Double

  /// A judge for a world's law.
  public init(_ law: ForceLaw) { friction = law == .damped ? World.friction : 0 }

  /// The verdict on a law in columns of these names; nil where it has no finite value.
  ///
  /// - Parameter spread: of the forces, as large as what the world has.
  public func verdict(on law: Formula, features: [String], spread: Double = 3) -> Verdict? {
    var random = RandomStream(seed: 2, 22)
    var (forces, velocities, products): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<300 {
      let row = [
        "force": spread * random.normal(), "v": random.normal(), "m": exp(random.uniform(-1.5, 1.5)),
        "q": random.chance(0.5) ? 1.0 : -1.0,
      ]
      let value = law.value(features.map { row[$0] ?? .nan }) * (row["m"] ?? 1)
      guard value.isFinite else { return nil }
      forces.append(row["force"] ?? 0)
      velocities.append(row["v"] ?? 0)
      products.append(value)
    }
    func sum(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }
    let (ff, fv, vv) = (sum(forces, forces), sum(forces, velocities), sum(velocities, velocities))
    let (fp, vp) = (sum(forces, products), sum(velocities, products))
    let determinant = ff * vv - fv * fv
    let factor = (fp * vv - vp * fv) / determinant
    let found = (fp * fv - vp * ff) / determinant
    let rest = zip(products, zip(forces, velocities)).map { $0 - factor * $1.0 + found * $1.1 }
    let remainder = (sum(rest, rest) / max(sum(products, products), .leastNormalMagnitude)).squareRoot()
    return Verdict(
      isRecovered: remainder <= ForceLawJudge.largestRemainder
        && abs(found - friction) <= ForceLawJudge.tolerance,
      friction: found, remainder: remainder)
  }
}
