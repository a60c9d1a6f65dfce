import Foundation
import Search
import Testing

struct NiceNumberTests {
  @Test(
    arguments: [
      (2.0000000003, 1e-9, 2.0), (-0.49999, 1e-4, -0.5), (3.14159, 1e-5, .pi),
      (0.0795774715, 1e-9, 0.25 / .pi),
      (1.41421, 1e-5, 2.0.squareRoot()), (0.8333329, 1e-6, 5.0 / 6), (6.6999999999e-11, 1e-20, 6.7e-11),
      (365.0000001, 1e-6, 365), (1.3699999999999997, 1e-15, 1.37), (6.0221400001e23, 1e14, 6.02214e23),
    ])
  func `estimates within error of a simple number are given it`(
    estimate: Double, error: Double, expected: Double
  ) throws {
    let number = try #require(NiceNumber.nearest(estimate, error: error, isExponent: false))
    #expect(abs(number.value - expected) <= 4e-16 * abs(expected), "\(number)")
    #expect(number.coincidence <= 0.1)
  }

  @Test(
    arguments: [
      (2.0, 0.1, "it is one"), (1.3, 0.2, "everything is near"), (2.1, 0.01, "none is near"), (0, 1, "zero"),
      (0.5772156649, 1e-9, "more digits than people write"), (423.94, 42, "hardly known"),
    ])
  func `other estimates stay`(estimate: Double, error: Double, why: String) {
    #expect(NiceNumber.nearest(estimate, error: error, isExponent: false) == nil, "\(why)")
  }

  @Test func `exponents need less to be taken for a small fraction`() throws {
    #expect(NiceNumber.nearest(1.96, error: 0.03, isExponent: false) == nil)
    #expect(NiceNumber.nearest(1.96, error: 0.03, isExponent: true)?.value == 2)
    #expect(NiceNumber.nearest(-1.497, error: 0.004, isExponent: true)?.value == -1.5)
  }

  @Test func `a simple number takes fewer nats the simpler it is`() throws {
    let lengths = try [1.0, 2.5, 5.0 / 7, 365, 1.2345e-11].map {
      try #require(NiceNumber.descriptionLength($0))
    }
    #expect(lengths == lengths.sorted())
    #expect(NiceNumber.descriptionLength(0.5772156649) == nil)
    #expect(try #require(NiceNumber.descriptionLength(.pi)) < lengths[3])
  }
}
