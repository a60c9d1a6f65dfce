import Expressions
import Randomness
import Tables

/// Rows made from a law, with noise on the target.
public struct GroundTruthData: Sendable {
  /// The problem.
  public let problem: GroundTruthProblem
  /// The features of each row.
  public let rows: [[Double]]
  /// The law's values on the rows.
  public let exactTargets: [Double]
  /// The targets a search is given: the exact ones plus noise.
  public let targets: [Double]
  /// Standard deviation of the noise, relative to the root mean square of the exact targets.
  public let noise: Double
  /// The seed of rows and noise.
  public let dataSeed: UInt64

  /// Draws of a row before a problem is given up as undefined on its ranges.
  private static let mostDraws = 1000

  /// Draws the rows of a problem.
  ///
  /// Rows on which the law is not finite are drawn again. Noise is normal with standard deviation
  /// `noise` · RMS(y), as SRBench adds it (La Cava et al. 2021, arXiv:2107.14351). The same seed gives the same
  /// rows, and the same normal deviates, at every level of noise.
  ///
  /// - Parameters:
  ///   - problem: the law and where its rows come from.
  ///   - rowCount: at least 1.
  ///   - noise: not negative.
  ///   - seed: seed of rows and noise.
  /// - Throws: ``SuiteError/unsuitableData(problem:reason:)`` where the law has no finite value on its ranges.
  public init(_ problem: GroundTruthProblem, rowCount: Int, noise: Double, seed: UInt64)
    throws(SuiteError)
  {
    let key = GroundTruthData.hash(problem.key)
    var inputs = RandomStream(seed: seed, key, 0)
    var rows: [[Double]] = []
    switch problem.source {
    case .trajectories(let system):
      guard let states = system.states(rowCount: rowCount, stream: &inputs) else {
        throw .unsuitableData(problem: problem.key, reason: "no trajectory of its system can be followed")
      }
      rows = states
    case .uniform(let ranges):
      for _ in 0..<rowCount {
        guard let row = GroundTruthData.row(of: problem.law, in: ranges, &inputs) else {
          throw .unsuitableData(problem: problem.key, reason: "its law has no value on its ranges")
        }
        rows.append(row)
      }
    }
    let exact = rows.map { PlainValue.of(problem.law, features: $0) }
    guard exact.allSatisfy(\.isFinite), !exact.isEmpty else {
      throw .unsuitableData(problem: problem.key, reason: "its law has no value on some of its rows")
    }
    let scale = GroundTruthData.rootMeanSquare(exact)
    var deviates = RandomStream(seed: seed, key, 1)
    self.problem = problem
    self.rows = rows
    self.noise = noise
    dataSeed = seed
    exactTargets = exact
    targets = exact.map { $0 + noise * scale * deviates.normal() }
  }

  /// The rows as a search takes them.
  ///
  /// - Throws: `DataError`.
  public func dataset() throws -> Dataset {
    let features = problem.features.enumerated().map { index, name in (name, rows.map { $0[index] }) }
    return try Dataset(features: features, target: (problem.target, targets), name: problem.key)
  }

  /// The rows as the text of a CSV file: features, then the target.
  public var csv: String {
    let header = (problem.features + [problem.target]).joined(separator: ",")
    let lines = zip(rows, targets).map { row, target in
      (row + [target]).map(Problem.shortest).joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  /// One row, uniform on `ranges`, on which `law` is finite; nil where none of many is.
  static func row(of law: Formula, in ranges: [ClosedRange<Double>], _ stream: inout RandomStream)
    -> [Double]?
  {
    for _ in 0..<mostDraws {
      let row = ranges.map { stream.uniform($0.lowerBound, $0.upperBound) }
      if PlainValue.of(law, features: row).isFinite { return row }
    }
    return nil
  }

  /// Root mean square.
  static func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }

  /// A key of a random stream from a name: FNV-1a of its UTF-8, the same in every run of the program.
  static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
