import Evaluation
import Foundation
import Suites
import Testing

@Suite struct RateTests {
  @Test(arguments: Precision.allCases)
  func evaluationIsMeasured(precision: Precision) throws {
    var settings = EvaluationRate.Settings(operators: .mixed, rows: 130, precision: precision, threads: 2)
    (settings.seconds, settings.repetitions, settings.expressions) = (0.01, 3, 50)
    let rate = EvaluationRate(measuring: settings)
    #expect(rate.nodeRowsPerSecond > 1e6)
    #expect(rate.lowest <= rate.nodeRowsPerSecond && rate.nodeRowsPerSecond <= rate.highest)
    let json = try JSONEncoder().encode(rate)
    #expect(
      try JSONDecoder().decode(EvaluationRate.self, from: json).nodeRowsPerSecond == rate.nodeRowsPerSecond)
    let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["node_rows_per_second"] is Double)
    #expect(object["set"] as? String == "mixed" && object["precision"] as? Int == precision.rawValue)
  }

  @Test func theFieldHasTheStatedNoise() throws {
    let exact = try FeynmanField.dataset(rows: 4000, noise: 0, seed: 2)
    let noisy = try FeynmanField.dataset(rows: 4000, noise: 0.01, seed: 2)
    #expect(exact.features.map(\.array) == noisy.features.map(\.array))
    let columns = exact.features.map(\.array)
    #expect(columns.joined().allSatisfy { (1..<5).contains($0) })
    for row in 0..<10 {
      let force =
        columns[0][row] * (columns[1][row] + columns[2][row] * columns[3][row] * sin(columns[4][row]))
      #expect(abs(exact.target[row] - force) <= 1e-12 * abs(force))
    }
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    let errors = zip(noisy.target.array, exact.target.array).map { $0 - $1 }
    #expect(abs((variance(errors) / variance(exact.target.array)).squareRoot() / 0.01 - 1) < 0.05)
  }

  @Test func ratesInsideASearchBelongTogether() async throws {
    var options = SearchRate.options(seconds: 0.5, seed: 1)
    options.threads = 2
    let rate = try await SearchRate(measuring: options, rows: 200)
    #expect(rate.candidates > 0)
    #expect(abs(rate.candidatesPerSecond * rate.seconds / Double(rate.candidates) - 1) < 1e-9)
    let sum = rate.candidatesPerSecond + rate.fittingPassesPerSecond
    #expect(abs(rate.evaluationsPerSecond / sum - 1) < 1e-9)
    #expect((1...30).contains(rate.meanLength) && rate.rows == 200 && rate.seconds < 2)
    options.fitsConstants = false
    #expect(try await SearchRate(measuring: options, rows: 200).fittingPassesPerSecond == 0)
  }
}
