import Expressions
import Foundation
import Search
import Sweeps
import Testing

/// Frequencies and phases are written as people expect them, and the values on the rows stay.
@Suite struct AngleReductionTests {
  private let allowed = try! OperatorSet(parsing: "+ - * / ^ exp sin cos tan")
  /// Even steps of 1 from 0, and of 0.5 from 3.
  private let columns = [(0..<20).map(Double.init), (0..<20).map { 3 + 0.5 * Double($0) }]

  private var reduction: AngleReduction {
    AngleReduction(columns.map { ColumnSampling($0) }, operators: allowed, maximumSize: 30, maximumDepth: nil)
  }

  private func formula(_ text: String) throws -> Formula { try Formula(parsing: text, features: ["t", "x"]) }

  /// The reduced formula; its values on the rows are those of the first.
  private func reduced(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Formula? {
    let before = try formula(text)
    let after = reduction.reduced(before)
    if let after {
      for row in columns[0].indices {
        let values = columns.map { $0[row] }
        let (a, b) = (before.value(values), after.value(values))
        #expect(abs(a - b) < 1e-5 * (1 + abs(a)), "\(text) at row \(row)", sourceLocation: sourceLocation)
      }
    }
    return after
  }

  /// The constant nearest to a value.
  private func has(_ formula: Formula?, _ value: Double) -> Bool {
    formula?.constants.contains { abs($0 - value) < 1e-6 } ?? false
  }

  @Test func `an alias becomes the lowest frequency that the rows show`() throws {
    for turns in [1.0, -1, 7, 1e5] {
      let alias = 0.7 + turns * 2 * Double.pi
      let plain = try reduced("2 * cos(\(alias) * t)")
      #expect(has(plain, 0.7) && plain?.complexity == 6, "\(turns)")
      let sine = try reduced("2 * sin(\(-alias) * t) + 1")
      #expect(has(sine, 0.7) && sine?.complexity == 8, "\(turns)")
    }
    // Rows that do not begin at a whole number of steps from zero give the alias a phase.
    let shifted = try reduced("cos(\(0.7 + 4 * Double.pi) * x + 0.2)")
    #expect(has(shifted, 0.7))
    #expect(has(try reduced("tan(\(0.3 + 3 * Double.pi) * t)"), 0.3))
    #expect(has(try reduced("exp(-0.1 * t) * sin(t / \(1 / (0.7 + 2 * Double.pi)))"), 1 / 0.7))
  }

  @Test func `phases lie within half a turn`() throws {
    let plain = try #require(try reduced("7.8 * cos(0.5236 * t + 600000.3)"))
    #expect(plain.constants.allSatisfy { abs($0) < 8 })
    #expect(plain.complexity == 8)
    let product = try #require(try reduced("sin(t * x + 100)"))
    #expect(product.constants.allSatisfy { abs($0) <= .pi })
  }

  @Test func `an offset is the first one in the data`() throws {
    let plain = try #require(try reduced("11.9 + 7.8 * cos(0.5 * (t - \(7 - 40 * Double.pi)))"))
    #expect(has(plain, 7))
    #expect(try reduced("11.9 + 7.8 * cos(0.5 * (t - 7))") == nil)
  }

  @Test func `signs are plain where a phase can take them`() throws {
    let plain = try #require(try reduced("11.9 - 7.8 * cos(0.5 * t + 0.4)"))
    #expect(plain.constants.allSatisfy { $0 > -Double.pi }, "\(plain)")
    #expect(plain.nodes.last?.operation == .add)
    // Taken away, it is a positive number.
    #expect(has(plain, .pi - 0.4))
    // Without a phase the sign is shorter.
    #expect(try reduced("3.5 - 2.5 * cos(0.5 * t)") == nil)
    #expect(has(try reduced("sin(0.4 - 0.5 * t)"), 0.5))
  }

  @Test func `what is plain stays`() throws {
    for text in ["2 * cos(0.7 * t)", "sin(0.7 * t + 1.1) + x", "cos(t)", "cos(exp(t))", "t * x"] {
      #expect(try reduced(text) == nil, "\(text)")
    }
  }

  @Test func `a phase that is a number of quarter turns is left out`() throws {
    let cases: [(String, Double, String)] = [
      ("2 * cos(0.7 * t + 1.55)", 0.01, "-2 * sin(0.7 * t)"),
      ("2 * sin(0.7 * t - 1.58)", 0.01, "-2 * cos(0.7 * t)"),
      ("5 + cos(0.7 * t + 3.14)", 0.01, "5 - cos(0.7 * t)"), ("cos(0.7 * t - 0.02)", 0.01, "cos(0.7 * t)"),
    ]
    for (text, error, expected) in cases {
      let start = try formula(text)
      let errors = [Double?](repeating: error, count: start.constants.count)
      let found = reduction.withoutPhases(start, standardErrors: errors)
      #expect(found == [try formula(expected)], "\(text)")
      let known = [Double?](repeating: 1e-5, count: start.constants.count)
      #expect(reduction.withoutPhases(start, standardErrors: known).isEmpty, "\(text)")
    }
  }
}
