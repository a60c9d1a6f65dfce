import Evaluation
import Expressions
import Foundation
import Noise
import Randomness
import Tables
import Testing

/// Data of the law 2·a·b/c² with errors of a kind.
private struct Sample {
  let dataset: Dataset
  let law: Formula
  /// The law with a term that follows the errors of the rows with the largest targets.
  let rival: Formula

  init(rows: Int, seed: UInt64, error: (Double, inout RandomStream) -> Double) throws {
    var random = RandomStream(seed: seed, 1)
    func column(_ least: Double, _ most: Double) -> [Double] {
      (0..<rows).map { _ in least + (most - least) * random.uniform() }
    }
    let (a, b, c) = (column(1, 5), column(1, 5), column(0.3, 3))
    let target = (0..<rows).map { row -> Double in
      let exact = 2 * a[row] * b[row] / (c[row] * c[row])
      return error(exact, &random)
    }
    dataset = try Dataset(features: [("a", a), ("b", b), ("c", c)], target: ("y", target))
    law = try Formula(parsing: "2 * a * b / square(c)", features: ["a", "b", "c"])
    rival = try Formula(parsing: "2 * a * b / square(c) + 0.5 * a - 1", features: ["a", "b", "c"])
  }

  func choice(_ setting: NoiseSetting = .auto) throws -> NoiseChoice {
    let evaluator = Evaluator(capacity: 40, loss: .meanSquaredError)
    let chooser = NoiseChooser(NoiseRows(dataset, most: 4_000), setting: setting) {
      Double($0.complexity) * 2
    }
    let choice = chooser.choice(
      among: [law, rival], map: { count, body in (0..<count).map { body($0, evaluator) } }, isDue: { false })
    return try #require(choice)
  }
}

/// Normal deviates.
private func normal(_ random: inout RandomStream) -> Double {
  (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * .pi * random.uniform())
}

@Suite struct NoiseChoiceTests {
  @Test(arguments: [1, 2, 3])
  func constantErrorsLookConstant(seed: UInt64) throws {
    let sample = try Sample(rows: 300, seed: seed) { $0 + 2 * normal(&$1) }
    let choice = try sample.choice()
    #expect(choice.model.spread == .constant)
    #expect(choice.model.tails == .gaussian)
    #expect(choice.shortest == 0)
    let fit = try #require(choice.fits[0])
    #expect(abs(fit.scale * NoiseRows(sample.dataset, most: 4_000).frame.scale / 2 - 1) < 0.15)
  }

