import Algebra
import Expressions
import Foundation
import Sweeps
import Testing

struct LibraryTests {
  @Test func `no two expressions of a library have the same values`() throws {
    let data = try SweepData(features: 3, seed: 1) { $0[0] }
    var seen: Set<[Int64]> = []
    for index in 0..<data.library.count {
      let row = Array(data.library.row(index).prefix(data.sample.rowCount))
      let finite = row.count { $0.isFinite }
      #expect(finite == row.count)
      // Seven digits: coarser than what the library tells apart.
      let digits = row.map { value -> Int64 in
        let unit = pow(10, floor(log10(max(abs(value), 1e-300))) - 12)
        return Int64((value / unit).rounded())
      }
      #expect(seen.insert(digits).inserted)
    }
    #expect(data.library.count > 1000)
  }

  @Test func `values are those of the expressions`() throws {
    let data = try SweepData(features: 2, seed: 2) { $0[0] }
    for index in stride(from: 0, to: data.library.count, by: 7) {
      let formula = try #require(Formula(Array(data.library.expression(index))))
      for row in [0, 10, 99] {
        let expected = formula.value(data.sample.features.map { $0[row] })
        let found = data.library.row(index)[row]
        #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)))
      }
    }
  }

  @Test func `only allowed operators occur`() throws {
    let data = try SweepData(features: 3, operators: "+ * /", seed: 3) { $0[0] }
    for index in 0..<data.library.count {
      for node in data.library.expression(index) {
        if let operation = node.operation { #expect(data.operators.contains(operation)) }
      }
    }
  }

  @Test func `a product has the value of its powers, in the allowed operators`() throws {
    let sets = ["+ - * / ^ sqrt square", "* / square cube", "* inv ^", "+ - *", "/ * sqrt"]
    let exponents: [[Double]] = [[1, -2], [0.5, -0.5], [3, 1], [-1, -1], [1.5, 2], [4, -4], [0.25, 1]]
    for text in sets {
      let operators = try OperatorSet(parsing: text)
      let writer = ProductWriter(operators)
      for pair in exponents {
        let factors = pair.enumerated().map { ProductWriter.Factor([.feature($0)], $1) }
        guard let nodes = writer.product(factors) else { continue }
        let formula = try #require(Formula(nodes))
        #expect(formula.operators.all.allSatisfy { operators.contains($0) })
        let expected = pow(1.7, pair[0]) * pow(2.3, pair[1])
        #expect(abs(formula.value([1.7, 2.3]) / expected - 1) < 1e-12, "\(text) \(pair)")
      }
    }
  }
}
