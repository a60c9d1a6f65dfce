extension ResultTable {
  /// One line a problem and seed, for people.
  public var text: String {
    let header = ["problem", "seed", "solved", "complexity", "seconds", "expression"]
    let body = rows.map { row in
      [
        row.problem, "\(row.seed)", row.isSolved ? "yes" : row.hasForm ? "form" : "no", "\(row.complexity)",
        row.secondsToSolution.map { TextTable.decimal($0) } ?? "-", row.expression,
      ]
    }
    return TextTable.aligned([header] + body)
  }
}
