import Expressions
import Suites
import Testing
import Worlds

/// Laws are recognised up to a factor, whatever they are written as; others are not.
struct ForceLawJudgeTests {
  private func verdict(_ law: ForceLaw, _ text: String) throws -> ForceLawJudge.Verdict {
    let features = ["r", "m1", "m2", "q1", "q2", "vx1"]
    return ForceLawJudge(law).verdict(on: try Formula(parsing: text, features: features), features: features)
  }

  @Test(arguments: [
    (ForceLaw.spring, "-3.2 * r + 3.168"), (.spring, "r - 1"), (.damped, "1 - r / 0.98"),
    (.r1, "m1 * m2 / (r + 0.012)"), (.r2, "m2 / square(r) * m1"), (.r2, "-5 * m1 * m2 * (r + 0.0098)^-2.003"),
    (.charge, "q1 / q2 / square(r + 0.01)"), (.superposition, "(m1 * m2 - q1 * q2) / square(r + 0.01)"),
    (.discontinuous, "if(less(r, 2.003), 0, 1.7 * (r - 0.99))"),
    // Factors of the receiver alone.
    (.r2, "m2 / square(r + 0.01)"), (.r1, "m2 / sqrt(m1) / (r + 0.01)"), (.spring, "(r - 0.99) / m1"),
    (.charge, "q2 / square(r + 0.01)"), (.charge, "q1 * q2 * m1 / square(r + 0.01)"),
    (.superposition, "(m2 - q1 * q2 / m1) / square(r + 0.01)"),
  ])
  func `the law is recognised`(law: ForceLaw, text: String) throws {
    let found = try verdict(law, text)
    #expect(found.isRecovered, "\(found)")
  }

  @Test(arguments: [
    (ForceLaw.spring, "r - 1.05"), (.spring, "r"), (.spring, "log(r)"), (.spring, "r - 1 + 0.01 * vx1"),
    (.r1, "m1 * m2 / (r + 0.1)"), (.r1, "m1 / r"), (.r1, "m1 * m2 / r^1.05"), (.r2, "m1 * m2 / r^1.95"),
    (.r2, "m1 * m2 / square(r + 0.09)"), (.r2, "sqrt(m1 * m2) / square(r)"), (.r2, "(m1 + m2) / square(r)"),
    (.r2, "m1 * m2 * exp(-r)"), (.charge, "q1 / square(r)"), (.charge, "1 / square(r)"),
    (.superposition, "(m1 * m2 + q1 * q2) / square(r)"),
    (.superposition, "(m1 * m2 - 1.1 * q1 * q2) / square(r)"),
    (.discontinuous, "if(less(r, 2.06), 0, r - 0.99)"), (.discontinuous, "r - 0.99"),
    (.discontinuous, "if(less(r, 2), 0.1, r - 0.99)"), (.discontinuous, "if(less(r, 2), 0, r)"),
    (.r2, "log(r - 10)"), (.superposition, "(sqrt(m1) * m2 - q1 * q2) / square(r + 0.01)"),
    (.spring, "(r - 0.99) * m2"), (.r2, "m1 / square(r + 0.01)"), (.spring, "(r - 0.99) * (1 + m1)"),
  ])
  func `another law is not`(law: ForceLaw, text: String) throws {
    let found = try verdict(law, text)
    #expect(!found.isRecovered, "\(found)")
  }

  @Test func `cases have names`() {
    for item in DistillationCase.standard { #expect(DistillationCase(item.name) == item) }
    #expect(DistillationCase("r2-4d-bottleneck") == nil)
  }
}
