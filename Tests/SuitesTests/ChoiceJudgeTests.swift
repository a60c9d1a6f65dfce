import Expressions
import Foundation
import Suites
import Testing

@Suite struct ChoiceJudgeTests {
  private func data(_ law: String, _ noise: ChoiceNoise, rows: Int = 300) throws -> ChoiceData {
    ChoiceData(try #require(ChoiceLaws.named([law]).first), noise: noise, rowCount: rows, seed: 1)
  }

  private func judge(_ data: ChoiceData) -> ChoiceJudge {
    ChoiceJudge(data, evaluate: { evaluated($0, $1) })
  }

  /// A form with the constants that suit the written rows best; whole numbers belong to the form.
  private func fitted(_ text: String, _ data: ChoiceData) throws -> Formula {
    let form = try Formula(parsing: text, features: data.law.features)
    let free = ChoiceFit.freeConstants(of: form)
    let (rows, targets) = (data.writtenRows, data.writtenTargets)
    func moved(_ moves: [Double]) -> Formula {
      var constants = form.constants
      for (index, move) in zip(free, moves) { constants[index] *= 1 + move }
      return form.withConstants(constants)
    }
    let start = free.map { _ in 0.0 }
    let solution = LevenbergMarquardt.minimise(from: start, scales: free.map { _ in 1 }) { moves in
      zip(evaluated(moved(moves), rows), targets).map { ($0 - $1) / data.errors.scale }
    }
    return moved(solution?.parameters ?? start)
  }

  @Test(arguments: ChoiceNoise.allCases) func everyLawPassesHoweverItsConstantsAreFitted(noise: ChoiceNoise) {
    for law in ChoiceLaws.all where noise.suits(law) {
      let data = ChoiceData(law, noise: noise, rowCount: 60, seed: 1)
      let judge = judge(data)
      // Errors of 3 % in a diode's voltage are two thirds of what multiplies its current by e: rows that count
      // the same lead to no diode.
      let isHopeless = law.key == "diode" && noise == .columns
      for estimator in ChoiceFit.Estimator.allCases where !(isHopeless && estimator == .leastSquares) {
        let fit = ChoiceFit(data, estimator) { evaluated($0, $1) }
        let verdict = judge.verdict(on: fit.formula)
        #expect(verdict == .law, "\(verdict) \(law.key) \(estimator)")
      }
    }
  }

  static let rewritings = [
    ("ohmic", "l * square(0.148 / d)"), ("coulomb", "q1 * q2 / (1.1e-10 * square(d))"),
    ("cooling", "63.2 * 0.956 ^ t + 21.5"), ("michaelis", "7.4 - 9.99 / (s + 1.35)"),
    ("logistic", "96.0 / (1.0 + 14.9 * 0.712 ^ t)"), ("wind", "0.42 * log(32.3 * z)"),
    ("nernst", "T * (0.0862 * log(c1) - 0.0862 * log(c2))"), ("arrhenius", "2.4e10 * exp(-8954.0 / T)"),
    ("planck", "3.2 * f ^ 3.0 / (exp(4.8 * f / T) - 1.0)"),
    ("gauss", "4.2 * 0.68 ^ square(x - 3.7)"), ("wave", "1.9 + 2.6 * cos(0.85 * t - 0.97)"),
    ("malus", "3.15 + 3.15 * cos(2.0 * theta)"), ("parallel", "1 / (1 / a + 1 / b)"),
    ("squares", "x * (x - 2 * z) + square(z)"), ("throw", "1.8 - t * (4.905 * t - 7.3)"),
    ("gas", "n * T / (0.1203 * V - 0.005136 * n)"),
  ]

  @Test(arguments: rewritings, [ChoiceNoise.digits6, .proportional1, .columns, .saturated])
  func rewrittenLawsPass(form: (String, String), noise: ChoiceNoise) throws {
    let data = try data(form.0, noise)
    let verdict = try judge(data).verdict(on: fitted(form.1, data))
    #expect(verdict == .law, "\(verdict)")
  }

  static let nearMisses = [
    ("joule", "U * I ^ 1.001"), ("joule", "1.001 * U * I"), ("squares", "square(x - 0.99 * z)"),
    ("squares", "square(x - z + 0.01)"), ("ohmic", "0.0219 * l / square(d) + 0.001 * l"),
    ("ohmic", "0.0219 * l ^ 1.01 / square(d)"), ("ohmic", "0.0219 * l / square(d + 0.001)"),
    ("coulomb", "8.99e9 * q1 ^ 1.001 * q2 / square(d)"), ("coulomb", "8.99e9 * q1 * q2 / (square(d) + 1e-6)"),
    ("cooling", "84.7 - 2.3 * t + 0.02 * square(t)"), ("cooling", "21.5 + 63.2 * exp(-0.045 * t) - 0.01 * t"),
    ("michaelis", "7.4 * s ^ 0.98 / (1.35 + s ^ 0.98)"), ("michaelis", "3.1 + 1.1 * log(s)"),
    ("decay", "850 * exp(-0.125 * t) + 1.1"), ("decay", "850 / (1 + 0.125 * t + 0.0078 * square(t))"),
    ("gauss", "4.2 / (1 + square(x - 3.7) / 2.6)"), ("torricelli", "4.43 * h ^ 0.5 + 0.01"),
    ("arrhenius", "(0.00727 * T) ^ 23.9"), ("wave", "1.9 + 2.6 * sin(0.85 * t + 0.6) + 0.01 * t"),
  ]

  @Test(arguments: nearMisses, [ChoiceNoise.exact, .digits6, .additive, .proportional, .heavyTails])
  func nearMissesFail(form: (String, String), noise: ChoiceNoise) throws {
    let data = try data(form.0, noise)
    #expect(try !judge(data).verdict(on: fitted(form.1, data)).isRight)
  }

  /// Exponents, too, may be fitted where errors are such that least squares do them justice.
  @Test(arguments: [ChoiceNoise.digits3, .proportional1, .additive])
  func fittedExponentsPass(noise: ChoiceNoise) throws {
    let forms = [("ohmic", "l * (0.148 / d) ^ 2.01"), ("planck", "3.2 * f ^ 3.01 / (exp(4.8 * f / T) - 1)")]
    for (law, text) in forms {
      let data = try data(law, noise)
      let verdict = try judge(data).verdict(on: fitted(text, data))
      #expect(verdict == .law, "\(verdict) \(law)")
    }
  }

  @Test func constantsMayBeOffAsFarAsErrorsExplain() throws {
    let data = try data("cooling", .additive, rows: 60)
    func verdict(_ text: String) throws -> ChoiceVerdict {
      try judge(data).verdict(on: Formula(parsing: text, features: data.law.features))
    }
    #expect(try verdict("22.0 + 63.5 * exp(-0.046 * t)") == .law)
    #expect(try verdict("21.5 + 85.0 * exp(-0.045 * t)") == .otherConstants)
    #expect(try verdict("21.5 + 63.2 * exp(-0.08 * t)") == .otherConstants)
    let exact = try self.data("ohmic", .exact)
    let wrong = try Formula(parsing: "0.0219 * l / d ^ 2.05", features: exact.law.features)
    #expect(judge(exact).verdict(on: wrong) == .otherConstants)
  }

  /// The -1 of a diode is a hundred-millionth of its current at these voltages.
  @Test func whatNobodyCanSeeMayBeThere() throws {
    let data = try data("diode", .digits6)
    func verdict(_ text: String) throws -> ChoiceVerdict {
      try judge(data).verdict(on: Formula(parsing: text, features: data.law.features))
    }
    #expect(try verdict("1e-12 * (exp(V / 0.02714) - 1)") == .law)
    #expect(try verdict("1.0001e-12 * (exp(V / 0.0271401) - 1)") == .law)
    #expect(try verdict("1.0001e-12 * exp(V / 0.0271401)") == .law)
    #expect(try verdict("1e-12 * exp(V / 0.02714) - 3e-5") == .superfluousConstant)
  }

  @Test func whatDataCannotTellMayBeLeftOut() throws {
    let law = try #require(
      ChoiceLaw(line: "tilt | y = 5.5+2.3*x+0.0001*z | x 0.1..10, z 0.1..10 | a term nobody can see"))
    let simpler = try Formula(parsing: "5.5 + 2.3 * x", features: law.features)
    let noisy = ChoiceData(law, noise: .additive, rowCount: 60, seed: 1)
    #expect(judge(noisy).verdict(on: simpler) == .simplerAsGood)
    // With constants as a fit gives them it is no nearer to the law than the law's own form.
    let off = try Formula(parsing: "6.5 + 2.3 * x", features: law.features)
    #expect(!judge(noisy).verdict(on: off).isRight)
    let exact = ChoiceData(law, noise: .exact, rowCount: 60, seed: 1)
    #expect(judge(exact).verdict(on: simpler) == .different)
  }

  @Test func errorsAreMeasuredAgainstTheBestFit() throws {
    let data = try data("cooling", .proportional)
    let judge = judge(data)
    let fit = ChoiceFit(data, .likelihood) { evaluated($0, $1) }.formula
    #expect((0.1...1.01).contains(try #require(judge.errorRatio(of: fit))))
    #expect(judge.errorRatio(of: data.truth) == 0)
    let constant = Formula.constant(40)
    #expect(try #require(judge.errorRatio(of: constant)) > 10)
    let broken = try Formula(parsing: "log(t - 45)", features: ["t"])
    #expect(judge.errorRatio(of: broken) == nil && judge.verdict(on: broken) == .different)
    #expect(judge.verdict(on: .feature(3)) == .different)
  }
}
