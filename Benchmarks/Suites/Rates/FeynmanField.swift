import Foundation
import Randomness
import Tables

/// Data of equation I.12.11 of the Feynman lectures, the force on a charge in two fields: F = q (Ef + B v sin
/// θ).
///
/// The five features are uniform in [1, 5] (Udrescu and Tegmark, Science Advances 6, eaay2631, 2020).
public enum FeynmanField {
  /// Names of the features.
  public static let features = ["q", "Ef", "B", "v", "theta"]

  /// A data set whose target carries normal noise.
  ///
  /// - Parameters:
  ///   - rows: at least one.
  ///   - noise: standard deviation of the noise, as a fraction of the standard deviation of the force.
  /// - Throws: `DataError` where the rows make no data set.
  public static func dataset(rows: Int, noise: Double, seed: UInt64) throws(DataError) -> Dataset {
    var inputs = RandomStream(seed: seed, 0)
    var errors = RandomStream(seed: seed, 1)
    let columns: [[Double]] = features.map { _ in (0..<rows).map { _ in inputs.uniform(1, 5) } }
    let exact: [Double] = (0..<rows).map { row in
      let magnetic = columns[2][row] * columns[3][row] * sin(columns[4][row])
      return columns[0][row] * (columns[1][row] + magnetic)
    }
    let mean = exact.reduce(0, +) / Double(rows)
    let squares = exact.map { ($0 - mean) * ($0 - mean) }
    let deviation = noise * (squares.reduce(0, +) / Double(rows)).squareRoot()
    let target = exact.map { $0 + deviation * errors.normal() }
    return try Dataset(
      features: features.indices.map { (features[$0], columns[$0]) }, target: ("F", target),
      name: "feynman I.12.11")
  }
}
