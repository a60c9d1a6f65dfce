import Expressions
import Foundation
import Suites
import Testing

@Suite struct ProblemTests {
  @Test func thereAreNine() {
    #expect(EmpiricalBench.problems.count == 9)
    #expect(Set(EmpiricalBench.problems.map(\.key)).count == 9)
  }

  @Test(arguments: EmpiricalBench.problems.map(\.key))
  func theFileHasTheColumnsAndTheLawExplainsIt(key: String) throws {
    let problem = try EmpiricalBench.problem(key)
    let (header, rows) = try committed(problem)
    #expect(header == problem.features + [problem.target])
    #expect(rows.allSatisfy { $0.count == header.count && $0.allSatisfy(\.isFinite) })
    let targets = rows.map { $0[$0.count - 1] }
    let mean = targets.reduce(0, +) / Double(targets.count)
    let constants = try judge(key).bestConstants
    let residuals = rows.map { $0[$0.count - 1] - problem.law.value(Array($0.dropLast()), constants) }
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    #expect(squares(residuals) < 0.45 * squares(targets.map { $0 - mean }))
  }

  @Test(arguments: ["newton", "planck", "schechter", "ideal_gas", "rydberg"])
  func theCommittedFileIsTheCommittedDataSeeds(key: String) throws {
    let problem = try EmpiricalBench.problem(key)
    let rows = try committed(problem).rows
    let fresh = try #require(problem.generatedRows(seed: EmpiricalBench.committedDataSeed))
    #expect(rows.count == fresh.count)
    // Other mathematical libraries may differ in the last digit.
    for (old, new) in zip(rows.joined(), fresh.joined()) { #expect(abs(old - new) <= 1e-13 * abs(old)) }
    #expect(problem.generatedRows(seed: 1) != fresh)
  }

  @Test func observedDataAreNotGenerated() throws {
    for key in ["hubble", "kepler", "leavitt", "bode"] {
      #expect(try EmpiricalBench.problem(key).generatedCSV(seed: 0) == nil)
    }
  }

  @Test(arguments: [
    ("newton", 0.1), ("planck", 0.1), ("schechter", 0.2), ("ideal_gas", 0.1), ("rydberg", 0.01),
  ])
  func theNoiseIsAsStated(key: String, noise: Double) throws {
    let problem = try EmpiricalBench.problem(key)
    let constants = problem.law.constants.map(\.value)
    let factors = try (1...40).flatMap { seed in
      try #require(problem.generatedRows(seed: seed)).map { row in
        exp(row[row.count - 1] - problem.law.value(Array(row.dropLast()), constants)) - 1
      }
    }
    let spread = (factors.reduce(0) { $0 + $1 * $1 } / Double(factors.count)).squareRoot()
    #expect(abs(spread / noise - 1) < 0.1)
    #expect(abs(factors.reduce(0, +) / Double(factors.count)) < noise / 8)
  }

  @Test func generatedTextReadsBack() throws {
    let problem = try EmpiricalBench.problem("planck")
    let text = try #require(problem.generatedCSV(seed: 5))
    let read = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map { Double($0) } }
    #expect(read == problem.generatedRows(seed: 5)?.map { $0.map(Optional.some) })
  }

  @Test func levelsArePairsOfWholeNumbers() throws {
    let rows = try #require(EmpiricalBench.problem("rydberg").generatedRows(seed: 3))
    for row in rows {
      #expect(row[0] >= 1 && row[0] < row[1] && row[1] <= 7)
      #expect(row[0] == row[0].rounded() && row[1] == row[1].rounded())
    }
  }

  @Test(arguments: EmpiricalBench.problems.map(\.key))
  func theDomainCoversTheDataAndGoesBeyond(key: String) throws {
    let problem = try EmpiricalBench.problem(key)
    let rows = try committed(problem).rows
    let (on, beyond) = (problem.domain.rowsOnRange(), problem.domain.rowsBeyondRange())
    #expect(on == problem.domain.rowsOnRange())
    let constants = problem.law.constants.map(\.value)
    #expect((on + beyond).allSatisfy { problem.law.value($0, constants).isFinite })
    for index in problem.features.indices {
      let values = rows.map { $0[index] }
      let (low, high) = try (#require(values.min()), #require(values.max()))
      #expect(try #require(beyond.map { $0[index] }.max()) > high)
      if key != "bode" && key != "rydberg" {
        #expect(on.allSatisfy { $0[index] > 0 })
        #expect(try #require(beyond.map { $0[index] }.min()) < low)
      }
    }
  }
}
