import Arrays
import Foundation
import Testing

@Suite struct ArrayDataTests {
  private let scratch = Scratch()

  /// y = 2 a + b in arrays of their own, or as inputs and outputs.
  private func write(recorded: Bool, last: Double = 58) throws {
    let a = (0..<20).map { Double($0) }
    let b = a.map { Double(Int($0 * $0) % 7) }
    var y = zip(a, b).map { 2 * $0 + $1 }
    y[19] = last == 58 ? y[19] : last
    let columns = NumericArray(shape: [20, 2], elements: .float64(zip(a, b).flatMap { [$0, $1] }))
    try ArrayArchive.write(
      recorded
        ? [("inputs", columns), ("outputs", NumericArray(y)), ("input_names", NumericArray(["a", "b"]))]
        : [("a", NumericArray(a)), ("b", NumericArray(b)), ("y", NumericArray(y))],
      to: scratch.file("data.npz"))
  }

  @Test("arrays are fitted as columns of CSV are, and predicted", arguments: [false, true])
  func fit(_ recorded: Bool) async throws {
    try write(recorded: recorded)
    try scratch.write(linearData, to: "data.csv")
    let flags = ["--format", "json", "--threads", "1", "--output"]
    let arrays = try await shortFit("data.npz", flags + ["arrays"], in: scratch)
    let text = try await shortFit("data.csv", flags + ["text"], in: scratch)
    #expect(arrays.status == 0 && text.status == 0, "\(arrays.errors)")
    let fronts = try [arrays, text].map { try $0.json()["front"] as? [[String: Any]] }
    let expressions = fronts.map { $0?.compactMap { $0["expression"] as? String } }
    #expect(expressions[0] == expressions[1] && expressions[0]?.isEmpty == false)
    let predicted = try await symreg("predict", "arrays", "data.npz", in: scratch)
    let again = try await symreg("predict", "arrays", "data.csv", in: scratch)
    #expect(predicted.output == again.output && predicted.status == 0 && !predicted.output.isEmpty)
  }

  @Test("what is wrong with arrays is told by array and row")
  func bad() async throws {
    try write(recorded: true, last: .infinity)
    let infinite = try await symreg("fit", "data.npz", in: scratch)
    #expect(infinite.status == 65)
    #expect(infinite.errors.contains("data.npz: array \"outputs\", row 19"), "\(infinite.errors)")
    try write(recorded: false, last: .nan)
    let missing = try await symreg("fit", "data.npz", in: scratch)
    #expect(missing.status == 65)
    #expect(missing.errors.contains("array \"y\", row 19") && missing.errors.contains("--drop-missing"))
    try scratch.write("a,y\n1,2\n", to: "text.npz")
    let text = try await symreg("fit", "text.npz", in: scratch)
    #expect(text.status == 65 && text.errors.contains("text.npz: "))
  }
}
