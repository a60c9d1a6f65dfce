import Foundation
import Sweeps
import Testing

/// Each sweep finds the laws of its kind, whatever their exponents and coefficients.
struct SweepTests {
  private let exact = 1e-18

  @Test(arguments: 0..<6)
  func `a product of powers and functions is found`(seed: Int) throws {
    let exponents = [[1, -2, 0.5], [-1, 1, 1], [1.5, 0, -1], [2, 2, -3], [-0.5, -0.5, 1], [1, 0, 0]][seed]
    let data = try SweepData(features: 3, seed: UInt64(seed)) { x in
      0.3 * pow(x[0], exponents[0]) * pow(x[1], exponents[1]) * pow(x[2], exponents[2]) * (x[0] + x[1])
        * exp(-x[2] * x[2])
    }
    let sweep = PowerSweep(data.logarithms, operators: data.operators)
    let target = try #require(LogarithmTarget(of: data.sample))
    #expect(data.leastLeft(sweep.candidates(target)) < exact)
  }

  @Test func `the logarithm of a product is found`() throws {
    let data = try SweepData(features: 2, seed: 6) { x in
      4 - log(1 / (x[0] * x[0]) - 1 / pow(x[0] + x[1], 2))
    }
    let sweep = PowerSweep(data.logarithms, operators: data.operators)
    #expect(data.leastLeft(sweep.candidates(LogarithmTarget(logarithmic: data.sample))) < exact)
  }

  @Test(arguments: [0.02, 0.7, 3])
  func `a function of one group is found at any scale`(scale: Double) throws {
    let planck = try SweepData(features: 3, seed: 7) { x in
      pow(x[0], 3) / (x[2] * (exp(scale * x[0] / x[1]) - 1))
    }
    #expect(planck.leastLeft(singleIndex(planck, logarithmic: false)) < exact)
    let logarithm = try SweepData(features: 2, seed: 8) { x in
      3 * log(x[0]) - log(exp(scale * x[0] / x[1]) - 1) - 114
    }
    #expect(logarithm.leastLeft(singleIndex(logarithm, logarithmic: true)) < exact)
  }

  @Test func `a function of a difference is found`() throws {
    let data = try SweepData(features: 4, seed: 9) { x in
      let half = (x[0] - x[1]) * x[2] * 0.2
      return x[3] * pow(sin(half) / half, 2)
    }
    #expect(data.leastLeft(singleIndex(data, logarithmic: false)) < exact)
  }

  @Test(arguments: [0.03, 0.4])
  func `an exponential of a power of a group is found`(rate: Double) throws {
    let data = try SweepData(features: 3, seed: 10) { x in exp(-rate * pow((x[0] - x[1]) / x[2], 2)) / x[2] }
    #expect(data.leastLeft(singleIndex(data, logarithmic: false)) < exact)
  }

  @Test func `a hyperbolic function of a group is found, though no operator is one`() throws {
    let data = try SweepData(features: 3, seed: 11) { x in x[2] / cosh(0.6 * x[0] / x[1]) }
    #expect(data.leastLeft(singleIndex(data, logarithmic: false)) < exact)
  }

  @Test func `sums of two terms are found behind inverses and factors`() throws {
    let laws: [([Double]) -> Double] = [
      { x in 1 / (2 / x[0] + 0.7 / x[1]) },
      { x in sqrt(x[0] * x[0] + 3 * x[1] * x[2]) },
      { x in (x[0] + x[1]) / (1 + x[0] * x[1] / (x[2] * x[2])) },
      { x in exp(-0.3 * x[0] + x[1] / x[2]) },
      { x in 1.5 * x[0] * exp(-x[1]) - 0.2 * sin(x[2]) + 7 },
    ]
    for (number, law) in laws.enumerated() {
      let data = try SweepData(features: 3, seed: UInt64(20 + number), law)
      let sweep = LinearSweep(LinearLibrary(data.library, limit: 3000), operators: data.operators)
      let found = sweep.tasks(factors: data.logarithms).flatMap {
        sweep.candidates($0, factors: data.logarithms)
      }
      #expect(data.leastLeft(best(found)) < exact, "law \(number)")
    }
  }

  @Test func `sums of several terms are found`() throws {
    let data = try SweepData(features: 4, seed: 30) { x in
      sqrt(x[0] * x[0] + x[1] * x[1] - 2 * x[0] * x[1] * cos(x[2] - x[3]) + 9)
    }
    let sweep = SparseSweep(
      LinearLibrary(data.library, limit: 3000), logarithms: data.logarithms, operators: data.operators)
    #expect(data.leastLeft(best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })) < exact)
  }

