import Algebra
import Expressions

/// The verdict on an expression that came as text, from another program say.
public struct JudgedExpression: Sendable, Hashable, Codable {
  /// The expression as it was given.
  public let expression: String
  /// Whether it is the law.
  public let isSolved: Bool
  /// What the judge found, or `unreadable`.
  public let finding: String
  /// Nodes of the form that was judged; nil where the text cannot be read.
  public let complexity: Int?
  /// How a solving expression was shown to be a law with known constants.
  public let proof: Verdict.Proof?
  /// Why the text cannot be read.
  public let reason: String?

  enum CodingKeys: String, CodingKey {
    case expression, finding, complexity, proof, reason
    case isSolved = "solved"
  }

  /// Judges a text in the project's grammar.
  ///
  /// What a search finds is simplified before it is looked at, so a text that is not the law as it stands is
  /// judged once more with its constants gathered and identities removed: other programs leave that to their
  /// readers.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - features: names of the features, in the order that the judge knows.
  ///   - judge: who decides.
  public init(_ text: String, features: [String], judge: some FormulaJudge) {
    expression = text
    let given: Formula
    do { given = try Formula(parsing: text, features: features) } catch {
      isSolved = false
      finding = "unreadable"
      complexity = nil
      proof = nil
      reason = "\(error)"
      return
    }
    var (formula, verdict) = (given, judge.verdict(on: given))
    if !verdict.isSolved {
      let simplified = given.simplified
      if simplified != given {
        let second = judge.verdict(on: simplified)
        if second.isSolved { (formula, verdict) = (simplified, second) }
      }
    }
    isSolved = verdict.isSolved
    finding = verdict.finding.rawValue
    complexity = formula.complexity
    proof = verdict.isSolved ? verdict.proof : nil
    reason = nil
  }

  /// A line for people.
  public var text: String {
    let size = complexity.map { ", \($0) nodes" } ?? ""
    return "\(proof.map { "\(finding) (\($0.rawValue))" } ?? finding)\(size): \(expression)"
      + (reason.map { "; \($0)" } ?? "")
  }
}
