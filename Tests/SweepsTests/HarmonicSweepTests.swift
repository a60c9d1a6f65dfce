import Expressions
import Foundation
import Randomness
import Sweeps
import Testing

/// Periods are found whatever their frequency, phase, unit and origin.
struct HarmonicSweepTests {
  private let exact = 1e-12
  private let steps = (0..<90).map(Double.init)

  private func uneven(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in random.uniform(0, 40) }
  }

  @Test(arguments: [0.15, 0.7, 1.9, 3.0])
  func `a sinusoid is found at any frequency below Nyquist's`(frequency: Double) throws {
    for (unit, origin) in [(1.0, 0.0), (1e-3, 0.25), (1e6, 3e8)] {
      let data = try PeriodicData([steps.map { $0 * unit + origin }]) {
        4 - 2.5 * cos(frequency * ($0[0] - origin) / unit + 1.1)
      }
      #expect(data.leastLeft < exact, "unit \(unit), origin \(origin)")
    }
  }

  @Test(arguments: ["sin", "cos"])
  func `one function is enough`(function: String) throws {
    let data = try PeriodicData([steps], operators: "+ - * \(function)") { 3 * sin(0.83 * $0[0] + 0.4) }
    #expect(data.leastLeft < exact)
    #expect(data.candidates.allSatisfy { $0.allSatisfy { data.operators.contains($0.operation ?? .add) } })
  }

  @Test func `without a phase there is a form without one`() throws {
    for law in [{ 2 * cos(0.7 * $0) }, { 1 - 2 * sin(0.7 * $0) }] as [(Double) -> Double] {
      let data = try PeriodicData([steps]) { law($0[0]) }
      #expect(data.candidates.contains { $0.count == 4 })
    }
  }

  @Test func `two frequencies and a line are found together`() throws {
    let data = try PeriodicData([steps]) { x in
      0.3 * x[0] + 2 * cos(0.41 * x[0] + 1) + 1.2 * sin(1.3 * x[0] + 0.2)
    }
    #expect(data.leastLeft < exact)
  }

  @Test(arguments: [-0.02, 0.01, 0.08])
  func `a damped or growing oscillation is found`(decay: Double) throws {
    let data = try PeriodicData([steps]) { 5 * exp(-decay * $0[0]) * cos(1.1 * $0[0] - 0.6) + 2 }
    #expect(data.leastLeft < exact)
  }

  @Test func `uneven rows show frequencies above their mean rate`() throws {
    let times = uneven(80, seed: 3)
    let data = try PeriodicData([times]) { cos(11.3 * $0[0] + 0.3) }
    #expect(data.leastLeft < exact)
  }

  @Test func `a column may give the amplitude`() throws {
    var random = RandomStream(seed: 4)
    let amplitudes = steps.map { _ in random.uniform(1, 3) }
    let data = try PeriodicData([steps, amplitudes]) { 1.4 * $0[1] * sin(0.9 * $0[0] + 0.7) - 3 }
    #expect(data.leastLeft < exact)
  }

  @Test(arguments: 0..<8)
  func `noise alone proposes nothing`(seed: UInt64) throws {
    var random = RandomStream(seed: seed, 17)
    let noise = steps.map { _ in random.normal() }
    let data = try PeriodicData([steps]) { noise[Int($0[0])] }
    #expect(data.candidates.isEmpty)
  }

  @Test func `a period under noise as large is found`() throws {
    var random = RandomStream(seed: 5)
    let noise = steps.map { _ in random.normal() }
    let data = try PeriodicData([steps]) { 1.4 * cos(2.2 * $0[0]) + noise[Int($0[0])] }
    #expect(data.candidates.contains { $0.contains { $0.isConstant && abs($0.value - 2.2) < 0.03 } })
  }

  @Test func `without a periodic operator, and of few rows, nothing is tried`() throws {
    #expect(try PeriodicData([steps], operators: "+ - * exp") { cos($0[0]) }.candidates.isEmpty)
    #expect(try PeriodicData([[1, 2, 3, 4]]) { cos($0[0]) }.candidates.isEmpty)
  }
}

/// Whether the lattice that values lie on is seen.
struct ColumnSamplingTests {
  @Test func `even steps are seen through gaps, repeats and rounding`() throws {
    let even = try #require(ColumnSampling((0..<40).map { 7 + 0.25 * Double($0) }))
    #expect(abs(try #require(even.step) - 0.25) < 1e-12)
    #expect(abs(even.highestFrequency - Double.pi / 0.25) < 1e-9)
    let gaps = try #require(ColumnSampling([0, 2, 5, 2, 9, 11, 20, 5, 24].map { 1e9 + 30 * $0 }))
    #expect(abs(try #require(gaps.step) - 30) < 1e-6)
    let months = try #require(ColumnSampling((1...24).map { (Double($0) / 12 * 1e4).rounded() / 1e4 }))
    #expect(abs(try #require(months.step) - 1.0 / 12) < 1e-4)
  }

  @Test func `uneven values have no step`() throws {
    var random = RandomStream(seed: 1)
    let column = try #require(ColumnSampling((0..<60).map { _ in random.uniform(0, 1) }))
    #expect(column.step == nil)
    #expect(column.highestFrequency > 3 * Double.pi * 59)
  }

  @Test func `two values are no sampling`() {
    #expect(ColumnSampling([1, 2, 1, 2]) == nil)
    #expect(ColumnSampling([]) == nil)
    #expect(ColumnSampling([1, .infinity, 3]) == nil)
  }
}
