import Foundation
import SymbolicRegression
import Testing

/// The marked equation is the law on data as people have them: rounded, noisy, cut off, at even steps, far from
/// zero.
@Suite struct MarkedEquationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let law: String
    /// Largest root mean square difference from the law, in units of the law's spread.
    let within: Double
    /// Largest complexity.
    let most: Int
    var operators = "+ - * / ^ exp log sqrt square"
    /// Whether to compare between the rows, where an alias is another function.
    var isBetweenRows = false
    var testDescription: String { file }
  }

  private static let inverseSquare = "2.5 * a * b / square(c)"
  private static let periodic = "+ - * / ^ exp log sqrt square sin cos"

  static let cases = [
    Case(file: "digits-15", law: inverseSquare, within: 1e-12, most: 8),
    Case(file: "digits-6", law: inverseSquare, within: 1e-5, most: 8),
    Case(file: "digits-3", law: inverseSquare, within: 2e-2, most: 8),
    Case(file: "digits-inverse", law: "2 / square(x)", within: 1e-5, most: 4),
    // One less than exp(11) is not seen in four digits.
    Case(file: "digits-diode", law: "1e-12 * (exp(V / 0.02714) - 1)", within: 5e-3, most: 9),
    Case(file: "noise-proportional", law: inverseSquare, within: 5e-2, most: 8),
    Case(file: "noise-inputs", law: inverseSquare, within: 5e-2, most: 8),
    Case(file: "noise-heavy-tails", law: inverseSquare, within: 1e-2, most: 8),
    Case(file: "noise-counts", law: "50 * a * b / square(c)", within: 2e-2, most: 8),
    Case(file: "noise-saturated", law: inverseSquare, within: 2e-2, most: 8),
    Case(file: "noise-whole", law: inverseSquare, within: 1e-2, most: 8),
    Case(file: "noise-coulomb", law: "8.99e9 * q1 * q2 / square(d)", within: 1e-2, most: 8),
    Case(
      file: "period-16", law: "2 * cos(0.7 * t)", within: 5e-2, most: 6, operators: periodic,
      isBetweenRows: true),
    Case(
      file: "period-degrees", law: "3.5 - 2.5 * cos(2 * 3.141592653589793 * angle_deg / 180)", within: 1e-2,
      most: 10, operators: periodic, isBetweenRows: true),
    Case(
      file: "period-monthly", law: "11.9 + 7.8 * cos(2 * 3.141592653589793 * (month - 7) / 12)", within: 4e-2,
      most: 11, operators: periodic, isBetweenRows: true),
    Case(
      file: "tie-unix-cooling", law: "20 + 60 * exp(-0.0011 * (unix_time - 1717200000))", within: 3e-2,
      most: 10),
    Case(file: "tie-arrhenius", law: "exp(23.9 - 8954 / T_K)", within: 5e-2, most: 6),
    Case(
      file: "flat-floor", law: "floor(price / 7.5)", within: 1e-9, most: 4,
      operators: "+ - * / ^ exp log sqrt square floor"),
  ]

  @Test(arguments: cases)
  func `the marked equation is the law`(_ example: Case) throws {
    let data = try data(example.file)
    let result = try search(data, operators: example.operators)
    let marked = result.front[result.best]
    let rows = example.isBetweenRows ? try between(data) : data
    let law = try Formula(parsing: example.law, features: data.featureNames)
    let (wanted, found) = (try values(law, rows), try marked.predict(rows))
    let mean = wanted.reduce(0, +) / Double(wanted.count)
    let spread = wanted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let difference = zip(wanted, found).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect((difference / spread).squareRoot() <= example.within, "\(marked)")
    #expect(marked.complexity <= example.most, "\(marked)")
  }

  @Test func `a line is marked before a curve that chance prefers`() throws {
    let result = try search(try data("tie-year"), operators: "+ - * / ^ exp log sqrt square")
    let marked = result.front[result.best]
    // A line has the same slope everywhere.
    let years = [1950.0, 1990, 2030]
    let rows = try Dataset(features: [("year", years)], target: ("y", [0, 0, 1]))
    let values = try marked.predict(rows)
    #expect(abs((values[2] - values[1]) / (values[1] - values[0]) - 1) < 1e-9, "\(marked)")
  }

  @Test func `what was decided is said`() throws {
    let proportional = try search(try data("noise-proportional"), operators: "+ - * / ^ exp log sqrt square")
    #expect(proportional.noise?.kind == "proportional")
    #expect(proportional.notes.contains { $0.hasPrefix("errors look proportional: about") })
    let exact = try search(try data("digits-6"), operators: "+ - * / ^ exp log sqrt square")
    #expect(exact.noise?.scale == 0)
    #expect(exact.stopReason == .converged)
    #expect(exact.notes.contains { $0.contains("rounding of the printed digits") })
  }

  @Test func `given errors are absolute`() throws {
    // Errors of 0.1 said to be 0.1, and said to be half as large.
    let x = (0..<80).map { Double($0) / 10 }
    let y = x.indices.map {
      3 * x[$0] + 0.1 * ($0.isMultiple(of: 2) ? 1 : -1) * ($0.isMultiple(of: 3) ? 1.2 : 0.8)
    }
    for (given, ratio) in [(0.1, 0.9), (0.05, 3.7)] {
      let table = try Table(columns: [("x", x), ("y", y), ("s", x.map { _ in given })])
      let data = try Dataset(table: table, options: DatasetOptions(target: "y", features: ["x"], sigma: "s"))
      let result = try search(data, operators: "+ *", evaluations: 5_000, size: 5)
      let noise = try #require(result.noise)
      #expect(noise.kind == "known")
      #expect(abs(try #require(noise.chiSquaredPerFreedom) / ratio - 1) < 0.15)
    }
  }

  private func data(_ name: String) throws -> Dataset {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Cases"))
    return try Dataset(contentsOf: url.path)
  }

  private func search(
    _ data: Dataset, operators: String, evaluations: Int = 80_000, size: Int = 30
  ) throws -> SearchResult {
    var options = SearchOptions(seed: 1)
    options.operators = try OperatorSet(parsing: operators)
    options.maximumEvaluations = evaluations
    options.maximumSize = size
    return try Search(data, options: options).runBlocking()
  }

  private func between(_ data: Dataset) throws -> Dataset {
    let column = data.features[0].array
    let (least, most) = (column.min() ?? 0, column.max() ?? 0)
    let points = (0..<997).map { least + (most - least) * Double($0) / 996 }
    return try Dataset(features: [(data.featureNames[0], points)], target: ("y", points))
  }

  private func values(_ formula: Formula, _ data: Dataset) throws -> [Double] {
    (0..<data.rowCount).map { row in formula.value(data.features.map { $0[row] }) }
  }
}
