import Expressions
import Suites
import Testing
import Worlds

struct NodeLawJudgeTests {
  private func verdict(_ text: String, _ law: ForceLaw) throws -> NodeLawJudge.Verdict? {
    let names = ["force", "v", "q", "m"]
    return NodeLawJudge(law).verdict(on: try Formula(parsing: text, features: names), features: names)
  }

  @Test(arguments: [
    ("(force - 0.5 * v) / m", ForceLaw.damped), ("-2 * (force + 0.26 * v) / m", .damped),
    ("force / m", .spring), ("-3 * force / m", .r2),
  ])
  func `Newton's second law is accepted at any factor`(text: String, law: ForceLaw) throws {
    let verdict = try #require(try verdict(text, law))
    #expect(verdict.isRecovered)
  }

  @Test(arguments: [
    ("(force - 0.4 * v) / m", ForceLaw.damped), ("force / m", .damped), ("force - 0.5 * v", .damped),
    ("(force - 0.5 * v) / m^1.1", .damped), ("force / m - 0.1 * v / m", .spring), ("force * m", .r2),
    ("(force + 0.5 * v) / m", .damped),
  ])
  func `other laws are not`(text: String, law: ForceLaw) throws {
    let verdict = try #require(try verdict(text, law))
    #expect(!verdict.isRecovered)
  }

  @Test func `a law without a finite value has no verdict`() throws {
    #expect(try verdict("log(force)", .spring) == nil)
  }
}
