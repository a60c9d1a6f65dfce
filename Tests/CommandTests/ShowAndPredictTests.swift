import Foundation
import Testing

@Suite struct ShowAndPredictTests {
  private let scratch = Scratch()

  /// A run whose front is known.
  private func known(_ expression: String, features: [String]) throws {
    let member: [String: Any] = [
      "complexity": 5, "loss": 0.5, "score": 1.0, "r2": 0.9, "expression": expression, "sympy": "s",
      "latex": "l",
      "constants": [["value": 2.0, "standard_error": NSNull()]],
    ]
    var simple = member
    simple["complexity"] = 1
    simple["expression"] = "7.5"
    let options: [String: Any] = [
      "data": ["file": "data.csv", "drop_missing": false, "weights": NSNull(), "sigma": NSNull()],
      "operators": "+",
      "max_size": 30, "max_depth": NSNull(), "iterations": NSNull(), "timeout": NSNull(),
      "max_evaluations": NSNull(),
      "stops_when_converged": true, "loss": "mse", "populations": 1, "population_size": 10, "parsimony": 0,
      "batch_size": NSNull(), "precision": 64, "select": "best", "validation": 0, "fits_constants": true,
    ]
    let document: [String: Any] = [
      "schema": "symreg.run/1", "version": "0.1.0", "target": "y", "features": features, "rows": 3,
      "options": options,
      "seed": 1, "threads": 1, "elapsed_seconds": 1.5, "evaluations": 10, "iterations": 1,
      "stop_reason": "timeout",
      "best": 1, "front": [simple, member], "warnings": [String](), "notes": [String](),
    ]
    let json = try JSONSerialization.data(withJSONObject: document)
    try scratch.write(String(decoding: json, as: UTF8.self), to: "run.json")
  }

  @Test("predict evaluates the equation on the columns it names, in the order of the rows")
  func predict() async throws {
    try known("2 * b + exp(a)", features: ["unused", "a", "b"])
    try scratch.write("b,word,a\n1,x,0\n2,y,1\n-3.5,z,0\n", to: "data.csv")
    let outcome = try await symreg("predict", "run.json", "data.csv", in: scratch)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "prediction")
    let values = lines.dropFirst().compactMap { Double($0) }
    #expect(values.count == 3)
    #expect(zip(values, [3, 4 + M_E, -6]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(outcome.errors.isEmpty)
  }

  @Test("rows without a value give nan, are counted, and the others keep their places")
  func missing() async throws {
    try known("2 * log(a)", features: ["a"])
    try scratch.write("a,b\n1,0\n,0\n-1,0\n1,0\n", to: "data.csv")
    let outcome = try await symreg("predict", "run.json", "data.csv", "--output", "p.csv", in: scratch)
    #expect(outcome.output.isEmpty)
    #expect(scratch.read("p.csv") == "prediction\n0\nnan\nnan\n0\n")
    #expect(outcome.errors.contains("1 row") && outcome.errors.contains("not finite on 1 row"))
  }

  @Test("a constant needs no column, and members can be chosen by place, complexity or rule")
  func choice() async throws {
    try known("2 * a", features: ["a"])
    try scratch.write("a\n1\n2\n", to: "data.csv")
    for choice in ["0", "complexity=1"] {
      let outcome = try await symreg(
        "predict", "run.json", "-", "--select", choice, in: scratch, input: "z\n1\n2\n")
      #expect(outcome.output == "prediction\n7.5\n7.5\n")
    }
    let best = try await symreg("predict", "run.json", "data.csv", "--select", "accuracy", in: scratch)
    #expect(best.output == "prediction\n7.5\n7.5\n" || best.output == "prediction\n2\n4\n")
    for choice in ["2", "complexity=4", "nicest"] {
      let outcome = try await symreg("show", "run.json", "--select", choice, in: scratch)
      #expect(outcome.status == 64, "\(choice)")
    }
  }

  @Test("a column that the equation uses must be there and hold numbers")
  func columns() async throws {
    try known("2 * mass", features: ["mass"])
    try scratch.write("mas\n1\n", to: "data.csv")
    let absent = try await symreg("predict", "run.json", "data.csv", in: scratch)
    #expect(absent.status == 65 && absent.errors.contains("did you mean \"mas\"?"))
    try scratch.write("mass\n1\n2\nheavy\n", to: "data.csv")
    let word = try await symreg("predict", "run.json", "data.csv", in: scratch)
    #expect(word.status == 65 && word.errors.contains("data.csv:4") && word.errors.contains("heavy"))
  }

  @Test(
    "show writes the equation in each language",
    arguments: [
      ("expression", "square(a)"), ("sympy", "a**2"), ("python", "a**2"), ("latex", "a^{2}"),
    ])
  func languages(_ language: String, _ square: String) async throws {
    try known("square(a) * 2.5", features: ["a"])
    let outcome = try await symreg("show", "run.json", "--as", language, in: scratch)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(outcome.output.contains(square) && outcome.output.contains("2.5"))
  }

  @Test("show prints the front as table, JSON and CSV")
  func front() async throws {
    try known("square(a) * 2.5", features: ["a"])
    let table = try await symreg("show", "run.json", in: scratch)
    #expect(table.output.contains("> 5"))
    let json = try await symreg("show", "run.json", "--as", "json", in: scratch)
    #expect(
      try json.json()["front"] as? NSArray == FileSystem.json(scratch.file("run.json"))?["front"] as? NSArray)
    let csv = try await symreg("show", "run.json", "--as", "csv", in: scratch)
    #expect(csv.output.split(separator: "\n").count == 3)
    #expect(csv.output.hasPrefix("Complexity,Loss,Equation"))
  }

  @Test(
    "a damaged run is refused with the place of the damage",
    arguments: [
      ("{", "JSON"), ("[]", "schema"), (#"{"schema": "symreg.run/1"}"#, ".version"),
      (#"{"schema": "symreg.run/9"}"#, "symreg.run/9"),
      (#"{"schema": "symreg.runs/1", "runs": []}"#, "empty"),
    ])
  func damaged(_ content: String, _ words: String) async throws {
    try scratch.write(content, to: "run.json")
    let outcome = try await symreg("show", "run.json", in: scratch)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("run.json") && outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test("an expression that cannot be read is damage too")
  func damagedExpression() async throws {
    try known("2 * (a", features: ["a"])
    let outcome = try await symreg("show", "run.json", "--as", "latex", in: scratch)
    #expect(outcome.status == 65 && outcome.errors.contains(".front[1].expression"))
  }
}
