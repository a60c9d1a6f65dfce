import Expressions
import Foundation
import Randomness
import Tables

/// Rows made from a law as people have them: rounded, or with errors of one kind.
public struct ChoiceData: Sendable {
  /// The law.
  public let law: ChoiceLaw
  /// How rows are rounded, and how they err.
  public let noise: ChoiceNoise
  /// Seed of rows and errors.
  public let seed: UInt64
  /// The law of the target as it is measured: times the factor that brings counts to their size.
  public let truth: Formula
  /// The true columns of each row.
  public let rows: [[Double]]
  /// The values of ``truth`` there.
  public let exactTargets: [Double]
  /// Rows as they are written, features followed by the target.
  public let cells: [[String]]
  /// How columns and target err.
  package let errors: ChoiceErrors

  /// Draws the rows of a law: the same columns for every kind of noise.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - noise: the kind; it must suit the law.
  ///   - rowCount: at least 4.
  ///   - seed: seed of rows and errors.
  public init(_ law: ChoiceLaw, noise: ChoiceNoise, rowCount: Int, seed: UInt64) {
    self.law = law
    self.noise = noise
    self.seed = seed
    rows = law.rows(rowCount, seed: seed, part: 0)
    var truth = law.formula
    if noise.scalesTarget {
      let sizes = rows.map { abs(PlainValue.of(law.formula, features: $0)) }
      truth = truth.scaled(by: ChoiceData.roundFactor(40 / max(ChoiceErrors.median(sizes), 1e-300)))
    }
    self.truth = truth
    exactTargets = rows.map { PlainValue.of(truth, features: $0) }
    errors = ChoiceErrors(noise, truth: truth, rows: rows, targets: exactTargets)
    var stream = RandomStream(
      seed: seed, GroundTruthData.hash(law.key), GroundTruthData.hash(noise.rawValue), UInt64(rowCount))
    var cells: [[String]] = []
    for (row, value) in zip(rows, exactTargets) { cells.append(errors.written(row, value, &stream)) }
    self.cells = cells
  }

  /// The rows as the text of a CSV file.
  public var csv: String {
    ([law.features + [law.target]] + cells).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// The columns as they are written.
  public var writtenRows: [[Double]] { cells.map { $0.dropLast().map { Double($0) ?? .nan } } }

  /// The targets as they are written.
  public var writtenTargets: [Double] { cells.map { Double($0[$0.count - 1]) ?? .nan } }

  /// The rows read from a file, so that a search knows all a file tells.
  ///
  /// - Throws: `DataError`, or an error of the system where no temporary file can be written.
  public func dataset() throws -> Dataset {
    try ChoiceData.dataset(csv: csv, target: law.target, features: law.features)
  }

  /// The data set of a file with the text `csv`, which is written, read and removed.
  static func dataset(csv: String, target: String, features: [String]) throws -> Dataset {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(csv.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try Dataset(contentsOf: url.path, target: target, features: features)
  }

  /// A factor of two digits, so that the scaled law's constants stay short; none near 1, which would be one
  /// that the law can do without.
  private static func roundFactor(_ factor: Double) -> Double {
    (0.8..<1.25).contains(factor) ? 1.3 : Double(String(format: "%.1e", factor)) ?? factor
  }
}