  @Test(arguments: [1, 2, 3])
  func proportionalErrorsLookProportional(seed: UInt64) throws {
    let sample = try Sample(rows: 200, seed: seed) { $0 * (1 + 0.1 * normal(&$1)) }
    let choice = try sample.choice()
    // For a product of powers errors of the columns are the same.
    #expect([.proportional, .proportionalColumns].contains(choice.model.spread))
    #expect(choice.shortest == 0)
    #expect(choice.evidence > 20)
    let fit = try #require(choice.fits[0])
    if choice.model.spread == .proportional { #expect(abs(fit.scale / 0.1 - 1) < 0.25) }
    // Constants come out as well as ten percent in 200 rows let them.
    let factor = try #require(fit.formula.constants.first)
    #expect(abs(factor / 2 - 1) < 4 * 0.1 / 200.0.squareRoot())
  }

  @Test func countsLookLikeCounts() throws {
    let sample = try Sample(rows: 300, seed: 5) { exact, random in
      let mean = 30 * exact
      return (mean + mean.squareRoot() * normal(&random)).rounded() / 30
    }
    #expect(try sample.choice().model.spread == .counts)
  }

  @Test func outliersAreHeavyTailsAndDoNotMoveConstants() throws {
    let sample = try Sample(rows: 300, seed: 6) { exact, random in
      random.chance(0.05) ? exact + 100 : exact + 0.3 * normal(&random)
    }
    let choice = try sample.choice()
    #expect(choice.model.tails == .student)
    let factor = try #require(choice.fits[0]?.formula.constants.first)
    #expect(abs(factor - 2) < 0.01)
    // By squares alone the outliers would.
    let plain = try #require(try sample.choice(.constant).fits[0]?.formula.constants.first)
    #expect(abs(plain - 2) > abs(factor - 2))
  }

  @Test func aSettingIsObeyed() throws {
    let sample = try Sample(rows: 200, seed: 7) { $0 * (1 + 0.1 * normal(&$1)) }
    #expect(try sample.choice(.constant).model.spread == .constant)
    #expect(try sample.choice(.counts).model.spread == .counts)
    #expect(try sample.choice(.robust).model.tails == .student)
  }

  @Test func exactDataAreExplainedByRounding() throws {
    let sample = try Sample(rows: 100, seed: 8) { exact, _ in exact }
    let evaluator = Evaluator(capacity: 40, loss: .meanSquaredError)
    let rows = NoiseRows(sample.dataset, most: 4_000)
    #expect(ExactFit(sample.law, on: rows, with: evaluator)?.isOfMachine == true)
    #expect(ExactFit(sample.rival, on: rows, with: evaluator) == nil)
    let near = try Formula(parsing: "2.0000000001 * a * b / square(c)", features: ["a", "b", "c"])
    #expect(ExactFit(near, on: rows, with: evaluator) == nil)
  }

  @Test(arguments: [3, 6, 12])
  func printedDigitsAreAFloor(digits: Int) throws {
    // As a file with so many digits has it, columns included.
    let exact = try Sample(rows: 200, seed: 9) { exact, _ in exact }
    var text = "a,b,c,y\n"
    for row in 0..<200 {
      let values = exact.dataset.features.map { $0[row] } + [exact.dataset.target[row]]
      text += values.map { String(format: "%.\(digits)g", $0) }.joined(separator: ",") + "\n"
    }
    let path = NSTemporaryDirectory() + "printed-\(digits)-\(UInt64.random(in: 0 ... .max)).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let dataset = try Dataset(contentsOf: path)
    let evaluator = Evaluator(capacity: 40, loss: .meanSquaredError)
    let rows = NoiseRows(dataset, most: 4_000)
    #expect(ExactFit(exact.law, on: rows, with: evaluator) != nil)
    #expect(ExactFit(exact.rival, on: rows, with: evaluator) == nil)
    let chooser = NoiseChooser(rows, setting: .auto) { Double($0.complexity) }
    let found = chooser.choice(
      among: [exact.law, exact.rival], map: { count, body in (0..<count).map { body($0, evaluator) } },
      isDue: { false })
    let choice = try #require(found)
    #expect(choice.shortest == 0)
    #expect(choice.model.rounding == .columns)
    #expect(choice.fits[0]?.scale == 0)
  }

  @Test func wideTablesAreJudgedByTheColumnsThatAreUsed() throws {
    // Thousands of rounded columns, of which each formula has two: ends of all would take gigabytes.
    var random = RandomStream(seed: 12, 1)
    let count = 8_000
    let columns = (0..<count).map { index in
      (name: "v\(index)", values: (0..<30).map { _ in (1 + 3 * random.uniform()) })
    }
    var text = columns.map(\.name).joined(separator: ",") + ",y\n"
    for row in 0..<30 {
      let values = columns.map { $0.values[row] } + [columns[3].values[row] * columns[7].values[row]]
      text += values.map { String(format: "%.5g", $0) }.joined(separator: ",") + "\n"
    }
    let path = NSTemporaryDirectory() + "wide-\(UInt64.random(in: 0 ... .max)).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let dataset = try Dataset(contentsOf: path)
    let law = try Formula(parsing: "v3 * v7", features: dataset.featureNames)
    let evaluator = Evaluator(capacity: 8, loss: .meanSquaredError)
    let rows = NoiseRows(dataset, most: 4_000)
    for _ in 0..<200 { #expect(ExactFit(law, on: rows, with: evaluator) != nil) }
  }

  @Test func clippedValuesAreCutOff() throws {
    let sample = try Sample(rows: 300, seed: 10) { exact, random in min(12, exact + 0.2 * normal(&random)) }
    let rows = NoiseRows(sample.dataset, most: 4_000)
    #expect(rows.frame.limits.upper == 12)
    #expect(rows.frame.limits.lower == -.infinity)
    let choice = try sample.choice()
    #expect(choice.model.isCutOff)
    let factor = try #require(choice.fits[0]?.formula.constants.first)
    #expect(abs(factor - 2) < 0.05)
  }

  @Test func aPlateauIsNoLimit() {
    // A saturating law at few digits repeats its last values, too.
    let values = (0..<300).map { (tanh(Double($0) / 100) * 1000).rounded() / 1000 }
    var precision = ColumnPrecision()
    precision.absoluteStep = 1e-3
    #expect(!CutOff(Column(values), precision: precision).isAny)
  }

  @Test func weightsAreRelativeErrors() throws {
    // Rows of weight 1/4 have twice the error.
    var random = RandomStream(seed: 11, 1)
    let x = (0..<400).map { 1 + Double($0) / 100 }
    let weights = x.indices.map { $0.isMultiple(of: 2) ? 1.0 : 0.25 }
    let y = x.indices.map { 3 * x[$0] + 0.1 * normal(&random) / weights[$0].squareRoot() }
    let dataset = try Dataset(features: [("x", x)], target: ("y", y), weights: weights)
    let evaluator = Evaluator(capacity: 8, loss: .meanSquaredError)
    let line = try Formula(parsing: "3 * x", features: ["x"])
    let fitter = NoiseFitter(NoiseRows(dataset, most: 4_000), with: evaluator)
    let fit = try #require(fitter.fitted(line, under: NoiseModel()))
    let scale = fit.scale * NoiseRows(dataset, most: 4_000).frame.scale
    #expect(abs(scale / 0.1 - 1) < 0.12)
    #expect(abs(fit.chiSquared / 400 - 1) < 1e-6)
  }
}
