import Expressions
import Foundation
import Randomness
import Search
import Tables
import Testing

/// What happens to a front at the end, and when the end comes.
@Suite(.serialized) struct FinishingTests {
  private func data(rows: Int, noise: Double, _ law: (Double, Double) -> Double) throws -> Dataset {
    var random = RandomStream(seed: 21)
    let x = (0..<rows).map { _ in random.uniform(0.5, 4) }
    let z = (0..<rows).map { _ in random.uniform(0.5, 4) }
    let y = zip(x, z).map { law($0, $1) + noise * random.normal() }
    return try Dataset(features: [("x", x), ("z", z)], target: ("y", y), weights: nil)
  }

  private func result(
    _ data: Dataset, operators: String = "+ - * / ^ exp log",
    _ change: (inout SearchOptions) -> Void = { _ in }
  ) throws -> SearchResult {
    var options = SearchOptions(seed: 5)
    options.threads = 2
    options.maximumSize = 12
    options.populations = 4
    options.populationSize = 40
    options.operators = try OperatorSet(parsing: operators)
    options.iterations = 200
    change(&options)
    return try Search(data, options: options).runBlocking()
  }

  @Test func `constants of an exact law are the numbers it was made with`() throws {
    let result = try result(try data(rows: 40, noise: 0) { .pi * $0 * $0 / $1 + 1.37 })
    let best = result.front[result.best]
    #expect(best.r2 > 1 - 1e-14)
    #expect(Set(best.formula.constants).isSubset(of: [.pi, 1 / .pi, 1.37, 2]), "\(best.expression)")
  }

  @Test func `constants within error of a simple number are put to it, others are not`() throws {
    let data = try data(rows: 200, noise: 0.02) { pow($0, 1.5) + 0.7183 * $1 }
    let result = try result(data, operators: "+ * ^") { $0.iterations = 6 }
    let best = result.front[result.best]
    #expect(best.formula.constants.contains(1.5), "\(best.expression)")
    #expect(best.formula.constants.contains { abs($0 - 0.7183) < 0.01 && $0 != 0.7183 })
    for (a, b) in zip(result.front, result.front.dropFirst()) {
      #expect(a.complexity < b.complexity && a.loss > b.loss)
    }
  }

  @Test func `an exact law ends the search soon, cancellation or not`() throws {
    for law in [{ 2.5 * $0 / $1 }, { x, z in (x + 1e6) * (z + 1e6) - 1e12 }] as [(Double, Double) -> Double] {
      let result = try result(try data(rows: 40, noise: 0, law), operators: "+ - * /")
      #expect(result.stopReason == .converged)
      #expect(result.iterations < 40)
    }
  }

  @Test func `a law under noise ends the search, and is chosen`() throws {
    let result = try result(try data(rows: 80, noise: 0.1) { 2.2 * $0 * $1 - 1.3 }, operators: "+ - * / exp")
    #expect(result.stopReason == .converged)
    let best = result.front[result.best]
    #expect(best.complexity == 7, "\(best.expression)")
  }

  @Test func `data that a constant explains need no search`() throws {
    for target in [[2.0], [7, 7, 7]] {
      let data = try Dataset(features: [("x", target.map { $0 * 3 })], target: ("y", target), weights: nil)
      let result = try result(data)
      #expect(result.stopReason == .converged)
      #expect(result.iterations == 0)
    }
  }

  @Test(arguments: [-16, 0, 5, 16])
  func `a law is found whatever the units of the columns`(power: Int) throws {
    let scale = pow(10, Double(power))
    var random = RandomStream(seed: 8)
    let x = (0..<40).map { _ in random.uniform(0.5, 4) }
    let z = (0..<40).map { _ in random.uniform(0.5, 4) }
    let y = zip(x, z).map { (2.3 * $0 * exp(-1.3 * $1) + 0.7) / scale }
    let data = try Dataset(
      features: [("x", x.map { $0 * scale }), ("z", z.map { $0 * scale })], target: ("y", y), weights: nil)
    let result = try result(data, operators: "+ - * / exp") {
      $0.maximumEvaluations = 200_000; $0.iterations = nil; $0.maximumSize = 11; $0.populations = 8
    }
    #expect(result.front.contains { $0.r2 > 1 - 1e-12 }, "\(result.front.last!)")
  }
}
