import Algebra
import Randomness
import Testing

@Suite struct PolynomialTests {
  /// A polynomial in a few features.
  private static func draw(_ workspace: Workspace, terms: Int, degree: Int, _ random: inout RandomStream)
    throws
    -> Polynomial
  {
    var sum = Polynomial.zero
    for _ in 0..<(1 + random.index(terms)) {
      var product = Polynomial(Rational(random.index(19) - 9, over: 1 + random.index(4)))
      for _ in 0..<random.index(degree + 1) {
        product = try workspace.multiply(product, workspace.feature(random.index(3)))
      }
      sum = sum + product
    }
    return sum
  }

  @Test func `polynomials obey the laws of a ring`() throws {
    let workspace = Workspace(work: 10_000_000)
    var random = RandomStream(seed: 8)
    for _ in 0..<300 {
      let a = try PolynomialTests.draw(workspace, terms: 4, degree: 3, &random)
      let b = try PolynomialTests.draw(workspace, terms: 4, degree: 3, &random)
      let c = try PolynomialTests.draw(workspace, terms: 4, degree: 3, &random)
      #expect(a + b == b + a && (a + b) + c == a + (b + c))
      #expect(try workspace.multiply(a, b) == workspace.multiply(b, a))
      #expect(
        try workspace.multiply(workspace.multiply(a, b), c) == workspace.multiply(a, workspace.multiply(b, c))
      )
      #expect(try workspace.multiply(a, b + c) == workspace.multiply(a, b) + workspace.multiply(a, c))
      #expect((a - a).isZero)
      if !b.isZero { #expect(try workspace.exactQuotient(workspace.multiply(a, b), b) == a) }
    }
  }

  @Test func `the greatest common divisor divides both, and holds every common factor`() throws {
    let workspace = Workspace(work: 50_000_000)
    var random = RandomStream(seed: 9)
    var found = 0
    for _ in 0..<200 {
      let common = try PolynomialTests.draw(workspace, terms: 3, degree: 2, &random)
      let a = try workspace.multiply(common, PolynomialTests.draw(workspace, terms: 3, degree: 2, &random))
      let b = try workspace.multiply(common, PolynomialTests.draw(workspace, terms: 3, degree: 2, &random))
      if a.isZero || b.isZero { continue }
      let divisor = try workspace.greatestCommonDivisor(a, b)
      #expect(try workspace.exactQuotient(a, divisor) != nil && workspace.exactQuotient(b, divisor) != nil)
      let isWhole = try workspace.exactQuotient(divisor, common) != nil
      #expect(isWhole)
      if divisor != .one { found += 1 }
    }
    #expect(found > 50)
  }

  @Test func `work beyond what is allowed ends with an error`() throws {
    let workspace = Workspace(work: 1_000)
    let sum = (0..<20).map { workspace.feature($0) }.reduce(Polynomial.one, +)
    #expect(throws: AlgebraLimit.tooLarge) {
      var power = sum
      for _ in 0..<10 { power = try workspace.multiply(power, sum) }
    }
  }
}
