import Suites
import Testing

@Suite struct JudgedExpressionTests {
  private func judged(_ text: String, noise: Double = 0) throws -> JudgedExpression {
    let data = try groundTruth(.feynman, "I.12.11", noise: noise)
    return JudgedExpression(text, features: data.problem.features, judge: data.judge())
  }

  @Test func theLawIsFoundHoweverItIsWritten() throws {
    for text in [
      "q * (Ef + B * v * sin(theta))", "q*Ef + q*B*v*sin(theta)",
      "0.99999994 * q * (1.0000001 * Ef + B * (0.5 * v) * (2 * sin(theta)))",
    ] {
      let verdict = try judged(text)
      #expect(verdict.isSolved && verdict.finding == "solved" && verdict.proof != nil, "\(verdict.text)")
      #expect(verdict.expression == text && verdict.reason == nil)
    }
  }

  @Test func weightsOnEveryVariableAreGathered() throws {
    // Longer than twice the law and ten nodes more, until its constants are folded.
    let weighted = ["q", "B", "v"].map { "(1 * (1 * (1 * (1 * (1 * \($0))))))" }
    let text = "\(weighted[0]) * (Ef + \(weighted[1]) * \(weighted[2]) * sin(theta))"
    let verdict = try judged(text)
    #expect(verdict.isSolved)
    #expect(try #require(verdict.complexity) < 15)
  }

  @Test func whatIsNotTheLawIsToldApart() throws {
    #expect(try judged("q * Ef").finding == "poor fit")
    #expect(try !judged("q * (Ef + B * v * sin(1.05 * theta))").isSolved)
    let nearly = try judged("q * (Ef + B * v * (theta - theta ^ 3 / 6))", noise: 0.01)
    #expect(!nearly.isSolved && nearly.proof == nil)
  }

  @Test func aTextThatCannotBeReadIsAVerdict() throws {
    for text in ["q * (Ef", "q * charge", "np.sin(q)", ""] {
      let verdict = try judged(text)
      #expect(!verdict.isSolved && verdict.finding == "unreadable" && verdict.complexity == nil)
      #expect(try #require(verdict.reason).isEmpty == false)
    }
  }

  @Test func lawsOfObservedDataAreJudgedAsInTheirSuite() throws {
    let data = try ProblemData(EmpiricalBench.problem("kepler"), folder: DatasetFolder(path: datasets.path))
    let features = data.problem.features
    let judge = try data.judge()
    let law = "365.2 * semimajor_axis * sqrt(semimajor_axis)"
    #expect(JudgedExpression(law, features: features, judge: judge).isSolved)
    let line = "1131 * semimajor_axis"
    #expect(!JudgedExpression(line, features: features, judge: judge).isSolved)
  }
}
