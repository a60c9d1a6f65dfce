import Expressions
import Foundation
import Suites
import Testing

@Suite struct JudgeTests {
  @Test(arguments: [
    ("hubble", "150 * distance"), ("kepler", "300 * semimajor_axis ^ 1.5"),
    ("newton", "log(mass_1 * mass_2 / square(distance)) - 22"), ("leavitt", "15.56 - 0.5 * log(period)"),
    ("ideal_gas", "log(amount * temperature / volume)"),
    ("schechter", "-1.2 * log(luminosity) - 2.35"), ("schechter", "-24 - luminosity * 4e-9"),
    ("planck", "3 * log(frequency) - log(exp(4.2e-11 * frequency / temperature) - 1) - 114.74"),
  ])
  func theRightShapeWithWrongConstantsIsAPoorFit(key: String, text: String) throws {
    #expect(try verdict(key, text).finding == .poorFit)
  }

  @Test func aHeldSlopeHasTheFormButIsNotTheLaw() throws {
    let verdict = try verdict("leavitt", "15.83 - log(period)")
    #expect(verdict.finding == .heldConstant)
    #expect(verdict.hasForm && !verdict.isSolved)
  }

  @Test func aFreeSlopeWritesTheSameLineAsTheLaw() throws {
    let verdict = try verdict("leavitt", "15.83 - 1.0 * log(period)")
    #expect(verdict.isSolved && verdict.adjustment == 0)
    #expect(abs(verdict.lawConstants[0] - 15.83) < 1e-6 && abs(verdict.lawConstants[1] + 1) < 1e-6)
  }

  @Test func deviationsAreOfTheCandidateAsItIs() throws {
    let exact = try verdict("kepler", "366 * semimajor_axis ^ 1.5")
    #expect(try #require(exact.deviationBeyond) < 1e-9)
    let fitted = try verdict("kepler", "366 * semimajor_axis ^ 1.4998")
    #expect(fitted.isSolved && abs(fitted.adjustment - 0.0002 / 1.4998) < 1e-6)
    let (near, far) = try (#require(fitted.deviationOnRange), #require(fitted.deviationBeyond))
    #expect(near > 1e-5 && far > near)
  }

  @Test func anExponentOnePercentOffIsTheLimit() throws {
    var settings = JudgeSettings()
    settings.lossFactor = 1e9
    #expect(try verdict("kepler", "366 * semimajor_axis ^ 1.512", settings).isSolved)
    #expect(try !verdict("kepler", "366 * semimajor_axis ^ 1.517", settings).hasForm)
  }

  @Test func aLongWayToWriteALawIsTooComplex() throws {
    let text = "100 * distance + 100 * distance + 100 * distance + 124 * distance"
    #expect(try verdict("hubble", text).finding == .tooComplex)
    var settings = JudgeSettings()
    settings.complexityFactor = 10
    #expect(try verdict("hubble", text, settings).isSolved)
  }

  @Test func overflowIsForgivenAndAHoleIsNot() throws {
    // No value where exp overflows, beyond the range of the data and on its edge.
    let textbook = "3 * log(frequency) - log(exp(4.8e-11 * frequency / temperature) - 1) - 114.74"
    #expect(try verdict("planck", textbook).isSolved)
    // Lost to zero where exp underflows, at the same place.
    let falling =
      "log(cube(frequency) * exp(-4.8e-11 * frequency / temperature) / (1 - exp(-4.8e-11 * frequency / temperature))) - 114.74"
    #expect(try verdict("planck", falling).isSolved)
    // Not defined below the shortest distance, though no datum shows it.
    var settings = JudgeSettings()
    settings.complexityFactor = 10
    let hole = "424 * distance + 0.0 * log(distance - 0.03)"
    #expect(try verdict("hubble", hole, settings).finding == .undefined)
    let pole = "424 * distance + 0.0 / (log(distance - 0.031999) + 0)"
    #expect(try verdict("hubble", pole, settings).finding == .undefined)
  }

  @Test func theFrontsBestMemberIsTheLawRatherThanItsForm() throws {
    let judge = try judge("leavitt")
    let front = try ["14.2", "15.83 - log(period)", "15.56 - 0.87 * log(period)"].map {
      try Formula(parsing: $0, features: ["period"])
    }
    #expect(judge.bestMember(of: front)?.index == 2)
    #expect(judge.bestMember(of: Array(front.prefix(2)))?.index == 1)
    #expect(judge.bestMember(of: Array(front.prefix(1))) == nil)
    #expect(judge.bestMember(of: []) == nil)
  }

  @Test(arguments: 1...4) func freshDataAreJudgedAlike(seed: Int) throws {
    for problem in EmpiricalBench.problems {
      guard let rows = problem.generatedRows(seed: UInt64(seed)) else { continue }
      let judge = try Judge(
        problem, rows: rows.map { Array($0.dropLast()) }, targets: rows.map { $0[$0.count - 1] },
        evaluate: { evaluated($0, $1) })
      let law = try Formula(parsing: problem.law.simplestForm, features: problem.features)
      #expect(judge.verdict(on: law).isSolved, "\(problem.key)")
      let other = Formula.apply(.add, law, .apply(.log, .apply(.add, .constant(3), .feature(0))))
      #expect(!judge.verdict(on: other).hasForm, "\(problem.key)")
    }
  }

  /// Every constant fitted to noisy data: exponents come out near whole numbers, twice written constants
  /// apart.
  @Test(
    arguments: [
      ("newton", "log(mass_1 * mass_2) - 2.0 * log(distance) - 23.4"),
      ("rydberg", "-16.21 - log(lower_level ^ -2.0 - upper_level ^ -2.0)"),
      ("planck", "3.0 * log(frequency) - log(exp(4.8e-11 * frequency / temperature) - 1) - 114.7"),
      (
        "planck",
        "log(cube(frequency) / (1 - exp(-4.8e-11 * frequency / temperature))) - 4.8e-11 * frequency / temperature - 114.7"
      ),
    ], 0...5)
  func whatASearchFitsIsRecognised(form: (key: String, text: String), seed: Int) throws {
    let problem = try EmpiricalBench.problem(form.key)
    let rows = try #require(problem.generatedRows(seed: UInt64(seed)))
    let judge = try Judge(
      problem, rows: rows.map { Array($0.dropLast()) }, targets: rows.map { $0[$0.count - 1] },
      evaluate: { evaluated($0, $1) })
    let formula = try Formula(parsing: form.text, features: problem.features)
    let verdict = try judge.verdict(on: fitted(formula, to: problem, seed: UInt64(seed)))
    #expect(verdict.isSolved && verdict.adjustment > 0)
  }

  @Test func formulasOfOtherColumnsAreDifferent() throws {
    #expect(
      try judge("hubble").verdict(on: .apply(.multiply, .constant(424), .feature(1))).finding == .different)
  }

  @Test func unsuitableDataAreRefused() throws {
    let problem = try EmpiricalBench.problem("hubble")
    func build(_ rows: [[Double]], _ targets: [Double]) throws {
      _ = try Judge(problem, rows: rows, targets: targets, evaluate: { evaluated($0, $1) })
    }
    #expect(throws: SuiteError.self) { try build([], []) }
    #expect(throws: SuiteError.self) { try build([[1], [2]], [1]) }
    #expect(throws: SuiteError.self) { try build([[1, 2], [2, 3]], [1, 2]) }
    #expect(throws: SuiteError.self) { try build([[1], [.nan]], [1, 2]) }
    #expect(throws: SuiteError.self) { try EmpiricalBench.problem("hubbel") }
  }
}
