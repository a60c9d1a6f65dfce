import Foundation
import Suites
import Testing

@Suite struct LevenbergMarquardtTests {
  @Test func aLineIsFittedExactly() throws {
    let inputs = (0..<10).map { Double($0) }
    let solution = try #require(
      LevenbergMarquardt.minimise(from: [0, 0], scales: [1, 1]) { constants in
        inputs.map { constants[0] + constants[1] * $0 - (3 - 0.5 * $0) }
      })
    #expect(abs(solution.parameters[0] - 3) < 1e-9 && abs(solution.parameters[1] + 0.5) < 1e-9)
  }

  @Test func rosenbrocksValleyIsFollowed() throws {
    let solution = try #require(
      LevenbergMarquardt.minimise(from: [-1.2, 1], scales: [1, 1], iterations: 200) {
        [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]]
      })
    #expect(abs(solution.parameters[0] - 1) < 1e-6 && abs(solution.parameters[1] - 1) < 1e-6)
  }

  @Test func constantsOfAnySizeAreReached() throws {
    let solution = try #require(
      LevenbergMarquardt.minimise(from: [3e-11, 2e8], scales: [4e-11, 2e8]) { constants in
        (1...20).map {
          constants[1] * exp(-constants[0] * Double($0) * 1e10) / 1e8 - 5 * exp(-0.48 * Double($0))
        }
      })
    #expect(abs(solution.parameters[0] / 4.8e-11 - 1) < 1e-6 && abs(solution.parameters[1] / 5e8 - 1) < 1e-6)
  }

  @Test func whatIsUndeterminedStaysClose() throws {
    let solution = try #require(
      LevenbergMarquardt.minimise(from: [1, 1], scales: [1, 1]) { [$0[0] + $0[1] - 2.2, 0 * $0[0]] })
    #expect(abs(solution.parameters[0] - 1.1) < 1e-6 && abs(solution.parameters[1] - 1.1) < 1e-6)
  }

  @Test func aStartWithoutAValueGivesNothing() {
    #expect(LevenbergMarquardt.minimise(from: [-1], scales: [1]) { [log($0[0])] } == nil)
  }

  @Test func theSpanOfVectorsIsKnown() {
    let basis = [[1.0, 0, 0], [1, 1e-3, 0]]
    #expect(LevenbergMarquardt.unexplainedFraction(of: [[0, 5, 0], [2, 3, 0]], by: basis) < 1e-9)
    #expect(abs(LevenbergMarquardt.unexplainedFraction(of: [[3, 0, 4]], by: basis) - 0.8) < 1e-9)
    #expect(LevenbergMarquardt.unexplainedFraction(of: [[1, 0, 0]], by: []) == 1)
  }
}
