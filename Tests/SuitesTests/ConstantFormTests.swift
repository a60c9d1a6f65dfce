import Expressions
import Foundation
import Randomness
import Suites
import Testing

@Suite struct ConstantFormTests {
  /// Whole numbers, fractions, 1 / (4 π), 3 / (20 π), -2 π, π², 4 / π³, 1 / √(2 π), √2 / 3, 1 / √e, e².
  static let values: [Double] = [
    0, 1, -3, 0.5, 0.6666666666666666, 0.075, -0.125, 0.07957747154594767, 0.0477464829275686,
    -6.283185307179586, 9.869604401089358, 0.12900613773279798, 0.3989422804014327, 0.4714045207910317,
    0.6065306597126334, 7.38905609893065,
  ]

  @Test(arguments: values)
  func constantsOfLawsAreRecognised(value: Double) throws {
    for error in [0, 1e-11, -1e-11] {
      let near = Formula.constant(value * (1 + error))
      let exact = try #require(near.withExactConstants(), "\(value)")
      let found = evaluated(exact, [[]])[0]
      #expect(abs(found - value) <= 2e-16 * abs(value) * 4, "\(value) \(found)")
    }
  }

  @Test func othersAreNot() throws {
    #expect(try Formula(parsing: "1.2345678 * x", features: ["x"]).withExactConstants() == nil)
    #expect(Formula.constant(2.0 / 3 + 1e-7).withExactConstants() == nil)
    var stream = RandomStream(seed: 1)
    // One in a few hundred is near some form; algebra has the last word then.
    let recognised = (0..<1000).count { _ in
      Formula.constant(stream.uniform(0.1, 10)).withExactConstants() != nil
    }
    #expect(recognised < 50)
  }

  @Test func theRestOfTheFormulaStays() throws {
    let formula = try Formula(parsing: "0.5 * sin(x) + 0.15915494309189535 / y", features: ["x", "y"])
    let exact = try #require(formula.withExactConstants())
    #expect(exact.featureIndices == [0, 1] && exact.complexity > formula.complexity)
    let rows = [[1.0, 2.0], [-2.0, 0.5]]
    #expect(zip(evaluated(formula, rows), evaluated(exact, rows)).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
