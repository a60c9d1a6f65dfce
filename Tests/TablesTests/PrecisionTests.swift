import Arrays
import Foundation
import Randomness
import Tables
import Testing

@Suite("The precision with which numbers were written is found from their text and bits")
struct PrecisionTests {
  /// The precision of a column of these cells, beside another.
  private func precision(_ cells: [String]) throws -> ColumnPrecision {
    try table("v,w\n" + cells.map { "\($0),0\n" }.joined()).columns[0].precision
  }

  /// Numbers of `decades` powers of ten.
  private func numbers(_ count: Int, decades: Double = 4, seed: UInt64 = 1) -> [Double] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in
      pow(10, (stream.uniform() - 0.5) * decades) * (stream.uniform() < 0.5 ? -1 : 1)
    }
  }

  private func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  @Test("a fixed number of decimals", arguments: [1, 2, 3, 6], [12, 60, 3000])
  func decimals(count: Int, rows: Int) throws {
    for trims in [false, true] where !trims || rows > 12 {
      let cells = numbers(rows).map { String(format: "%.\(count)f", $0) }.map { trims ? trimmed($0) : $0 }
      let found = try precision(cells)
      #expect(found.absoluteStep == Double("1e-\(count)"), "\(found)")
      #expect(found.significantDigits == nil && !found.isWhole && !found.isGrid && !found.isQuantised)
      #expect(found.step(at: 1234.5) == Double("1e-\(count)"))
    }
  }

  @Test("a fixed number of significant digits", arguments: [2, 3, 4, 6, 9, 12, 15, 16])
  func digits(count: Int) throws {
    for form in ["%.\(count)g", "%.\(count - 1)e"] {
      let found = try precision(numbers(200).map { String(format: form, $0) })
      #expect(found.significantDigits == count && found.absoluteStep == nil, "\(form): \(found)")
      #expect(found.step(at: 123.4) == Double("1e\(3 - count)"))
      #expect(found.step(at: -0.99) == Double("1e\(-count)"))
      #expect(found.step(at: 1000) == Double("1e\(4 - count)"))
      #expect(found.step(at: 0) == 0)
    }
  }

  @Test("significant digits of values that are mostly of one size", arguments: [3, 6, 12])
  func mostlyOneSize(count: Int) throws {
    // Three in four have as many decimals, too.
    let values = numbers(400).enumerated().map { 1 + 11.5 * Double($0.offset) / 400 + 1e-3 * sin($0.element) }
    let precision = try precision(values.map { trimmed(String(format: "%.\(count)g", $0)) })
    #expect(precision.significantDigits == count)
    #expect(abs(precision.step(at: 12) * pow(10, Double(count - 2)) - 1) < 1e-9)
  }

  @Test("numbers that read back bit for bit are known to all their digits")
  func roundTrip() throws {
    for form in [{ "\($0)" }, { String(format: "%.17g", $0) }, { String(format: "%.18e", $0) }]
      as [(Double) -> String]
    {
      let found = try precision(numbers(100).map(form))
      #expect(found.significantDigits == 17 && !found.isSinglePrecision, "\(found)")
      #expect(found.step(at: 2.5) == 1e-16)
    }
    // All digits of numbers that had two decimals: their precision is that of the decimals.
    let rounded = numbers(100).map { String(format: "%.18e", ($0 * 100).rounded() / 100) }
    #expect(try precision(rounded).absoluteStep == 0.01)
  }

  @Test("32-bit numbers, printed in few digits, in all digits and in arrays")
  func single() throws {
    let values = numbers(100).map { Float($0) }
    for cells in [values.map { "\($0)" }, values.map { "\(Double($0))" }] {
      let found = try precision(cells)
      #expect(found.isSinglePrecision && found.absoluteStep == nil && found.significantDigits == nil)
      #expect(found.step(at: 1.5) == 0x1p-23)
    }
    #expect(try !precision(numbers(100).map { String(format: "%.8g", $0) }).isSinglePrecision)
    #expect(try !precision(numbers(100).map { String(format: "%.6g", $0) }).isSinglePrecision)
    let table = try Table(columns: [("a", values.map { Double($0) }), ("b", numbers(100))])
    #expect(table.columns[0].precision.isSinglePrecision)
    #expect(table.columns[1].precision == ColumnPrecision())
    #expect(table.columns[1].precision.step(at: 3) == 0)
  }

  @Test("arrays: bits are exact, unless they are those of rounded numbers")
  func arrays() throws {
    let exact = numbers(100)
    let rounded = exact.map { ($0 * 1000).rounded() / 1000 }
    try withFile([]) { base in
      let path = base + ".npz"
      try ArrayArchive.write(
        [
          ("exact", NumericArray(exact)), ("rounded", NumericArray(rounded)),
          ("single", NumericArray(shape: [100], elements: .float32(exact.map { Float($0) }))),
          ("decimal", NumericArray(shape: [100], elements: .float32(rounded.map { Float($0) }))),
        ], to: path)
      let columns = try Table(contentsOf: path).columns
      let found = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.precision) })
      #expect(found["exact"]?.step(at: 3) == 0)
      #expect(found["rounded"]?.absoluteStep == 0.001)
      #expect(found["single"]?.step(at: 3) == 0x1p-22)
      #expect(found["decimal"]?.absoluteStep == 0.001 && found["decimal"]?.isSinglePrecision == true)
    }
  }

  @Test("steps of instruments, beyond what was printed")
  func quanta() throws {
    var stream = RandomStream(seed: 3)
    let counts = (0..<200).map { _ in Double(stream.index(1024)) }
    for (step, format) in [(0.05, "%.6f"), (0.125, "%.3f"), (5.0 / 1023, "%.6f"), (0.02, "%.2f")] {
      let found = try precision(counts.map { String(format: format, $0 * step) })
      #expect(found.isQuantised)
      #expect(((found.absoluteStep ?? 0) / step - 1).magnitude < 1e-5, "\(found)")
    }
    // Steps of single hundredths are what was printed, and so are steps that one value breaks.
    #expect(try !precision(counts.map { String(format: "%.2f", $0 * 0.01) }).isQuantised)
    #expect(try !precision(counts.map { String(format: "%.2f", $0 * 0.05) } + ["0.07"]).isQuantised)
    for seed in 1...40 as ClosedRange<UInt64> {
      let cells = numbers(20, decades: 2, seed: seed).map { String(format: "%.4f", $0) }
      #expect(try !precision(cells).isQuantised)
    }
  }

  @Test("whole numbers, to the last unit or rounded to a few digits")
  func whole() throws {
    var stream = RandomStream(seed: 4)
    let counts = (0..<100).map { _ in Int(stream.uniform() * 1e5) }
    let exact = try precision(counts.map { "\($0)" })
    #expect(exact.isWhole && exact.absoluteStep == 1 && exact.step(at: 77) == 1)
    let rounded = try precision(numbers(100, decades: 2).map { "\(Int($0.magnitude * 10).description)00" })
    #expect(rounded.isWhole)
    let thousands = try precision(
      numbers(100, decades: 2, seed: 9).map { "\(Int(Double(String(format: "%.2e", $0 * 1e6)) ?? 0))" })
    #expect(thousands.significantDigits == 3 && thousands.isWhole, "\(thousands)")
  }

  @Test("settings are told from measurements")
  func grids() throws {
    var stream = RandomStream(seed: 5)
    func isGrid(_ values: [Double]) throws -> Bool {
      var values = values
      stream.shuffle(&values)
      return try precision(values.map { "\($0)" }).isGrid
    }
    #expect(try isGrid((0..<50).map { Double($0) * 0.1 }))
    #expect(try isGrid((1...24).map(Double.init)))
    #expect(try isGrid((0..<9).map { pow(10, Double($0) / 4) }))
    #expect(try isGrid((0..<60).map { [20, 25.5, 40, 60][$0 % 4] }))
    #expect(try isGrid((0..<5000).map { [20, 25.5, 40, 60][$0 % 4] }))
    #expect(try isGrid((0..<150).map { Double($0 % 30).squareRoot() }))
    #expect(try precision((0..<9000).map { "\(Double($0) / 8)" }).isGrid)
    for seed in 1...40 as ClosedRange<UInt64> {
      #expect(try !isGrid(numbers(12, decades: 1, seed: seed)))
      #expect(try !isGrid(numbers(300, decades: 1, seed: seed).map { ($0 * 10).rounded() / 10 }))
    }
    #expect(try !precision(numbers(9000).map { "\($0)" }).isGrid)
  }

  @Test("data sets carry the precision of their columns through choice, loss and split of rows")
  func datasets() throws {
    let values = numbers(40)
    let text =
      "a,b,y\n"
      + values.map { String(format: "%.2f,%.3g,%.4f\n", $0, $0 * 3, $0 * 5) }.joined() + ",1,2\n"
    let whole = try table(text)
    let data = try Dataset(table: whole, options: DatasetOptions(dropMissing: true))
    func check(_ data: Dataset) {
      #expect(data.featurePrecisions.map(\.absoluteStep) == [0.01, nil])
      #expect(data.featurePrecisions.map(\.significantDigits) == [nil, 3])
      #expect(data.targetPrecision.absoluteStep == 1e-4)
    }
    #expect(data.rowCount == 40)
    check(data)
    check(data.rows([3, 5]))
    if let parts = data.split(validation: 0.3, seed: 1) {
      check(parts.training)
      check(parts.validation)
    }
    let other = try Dataset(table: whole, options: DatasetOptions(target: "b", features: ["y"]))
    #expect(other.targetPrecision.significantDigits == 3)
    #expect(other.featurePrecisions.map(\.absoluteStep) == [1e-4])
  }

  @Test("columns of next to nothing have no precision, and none traps")
  func small() throws {
    for cells in [["1.5"], ["nan", "1.5"], ["0", "0", "0"], ["0.0", "-0"], ["1e300", "-1e300", "1e-300"]] {
      let found = try precision(cells)
      for value in [0, 1, -1e300, 0x1p-1074, .infinity, .nan] { #expect(found.step(at: value) >= 0) }
    }
  }
}
