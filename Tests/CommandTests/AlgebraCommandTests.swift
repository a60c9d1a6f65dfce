import Foundation
import Testing

@Suite struct AlgebraCommandTests {
  private let scratch = Scratch()

  @Test(
    "equal prints its answer and ends with a status of its own",
    arguments: [
      ("sin(x)^2 + cos(x)^2", "1", "equal", 0), ("0.1 + 0.2", "0.3", "equal", 0), ("-x", "0 - x", "equal", 0),
      ("sqrt(x^2)", "x", "different", 1), ("x * gamma(x)", "gamma(x + 1)", "undecided", 2),
    ])
  func equal(_ a: String, _ b: String, _ answer: String, _ status: Int32) async throws {
    let outcome = try await symreg("equal", a, b, in: scratch)
    #expect(outcome.output == answer + "\n" && outcome.status == status && outcome.errors.isEmpty)
  }

  @Test("names may be said to be positive")
  func positive() async throws {
    let outcome = try await symreg(
      "equal", "sqrt(`my mass`^2)", "`my mass`", "--positive", "my mass", in: scratch)
    #expect(outcome.output == "equal\n")
    let plain = try await symreg("equal", "sqrt(m^2)", "m", "--positive", "m", in: scratch)
    #expect(plain.output == "equal\n" && plain.status == 0)
    let unknown = try await symreg("equal", "a", "b", "--positive", "c", in: scratch)
    #expect(unknown.status == 64 && unknown.errors.contains("\"c\""))
  }

  @Test(
    "an expression that cannot be read is named with the column",
    arguments: [
      ("x +", "x", "first expression", "column 4"), ("x", "y * (z", "second expression", "column 7"),
      ("x $ y", "x", "first expression", "column 3"), ("sine(x)", "x", "first expression", "column 1"),
      ("-x +", "x", "first expression", "column 5"),
    ])
  func unreadable(_ a: String, _ b: String, _ which: String, _ place: String) async throws {
    let outcome = try await symreg("equal", a, b, in: scratch)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(which) && outcome.errors.contains(place), "\(outcome.errors)")
  }

  @Test("simplify prints the shortest form in the wanted language, as text or JSON")
  func simplify() async throws {
    let text = try await symreg("simplify", "x*y + x*z", in: scratch)
    #expect(text.output == "x * (y + z)\n" && text.status == 0)
    let negative = try await symreg("simplify", "-x + x + y", in: scratch)
    #expect(negative.output == "y\n")
    let python = try await symreg("simplify", "exp(x) * exp(y)", "--as", "python", in: scratch)
    #expect(python.output.hasPrefix("np.exp("))
    let few = try await symreg("simplify", "x + x", "--operators", "+", in: scratch)
    #expect(few.output == "x + x\n")
    let json = try await symreg("simplify", "sqrt(x^2) * 1", "--format", "json", in: scratch)
    #expect(try json.json()["expression"] as? String == "abs(x)")
    #expect(try json.json()["complexity"] as? Int == 2 && json.json()["complexity_before"] as? Int == 6)
    let wrong = try await symreg("simplify", "x", "--operators", "plusminus", in: scratch)
    #expect(wrong.status == 64)
    let unreadable = try await symreg("simplify", "2 * (a", in: scratch)
    #expect(unreadable.status == 64 && unreadable.errors.contains("column 7"))
  }
}
