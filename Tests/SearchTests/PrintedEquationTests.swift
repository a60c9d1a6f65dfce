import Algebra
import Expressions
import Foundation
import Randomness
import Search
import Tables
import Testing

/// What a search's result prints: short constants that have the loss, simple ones where the loss is flat.
@Suite(.serialized) struct PrintedEquationTests {
  private func search(
    _ columns: [(name: String, values: [Double])], _ target: [Double], operators: String,
    _ change: (inout SearchOptions) -> Void = { _ in }
  ) throws -> SearchResult {
    var options = SearchOptions(seed: 5)
    options.threads = 2
    options.maximumSize = 10
    options.populations = 4
    options.populationSize = 40
    options.operators = try OperatorSet(parsing: operators)
    options.maximumEvaluations = 40_000
    change(&options)
    let data = try Dataset(features: columns, target: ("y", target), weights: nil)
    return try Search(data, options: options).runBlocking()
  }

  private func loss(_ formula: Formula, _ columns: [(name: String, values: [Double])], _ target: [Double])
    -> Double
  {
    let squares = target.indices.map { row in
      let difference = formula.value(columns.map { $0.values[row] }) - target[row]
      return difference * difference
    }
    return squares.reduce(0, +) / Double(target.count)
  }

  @Test(arguments: [40, 5_000])
  func `printed constants are short and have the loss`(rows: Int) throws {
    var random = RandomStream(seed: 4)
    let x = (0..<rows).map { _ in random.uniform(0.5, 9) }
    let y = x.map { 3.123456 * pow($0, 1.7123) + 250 + random.normal() }
    let result = try search([("x", x)], y, operators: "+ - * ^") { $0.maximumEvaluations = 10_000 }
    for equation in result.front {
      let found = loss(equation.printed, [("x", x)], y)
      #expect(abs(found - equation.loss) <= 0.0025 * equation.loss, "\(equation)")
      #expect(equation.printed.withConstants(equation.formula.constants) == equation.formula)
      for ((constant, printed), error) in zip(
        zip(equation.formula.constants, equation.printed.constants), equation.standardErrors)
      {
        #expect(abs(constant - printed) <= max(error.map { $0 / 10 } ?? .infinity, 0), "\(equation)")
      }
    }
    let law = try #require(result.front.first { $0.complexity == 7 })
    // Of a law under noise nobody wants more than some digits.
    #expect(law.printedExpression.count < 40, "\(law)")
    #expect(law.printedExpression != law.expression)
  }

  @Test func `an offset that cancels keeps its digits`() throws {
    var random = RandomStream(seed: 6)
    let x = (0..<60).map { _ in random.uniform(1, 2) }
    let y = x.map { 7e8 + 0.3 * $0 + 0.01 * random.normal() }
    let result = try search([("x", x)], y, operators: "+ *")
    for equation in result.front where equation.loss < 1 {
      let found = loss(equation.printed, [("x", x)], y)
      #expect(abs(found - equation.loss) <= 0.0025 * equation.loss, "\(equation)")
    }
    #expect(result.front.contains { $0.loss < 1e-3 })
  }

  @Test func `a bin's width is the number it was made with`() throws {
    var random = RandomStream(seed: 7)
    // The widths' multiples are among the prices: the interval ends at the width.
    let price = (0..<200).map {
      $0 % 20 == 0 ? Double($0) * 0.375 : (random.uniform(1, 100) * 100).rounded() / 100
    }
    let result = try search(
      [("price", price)], price.map { ($0 / 7.5).rounded(.down) }, operators: "+ - * / floor")
    #expect(result.front[result.best].printedExpression == "floor(price / 7.5)")
  }

  @Test func `a threshold is the simplest number between its neighbours`() throws {
    var random = RandomStream(seed: 8)
    let a = (0..<300).map { _ in random.uniform(0, 9) }
    let b = (0..<300).map { _ in random.uniform(-5, 5) }
    let result = try search(
      [("a", a), ("b", b)], zip(a, b).map { $0 > 4.2 ? $1 : -3 }, operators: "+ - * / if")
    let best = result.front[result.best]
    #expect(best.r2 > 1 - 1e-12)
    #expect(best.formula.constants.contains(4.2), "\(best)")
    #expect(best.formula.constants.allSatisfy { [4.2, 3, -3].contains($0) }, "\(best)")
  }

  @Test func `the simplest number of an interval has the fewest digits`() {
    for (low, high, wanted) in [
      (4.19, 4.23, 4.2), (0.13332, 0.13348, 0.1334), (-3.2, -2.1, -3), (-1, 2, 0), (99.2, 100.7, 100),
      (0.0123, 0.0127, 0.0125), (1.5e9, 1.7e9, 1.6e9), (2.0, 3.0, 3),
    ] {
      #expect(SimplestNumber.within(low...high).value == wanted, "\(low)...\(high)")
    }
    var random = RandomStream(seed: 9)
    for _ in 0..<2_000 {
      let low = random.normal() * random.logUniform(1e-9, 1e9)
      let interval = low...(low + random.logUniform(1e-12, 1) * abs(low))
      let found = SimplestNumber.within(interval)
      #expect(interval.contains(found.value) && found.digits <= 17)
      // No decimal of fewer digits lies within.
      guard found.digits > 1, found.value != 0 else { continue }
      let shorter = NumberText.rounding(found.value, digits: found.digits - 1)
      #expect(!interval.contains(shorter), "\(interval) \(found.value)")
    }
  }

  @Test func `a law's constants read as they were written`() throws {
    var random = RandomStream(seed: 10)
    let v = (0..<80).map { _ in random.uniform(1, 20) }
    let area = (0..<80).map { _ in random.uniform(1, 4) }
    let result = try search(
      [("A", area), ("v", v)], zip(area, v).map { 0.6 * $0 * $1 * $1 }, operators: "* square")
    #expect(result.front[result.best].printedExpression == "0.6 * A * square(v)")
    #expect(result.front[result.best].formula.constants == [0.6])
  }
}