  @Test(arguments: 0..<4)
  func `polynomials are found behind inverses and factors`(kind: Int) throws {
    let data = try SweepData(features: 4, seed: UInt64(40 + kind)) { x in
      switch kind {
      case 0: return 3 * x[0] * x[1] - 0.5 * x[2] * x[2] + x[3] - 2
      case 1: return x[3] / (pow(x[0] - x[1], 2) + 2 * x[2] + 1)
      case 2: return sqrt(pow(x[0] - x[1], 2) + pow(x[2] - x[3], 2) + 0.25)
      default: return x[0] * x[1] * (x[2] + 2) - x[3] * x[3] * x[0]
      }
    }
    let sweep = PolynomialSweep(data.logarithms, operators: data.operators)
    #expect(data.leastLeft(best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })) < exact)
  }

  @Test func `an inverse root of several terms is found`() throws {
    let data = try SweepData(features: 4, seed: 44) { x in
      0.2 * x[3] / sqrt(x[0] * x[0] + x[1] * x[1] - 1.5 * x[0] * x[1] + x[2])
    }
    let sweep = PolynomialSweep(data.logarithms, operators: data.operators)
    #expect(data.leastLeft(best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })) < exact)
  }

  @Test func `a polynomial of nearly as many terms as rows is found where it fits exactly`() throws {
    let data = try SweepData(features: 2, rows: 20, seed: 45) { x in
      pow(x[0], 4) - pow(x[0], 3) + x[1] * x[1] / 2 - x[1]
    }
    let sweep = PolynomialSweep(data.logarithms, operators: data.operators)
    #expect(data.leastLeft(best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })) < exact)
    let noisy = try SweepData(features: 2, rows: 20, seed: 46) { x in pow(x[0], 4) + sin(50 * x[1]) }
    let other = PolynomialSweep(noisy.logarithms, operators: noisy.operators)
    let found = (0..<other.taskCount).flatMap { other.candidates($0) }
    #expect(found.allSatisfy { $0.residualShare > 1e-6 })
  }

  @Test func `squares are completed so that a sum of them is short`() throws {
    let data = try SweepData(features: 4, seed: 47) { x in
      10 / (5 + x.reduce(0) { $0 + ($1 - 3) * ($1 - 3) })
    }
    let sweep = PolynomialSweep(data.logarithms, operators: data.operators)
    let found = best((0..<sweep.taskCount).flatMap { sweep.candidates($0) }).filter { $0.nodes.count <= 25 }
    #expect(data.leastLeft(found) < exact)
  }

  @Test(arguments: 0..<5)
  func `a constant plus a product of powers is found behind inverses`(kind: Int) throws {
    let data = try SweepData(features: 4, seed: UInt64(50 + kind)) { x in
      let product = pow(x[0], 2) * pow(x[1], -1.5) * pow(x[2], -4) * x[3]
      switch kind {
      case 0: return sqrt(1 + 2 * product)
      case 1: return 7 - 0.3 * product
      case 2: return 1e-9 / (0.25 + product)
      case 3: return log(3 + product)
      default: return exp(-2 - 0.1 * product)
      }
    }
    let sweep = OffsetSweep(data.logarithms, operators: data.operators)
    #expect(data.leastLeft(best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })) < exact)
  }

  @Test func `few rows and odd values give no candidates that crash`() throws {
    for rows in [1, 2, 3, 5, 9] {
      for scale in [0, 1, 1e200, 1e-300] {
        let data = try SweepData(features: 2, rows: rows, seed: UInt64(rows)) { x in scale * (x[0] - 2.5) }
        for target in LogarithmTarget.all(of: data.sample, data.operators) {
          _ = PowerSweep(data.logarithms, operators: data.operators).candidates(target)
          let index = SingleIndexSweep(data.logarithms, target, operators: data.operators)
          for task in 0..<min(4, index.taskCount) { _ = index.candidates(task) }
        }
        let terms = LinearLibrary(data.library, limit: 300)
        let linear = LinearSweep(terms, operators: data.operators)
        for task in linear.tasks(factors: data.logarithms).prefix(3) {
          _ = linear.candidates(task, factors: data.logarithms)
        }
        let polynomial = PolynomialSweep(data.logarithms, operators: data.operators)
        for task in 0..<min(4, polynomial.taskCount) { _ = polynomial.candidates(task) }
        let offset = OffsetSweep(data.logarithms, operators: data.operators)
        for task in 0..<offset.taskCount { _ = offset.candidates(task) }
        let sparse = SparseSweep(terms, logarithms: data.logarithms, operators: data.operators)
        for task in 0..<min(4, sparse.taskCount) { _ = sparse.candidates(task) }
      }
    }
  }

  private func singleIndex(_ data: SweepData, logarithmic: Bool) -> [SweepCandidate] {
    guard
      let target = logarithmic
        ? LogarithmTarget(logarithmic: data.sample) : LogarithmTarget(of: data.sample)
    else { return [] }
    let sweep = SingleIndexSweep(data.logarithms, target, operators: data.operators)
    return best((0..<sweep.taskCount).flatMap { sweep.candidates($0) })
  }

  private func best(_ candidates: [SweepCandidate]) -> [SweepCandidate] {
    Array(candidates.sorted { $0.residualShare < $1.residualShare }.prefix(200))
  }
}
