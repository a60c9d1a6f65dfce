import ArgumentParser
import Evaluation
import Foundation
import Search
import Suites

extension Precision: ExpressibleByArgument {
  /// Reads `32` or `64`.
  public init?(argument: String) {
    guard let bits = Int(argument) else { return nil }
    self.init(rawValue: bits)
  }
  /// What may be given.
  public static var allValueStrings: [String] { allCases.map { "\($0.rawValue)" } }
}

extension RandomTrees.Operators: ExpressibleByArgument {}

/// The suites of problems.
enum ProblemSuite: String, ExpressibleByArgument, CaseIterable { case empirical, feynman, strogatz }

/// Whole numbers, as in `1,2,3`.
struct SeedList: ExpressibleByArgument, CustomStringConvertible {
  let values: [UInt64]

  /// The numbers as they are given.
  var description: String { values.map(String.init).joined(separator: ",") }

  init?(argument: String) {
    let words = argument.split { $0 == "," || $0 == " " }
    values = words.compactMap { UInt64($0) }
    if values.isEmpty || values.count != words.count { return nil }
  }
}

/// Parts of a search, as in `powers,groups`; none for an empty text.
struct ClosedFormList: ExpressibleByArgument, CustomStringConvertible {
  /// What may be given.
  static let names = ClosedForm.allCases.map(\.rawValue).joined(separator: ",")
  let values: Set<ClosedForm>

  /// The parts as they are given.
  var description: String { values.map(\.rawValue).sorted().joined(separator: ",") }

  init?(argument: String) {
    let words = argument.split { $0 == "," || $0 == " " }.map(String.init)
    values = Set(words.compactMap(ClosedForm.init(rawValue:)))
    if values.count != Set(words).count { return nil }
  }
}

/// Levels of noise, as in `0,0.001,0.01`: none negative.
struct NoiseList: ExpressibleByArgument, CustomStringConvertible {
  let values: [Double]

  /// The levels as they are given.
  var description: String { values.map { "\($0)" }.joined(separator: ",") }

  init?(argument: String) {
    let words = argument.split { $0 == "," || $0 == " " }
    values = words.compactMap { Double($0) }
    if values.isEmpty || values.count != words.count { return nil }
    if values.contains(where: { !($0 >= 0 && $0 <= 100) }) { return nil }
  }
}

/// Arguments that several commands check alike.
enum Checks {
  /// - Throws: `ValidationError`, which ends the program with 64.
  static func rows(_ rows: Int) throws {
    guard (1...100_000_000).contains(rows) else { throw ValidationError("--rows: give 1 to 100000000 rows") }
  }

  /// Rows of a data set made from a law.
  ///
  /// - Throws: `ValidationError`.
  static func generatedRows(_ rows: Int?) throws {
    if let rows, !(4...1_000_000).contains(rows) {
      throw ValidationError("--rows: give 4 to 1000000 rows")
    }
  }

  /// - Throws: `ValidationError`.
  static func noise(_ noise: Double) throws {
    guard noise >= 0, noise <= 100 else { throw ValidationError("--noise: give 0 to 100") }
  }

  /// - Throws: `ValidationError`.
  static func threads(_ threads: Int?) throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: give 1 to 1024 threads")
    }
  }

  /// - Throws: `ValidationError`.
  static func seconds(_ seconds: Double, _ option: String) throws {
    guard seconds > 0, seconds <= 1e6 else {
      throw ValidationError("--\(option): give a positive number of seconds")
    }
  }

  /// The problems of the given names, in the order of the suite; all when none is named.
  ///
  /// - Throws: ``SuiteError`` for a name that is not there.
  static func problems(_ names: [String]) throws -> [Problem] {
    let wanted = try names.flatMap { $0.split(separator: ",") }
      .map { try EmpiricalBench.problem(String($0)).key }
    let all = EmpiricalBench.problems
    return wanted.isEmpty ? all : all.filter { wanted.contains($0.key) }
  }
}
