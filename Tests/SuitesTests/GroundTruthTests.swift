import Expressions
import Foundation
import Suites
import Testing

@Suite struct GroundTruthTests {
  @Test func theSuitesAreComplete() {
    for (suite, count) in [(GroundTruthSuite.feynman, 100), (.strogatz, 14)] {
      let problems = suite.problems
      #expect(problems.count == count && Set(problems.map(\.key)).count == count)
      for problem in problems {
        #expect(problem.law.featureIndices.allSatisfy(problem.features.indices.contains), "\(problem.key)")
        if suite == .feynman { #expect(problem.law.featureIndices.count == problem.features.count) }
        if case .uniform(let ranges) = problem.source { #expect(ranges.count == problem.features.count) }
      }
    }
  }

  /// Values of laws worked out by hand: what the grammar makes of the tables.
  static let values: [(String, [Double], Double)] = [
    ("I.6.2", [1.5, 2.5], 0.06631809252849911),
    ("I.15.3x", [6.0, 1.5, 1.25, 4.0], 4.449719092257398),
    ("I.24.6", [2.0, 1.5, 2.5, 3.0], 38.25),
    ("I.26.2", [0.5, 2.0], 0.47197776766338556),
    ("I.44.4", [2.0, 3.0, 1.5, 1.25, 4.0], 10.468357288251127),
    ("II.6.15b", [1.5, 2.0, 2.5, 1.25], -0.07814017964208579),
    ("III.15.14", [2.0, 3.0, 1.5], 0.007505272862395391),
    ("III.19.51", [2.0, 1.5, 3.0, 1.25, 2.5], -0.0144),
  ]

  @Test(arguments: values)
  func lawsReadAsPublished(key: String, features: [Double], value: Double) throws {
    let problem = try #require(GroundTruthSuite.feynman.problems([key]).first)
    let found = evaluated(problem.law, [features])[0]
    #expect(abs(found - value) <= 1e-12 * abs(value))
  }

  @Test(arguments: GroundTruthSuite.allCases) func dataAreTheLawOnItsRanges(suite: GroundTruthSuite) throws {
    for problem in suite.problems {
      let data = try GroundTruthData(problem, rowCount: 50, noise: 0, seed: 3)
      #expect(data.rows.count == 50 && data.targets == data.exactTargets)
      let values = evaluated(problem.law, data.rows)
      #expect(
        zip(values, data.targets).allSatisfy { abs($0 - $1) <= 1e-12 * (1 + abs($1)) }, "\(problem.key)")
      guard case .uniform(let ranges) = problem.source else { continue }
      for (index, range) in ranges.enumerated() {
        let column = data.rows.map { $0[index] }
        #expect(column.allSatisfy(range.contains))
        #expect((column.max() ?? 0) - (column.min() ?? 0) > 0.7 * (range.upperBound - range.lowerBound))
      }
    }
  }

  @Test func noiseIsRelativeAndTheSameDeviatesAtEveryLevel() throws {
    let exact = try groundTruth(.feynman, "I.12.11")
    let little = try groundTruth(.feynman, "I.12.11", noise: 0.01)
    let much = try groundTruth(.feynman, "I.12.11", noise: 0.1)
    #expect(exact.rows == little.rows && exact.exactTargets == much.exactTargets)
    let scale = (exact.targets.reduce(0) { $0 + $1 * $1 } / 1000).squareRoot()
    let errors = zip(much.targets, exact.targets).map { ($0 - $1) / scale }
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / 1000).squareRoot()
    #expect(abs(deviation - 0.1) < 0.01)
    for (index, error) in errors.enumerated() {
      #expect(abs((little.targets[index] - exact.targets[index]) / scale - error / 10) < 1e-12)
    }
    let other = try GroundTruthData(exact.problem, rowCount: 1000, noise: 0, seed: 1)
    #expect(other.rows != exact.rows)
  }

  @Test func theTextHoldsTheData() throws {
    let data = try groundTruth(.strogatz, "lv1", noise: 0.1, rows: 10)
    let lines = data.csv.split(separator: "\n")
    #expect(lines[0] == "x,y,dx" && lines.count == 11)
    let numbers = lines[1].split(separator: ",").compactMap { Double($0) }
    #expect(numbers == data.rows[0] + [data.targets[0]])
    #expect(Array(numbers.prefix(2)) == [1, 3])
    #expect(try data.dataset().rowCount == 10)
  }

  @Test func misspelledProblemsAreRefused() {
    #expect(throws: SuiteError.self) { try GroundTruthSuite.feynman.problems(["I.12.12"]) }
    #expect(throws: SuiteError.self) { try GroundTruthSuite.strogatz.problems(["I.12.11"]) }
  }
}
