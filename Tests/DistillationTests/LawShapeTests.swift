import Distillation
import Expressions
import Randomness
import Search
import Testing

/// Laws are compared without their factors, each at its best one.
struct LawShapeTests {
  /// Messages of edges whose force is -2 (r - 1.1), as they are.
  private func problem() throws -> LawProblem {
    var random = RandomStream(seed: 4)
    var columns = Array(repeating: [Double](), count: 4)
    var outputs = Array(repeating: [Double](), count: 2)
    for _ in 0..<300 {
      let ends = (0..<4).map { _ in random.normal() }
      for (column, value) in ends.enumerated() { columns[column].append(value) }
      let displacement = [ends[0] - ends[2], ends[1] - ends[3]]
      let distance = (displacement[0] * displacement[0] + displacement[1] * displacement[1]).squareRoot()
      for axis in 0..<2 { outputs[axis].append(-2 * (distance - 1.1) * displacement[axis] / distance) }
    }
    let recording = try MessageRecording(
      inputs: zip(["x1", "y1", "x2", "y2"], columns).map { ($0, $1) },
      outputs: outputs.enumerated().map { ("e\($0)", $1) })
    return try LawProblem(recording, DistillerOptions(seed: 1))
  }

  private func member(_ text: String) throws -> Equation {
    let formula = try Formula(parsing: text, features: ["r"])
    return Equation(
      formula: formula, target: "force", features: ["r"], loss: 1, validationLoss: nil, score: 0, r2: 0,
      standardErrors: formula.constants.map { _ in 0.25 })
  }

  @Test func `constants that were fitted without a factor are fitted with one`() throws {
    let problem = try problem()
    let front = LawShape(problem, try problem.dataset()).front([try member("1"), try member("r - 0.4")])
    let law = try #require(front.last)
    #expect(law.complexity == 3)
    #expect(abs(law.formula.constants[0] - 1.1) < 1e-6)
    #expect(law.loss < 1e-9 * front[0].loss)
    #expect(law.standardErrors.count == 1 && law.standardErrors[0] != 0.25)
  }

  @Test func `constants that were fitted with a factor stay`() throws {
    let problem = try problem()
    let front = LawShape(problem, try problem.dataset()).front([try member("1"), try member("3 * r - 3")])
    #expect(front.last?.expression == "r - 1.0")
  }

  @Test func `the front is of falling loss and growing size`() throws {
    let problem = try problem()
    let members = ["1", "r", "r - 0.4", "square(r)", "2 * (r - 1.1)", "r * r - r"].map { try? member($0) }
    let front = LawShape(problem, try problem.dataset()).front(members.compactMap(\.self))
    for (one, next) in zip(front, front.dropFirst()) {
      #expect(one.complexity < next.complexity && one.loss > next.loss)
    }
  }
}
