import Expressions
import Foundation
import Suites
import Testing

@Suite struct ChoiceDataTests {
  private func data(_ law: String, _ noise: ChoiceNoise, rows: Int = 3000, seed: UInt64 = 1) throws
    -> ChoiceData
  {
    ChoiceData(try #require(ChoiceLaws.named([law]).first), noise: noise, rowCount: rows, seed: seed)
  }

  /// (written - exact) / `unit`, row by row.
  private func errors(_ data: ChoiceData, per unit: (Double) -> Double) -> [Double] {
    zip(data.writtenTargets, data.exactTargets).map { ($0 - $1) / unit($1) }
  }

  private func spread(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  @Test func lawsAreManyAndSmall() {
    let laws = ChoiceLaws.all
    #expect(laws.count >= 24 && Set(laws.map(\.key)).count == laws.count)
    let allowed = Set(" + - * / ^ exp log sqrt square sin cos".split(separator: " ").map(String.init))
    for law in laws {
      #expect((3...17).contains(law.formula.complexity), "\(law.key)")
      #expect((1...4).contains(law.features.count) && !law.source.isEmpty, "\(law.key)")
      #expect(law.formula.featureIndices == Array(law.features.indices), "\(law.key)")
      #expect(law.formula.operators.all.allSatisfy { allowed.contains($0.listName) }, "\(law.key)")
    }
  }

  @Test func everyLawIsFiniteOnItsRowsHoweverTheyAreWritten() throws {
    for law in ChoiceLaws.all {
      for noise in ChoiceNoise.allCases where noise.suits(law) {
        let data = ChoiceData(law, noise: noise, rowCount: 100, seed: 3)
        let values = data.exactTargets + data.writtenTargets + evaluated(data.truth, data.writtenRows)
        #expect(values.allSatisfy { $0.isFinite }, "\(law.key) \(noise)")
        #expect(Set(data.writtenTargets).count > 3, "\(law.key) \(noise)")
      }
    }
  }

  @Test func theSameSeedGivesTheSameFile() throws {
    for noise in ChoiceNoise.allCases {
      let first = try data("ohmic", noise, rows: 50)
      #expect(try first.csv == data("ohmic", noise, rows: 50).csv)
      #expect(try first.csv != data("ohmic", noise, rows: 50, seed: 2).csv)
      #expect(try first.rows == data("ohmic", .exact, rows: 50).rows)
    }
  }

  @Test func normalErrorsHaveTheirSpread() throws {
    let relative = { (value: Double) in abs(value) }
    #expect(try abs(spread(errors(data("ohmic", .proportional), per: relative)) / 0.1 - 1) < 0.05)
    #expect(try abs(spread(errors(data("ohmic", .proportional1), per: relative)) / 0.01 - 1) < 0.05)
    let additive = try data("ohmic", .additive)
    #expect(abs(spread(errors(additive, per: { _ in additive.errors.scale })) / 0.05 - 1) < 0.05)
    let lognormal = try data("ohmic", .lognormal)
    let logarithms = zip(lognormal.writtenTargets, lognormal.exactTargets).map { log($0 / $1) }
    #expect(abs(spread(logarithms) / 0.1 - 1) < 0.05)
    let columns = try data("ohmic", .columns)
    for index in 0...1 {
      let shifts = zip(columns.writtenRows, columns.rows).map { $0[index] / $1[index] - 1 }
      #expect(abs(spread(shifts) / 0.03 - 1) < 0.05)
    }
    // The target is that of the true columns.
    #expect(errors(columns, per: relative).allSatisfy { abs($0) < 1e-5 })
  }

  @Test func countsVaryLikePoissons() throws {
    let counts = try data("michaelis", .counts)
    #expect(counts.writtenTargets.allSatisfy { $0 >= 0 && $0.rounded() == $0 })
    #expect(abs(median(counts.exactTargets) / 40 - 1) < 0.1)
    #expect(abs(spread(errors(counts, per: { $0.squareRoot() })) - 1) < 0.05)
    let whole = try data("michaelis", .whole)
    #expect(errors(whole, per: { _ in 1 }).allSatisfy { abs($0) <= 0.5 })
  }

  @Test func farErrorsAreAsManyAsSaid() throws {
    let tails = try data("decay", .heavyTails)
    // Half of Student's variable with two degrees is within √(2/3).
    let sizes = errors(tails, per: { _ in 0.03 * tails.errors.scale }).map(abs)
    #expect(abs(median(sizes) / (2.0 / 3).squareRoot() - 1) < 0.05)
    #expect(abs(Double(sizes.count { $0 > 4.302653 }) / 3000 - 0.05) < 0.012)
    let outliers = try data("decay", .outliers)
    let far = errors(outliers, per: { _ in 0.02 * outliers.errors.scale }).map(abs)
    #expect(abs(Double(far.count { $0 > 9.9 }) / 3000 - 0.05) < 0.012)
    #expect((far.max() ?? 0) <= 50.1 && abs(spread(far.filter { $0 < 9.9 }) - 0.603) < 0.05)
    let saturated = try data("decay", .saturated)
    let ceiling = try #require(saturated.writtenTargets.max())
    #expect(abs(Double(saturated.writtenTargets.count { $0 == ceiling }) / 3000 - 0.15) < 0.01)
  }

  @Test func numbersAreWrittenAsSaid() throws {
    func digits(_ cell: String) -> Int {
      let mantissa = cell.split(separator: "e")[0].filter(\.isNumber).drop { $0 == "0" }
      return mantissa.count
    }
    for (noise, most) in [(ChoiceNoise.exact, 17), (.digits15, 15), (.digits6, 6), (.digits3, 3)] {
      let cells = try data("gas", noise, rows: 200).cells.flatMap(\.self)
      #expect(cells.map(digits).max() == most, "\(noise)")
    }
    let decimals = try data("michaelis", .decimals, rows: 200)
    for place in 0...1 {
      let lengths = Set(decimals.cells.map { $0[place].split(separator: ".").last?.count })
      #expect(lengths.count == 1)
    }
    let floats = try data("gas", .float32, rows: 200).writtenTargets
    #expect(floats.allSatisfy { Double(Float($0)).distance(to: $0).magnitude < abs($0) * 1e-7 })
    #expect(try data("gas", .exact, rows: 200).writtenTargets == data("gas", .exact, rows: 200).exactTargets)
  }

  @Test func filesAreReadBack() throws {
    let written = try data("coulomb", .digits6, rows: 30)
    let dataset = try written.dataset()
    #expect(dataset.target.array == written.writtenTargets)
    #expect(dataset.features.map(\.array) == (0..<3).map { index in written.writtenRows.map { $0[index] } })
  }

  @Test func countsSuitWhatIsPositive() throws {
    #expect(try !ChoiceNoise.counts.suits(#require(ChoiceLaws.named(["nernst"]).first)))
    #expect(try ChoiceNoise.counts.suits(#require(ChoiceLaws.named(["decay"]).first)))
    #expect(throws: SuiteError.self) { try ChoiceLaws.named(["joul"]) }
    #expect(throws: SuiteError.self) { try ChoiceNoise.named(["poisson"]) }
  }

  @Test func aFactorGoesIntoConstantsThatAreThere() throws {
    for law in ChoiceLaws.all {
      let scaled = law.formula.scaled(by: 2.5)
      #expect(scaled.complexity <= law.formula.complexity + 2, "\(law.key)")
      let rows = law.rows(50, seed: 1, part: 0)
      for (value, plain) in zip(evaluated(scaled, rows), evaluated(law.formula, rows)) {
        #expect(abs(value - 2.5 * plain) <= 1e-11 * max(abs(value), 1e-3), "\(law.key)")
      }
    }
    let cooling = try #require(ChoiceLaws.named(["cooling"]).first)
    #expect(cooling.formula.scaled(by: 2).complexity == cooling.formula.complexity)
  }
}
