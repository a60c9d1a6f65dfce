import Expressions

/// Who decides whether a formula is the law of a problem.
public protocol FormulaJudge: Sendable {
  /// The verdict on one candidate, whose feature `i` is the problem's feature `i`.
  func verdict(on candidate: Formula) -> Verdict
}

extension Judge: FormulaJudge {}

/// Judges fronts that share most of their members: each formula once.
struct FrontJudge {
  private let judge: any FormulaJudge
  private var verdicts: [Formula: Verdict] = [:]

  init(_ judge: any FormulaJudge) { self.judge = judge }

  /// The verdict on a formula.
  mutating func verdict(on formula: Formula) -> Verdict {
    if let known = verdicts[formula] { return known }
    let verdict = judge.verdict(on: formula)
    verdicts[formula] = verdict
    return verdict
  }

  /// Whether a member of the front is the law.
  mutating func isSolved(_ front: [Formula]) -> Bool {
    front.contains { verdict(on: $0).isSolved }
  }

  /// The first member that is the law, or else the first that has its form; nil where none has.
  mutating func bestMember(of front: [Formula]) -> (index: Int, verdict: Verdict)? {
    let verdicts = front.map { verdict(on: $0) }
    let index = verdicts.firstIndex { $0.isSolved } ?? verdicts.firstIndex { $0.hasForm }
    return index.map { ($0, verdicts[$0]) }
  }
}
